import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { OidcCheck } from '../oidc.ts';
import type { Store } from './store.ts';

/** How long somebody may take at the identity provider. */
export const oidcCheckMs = 10 * 60_000;

/** How many sign-ins of one place may be under way at once. */
const mostChecks = 60;

const kept = z.object({ address: z.string(), nonce: z.string(), codeVerifier: z.string(), to: z.string().nullable() });
const prefix = 'oidc ';

/**
 * Keeps what must come back with a sign-in at an identity provider, and the page to go on to; forgets those that are over. Tells whether it did:
 * not where too many from one address are under way.
 */
export async function keepCheck(
  store: Store,
  { state, nonce, codeVerifier }: OidcCheck,
  { address, to }: { address: string; to: string | null },
  now = new Date(),
): Promise<boolean> {
  const { db } = store;
  await db.deleteFrom('verifications').where('identifier', 'like', `${prefix}%`).where('expiresAt', '<', now).execute();
  const { waiting } = await db
    .selectFrom('verifications')
    .select(sql<number>`count(*)::integer`.as('waiting'))
    .where('identifier', 'like', `${prefix}%`)
    .where(sql`value::jsonb ->> 'address'`, '=', address)
    .executeTakeFirstOrThrow();
  if (waiting >= mostChecks) return false;
  const value: z.input<typeof kept> = { address, nonce, codeVerifier, to };
  await db
    .insertInto('verifications')
    .values({
      id: crypto.randomUUID(),
      identifier: identifierOf(state),
      value: JSON.stringify(value),
      expiresAt: new Date(now.getTime() + oidcCheckMs),
    })
    .execute();
  return true;
}

/** Takes what was kept, so that it serves once; null where it is over, used or was never kept. */
export async function takeCheck(
  store: Store,
  state: string,
  now = new Date(),
): Promise<{ check: OidcCheck; to: string | null } | null> {
  const row = await store.db
    .deleteFrom('verifications')
    .where('identifier', '=', identifierOf(state))
    .returning(['value', 'expiresAt'])
    .executeTakeFirst();
  if (!row || row.expiresAt <= now) return null;
  const { nonce, codeVerifier, to } = kept.parse(JSON.parse(row.value));
  return { check: { state, nonce, codeVerifier }, to };
}

function identifierOf(state: string): string {
  return prefix + createHash('sha256').update(state).digest('hex');
}
