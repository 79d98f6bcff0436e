import { DuckDBInstance } from '@duckdb/node-api';
import { type Role, roleOf } from '#lib/access/roles.ts';
import { loadConfig } from '#lib/server/config.ts';
import { readCurrent, snapshotPath } from '#lib/server/snapshot.ts';
import type { Account } from './matrix.ts';

/** The two largest brands and vendors of a sample, with the busiest agent of each vendor. */
export interface Halves {
  brands: readonly [string, string];
  vendors: readonly [string, string];
  agents: readonly [string, string];
}

/** Reads them from the snapshot in service. */
export async function halvesOf(configPath: string): Promise<Halves> {
  const { dataDir } = await loadConfig(configPath);
  const current = await readCurrent(dataDir);
  const file = snapshotPath(dataDir, current?.snapshot ?? '');
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const two = async (sql: string): Promise<[string, string]> => {
    const [first, second] = (await connection.runAndReadAll(sql)).getRowsJson().flat();
    return [String(first), String(second)];
  };
  const brands = await two('select brand_id from marts.cases group by 1 order by count(*) desc limit 2');
  const vendors = await two(
    'select vendor_id from marts.cases where vendor_id is not null group by 1 order by count(*) desc limit 2',
  );
  const agents = await two(`
    select arg_max(agent_id, n) from (select vendor_id, agent_id, count(*) as n from marts.cases where agent_id is not null group by all)
    where vendor_id in ('${vendors.join("', '")}') group by vendor_id order by list_position(['${vendors.join("', '")}'], vendor_id)`);
  connection.closeSync();
  instance.closeSync();
  return { brands, vendors, agents };
}

/** One of two accounts of a role that share no row. */
export function accountOf({ brands, vendors, agents }: Halves, role: Role, half: 0 | 1): Account {
  const { reach } = roleOf(role);
  return {
    role,
    email: `${role}.${half}@test.example`,
    brands: reach === 'brands' || reach === 'brands_and_vendors' ? [brands[half]] : null,
    vendors: reach === 'brands' ? null : [vendors[half]],
    agents: reach === 'agents' ? [agents[half]] : null,
  };
}
