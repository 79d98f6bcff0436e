import type { Principal } from '#lib/access/principal.ts';
import type { Role } from '#lib/access/roles.ts';
import { makeAccount } from '#lib/server/store/accounts.ts';
import { commandLine } from '#lib/server/store/audit.ts';
import type { Store } from '#lib/server/store/store.ts';

export type Named = Principal & { name: string };
export type Grant = Partial<Pick<Principal, 'brands' | 'vendors' | 'agents'>>;

/** Makes an account of a role, over everything but what the grant narrows. */
export async function makePerson(store: Store, name: string, role: Role, scope: Grant = {}): Promise<Named> {
  const grant = { role, brands: null, vendors: null, agents: null, ...scope };
  const email = `${name.toLowerCase()}@test.example`;
  const userId = await makeAccount(store, commandLine, { name, email, passwordHash: 'x', ...grant });
  return { userId, name, ...grant };
}
