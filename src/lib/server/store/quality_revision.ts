import { sql } from 'kysely';
import type { Store } from './store.ts';

/** Tells apart what reviews say: samples, their cases, the history of final reviews and open calibrations only grow, so their counts are enough. */
export async function qualityRevision(store: Store): Promise<string> {
  const count = (table: string) => sql<number>`(select count(*)::integer from ${sql.table(table)})`;
  const { rows } = await sql<{ counts: number[] }>`
    select array[${count('samples')}, ${count('sample_cases')}, ${count('review_changes')}, ${count('calibration_results')}] as counts
  `.execute(store.db);
  return rows[0]?.counts.join(' ') ?? '';
}
