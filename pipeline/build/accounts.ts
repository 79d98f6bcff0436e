import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { type FileAccount, type MergeProblem, fileAccountSchema, mergeProblemSchema } from '#lib/server/run_record.ts';

/** The accounts of every load in the warehouse, by source, table and time. */
export async function readFileAccounts(connection: DuckDBConnection): Promise<FileAccount[]> {
  const reader = await connection.runAndReadAll(`
    select
      source, table_name as "table", file, load_id as load, records::double as records, loaded::double as loaded,
      superseded::double as superseded, ignored::double as ignored, quarantined::double as quarantined
    from quarantine.file_accounts order by source, "table", load_id`);
  return z.array(fileAccountSchema).parse(reader.getRowObjectsJson());
}

/** The merges that were ignored, and why. */
export async function readMergeProblems(connection: DuckDBConnection): Promise<MergeProblem[]> {
  const reader = await connection.runAndReadAll(`
    select t.source, t.ticket_id as "ticketId", t.merged_into as "mergedInto", m.ignored_because as reason
    from marts.merges as m join marts.tickets as t using (ticket_key) where m.ignored_because is not null order by 1, 2`);
  return z.array(mergeProblemSchema).parse(reader.getRowObjectsJson());
}
