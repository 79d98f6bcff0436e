import { everything } from '#lib/access/principal.ts';
import { type Role, roleOf, roles } from '#lib/access/roles.ts';
import type { Config } from '#lib/server/config.ts';
import { runTask } from '#lib/server/store/control.ts';
import { demoAccountTask } from '#lib/server/store/tasks.ts';
import { toKeysParameter, totalsRead } from '#lib/server/kpis.ts';
import { type Warehouse, read } from '#lib/server/warehouse.ts';

/** An account of the demo with the password that was made up for it. */
export interface DemoAccount {
  role: Role;
  email: string;
  password: string;
}

/** Makes one account for each role, each with a password of its own; those made by an earlier demo get a new one. */
export async function makeDemoAccounts(
  config: Config,
  warehouse: Warehouse,
  period: { from: string; to: string },
  nameOf: (role: Role) => string,
): Promise<DemoAccount[]> {
  const vendor = config.vendors[0]?.id ?? '';
  const brands = [config.brands[0]?.id ?? ''];
  const agent = await busiestAgent(warehouse, vendor, period);
  const made: DemoAccount[] = [];
  for (const role of roles) {
    const { reach } = roleOf(role);
    const { email, password } = await runTask(config.dataDir, process.env, demoAccountTask, {
      name: nameOf(role),
      email: `${role.replace('_', '-')}@demo.example`,
      role,
      brands: reach === 'brands' || reach === 'brands_and_vendors' ? brands : null,
      vendors: reach === 'vendors' || reach === 'agents' ? [vendor] : null,
      agents: reach === 'agents' ? [agent] : null,
    });
    made.push({ role, email, password });
  }
  return made;
}

async function busiestAgent(
  warehouse: Warehouse,
  vendor: string,
  period: { from: string; to: string },
): Promise<string> {
  const rows = await read(warehouse, everything, totalsRead, {
    ...period,
    keys: toKeysParameter({ vendor: [vendor] }),
    metric: 'first_response',
    clock: 'calendar',
    by: 'agent',
  });
  return rows.toSorted((a, b) => b.denominator - a.denominator).find(({ key }) => key !== null)?.key ?? '';
}
