import type { Period } from '#lib/metrics/period.ts';
import { byIdRead, keyOptionsRead } from './case_list_reads.ts';
import { type Warehouse, read } from './warehouse.ts';
import type { Scope } from '#lib/access/principal.ts';

/** The cases that an id names, whenever they began, the latest few. */
export async function byId(
  warehouse: Warehouse,
  scope: Scope,
  id: string,
): Promise<{ caseId: string; startedOn: string; isFlagged: boolean }[]> {
  const rows = await read(warehouse, scope, byIdRead, { id, limit: 5 });
  return rows.map((row) => ({ caseId: row.case_id, startedOn: row.started_on, isFlagged: row.is_flagged }));
}

/** The agents and SKUs of a period's cases, those with most cases first. */
export async function keyOptions(
  warehouse: Warehouse,
  scope: Scope,
  { from, to }: Period,
): Promise<{ agent: string[]; sku: string[] }> {
  const rows = await read(warehouse, scope, keyOptionsRead, { from, to, limit: 300 });
  const of = (dimension: string) => rows.filter((row) => row.dimension === dimension).map(({ key }) => key);
  return { agent: of('agent'), sku: of('sku') };
}
