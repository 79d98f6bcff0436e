import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';

const count = z.coerce.number().int();

const fileAccountSchema = z.object({
  source: z.string(),
  table: z.string(),
  file: z.string(),
  load: z.string(),
  records: count,
  loaded: count,
  superseded: count,
  ignored: count,
  quarantined: count,
});

/** Where the records of one load went: records = loaded + superseded + ignored + quarantined. */
export type FileAccount = z.infer<typeof fileAccountSchema>;

/** The accounts of every load in the warehouse, by source, table and time. */
export async function readFileAccounts(connection: DuckDBConnection): Promise<FileAccount[]> {
  const reader = await connection.runAndReadAll(`
    select source, table_name as "table", file, load_id as load, records, loaded, superseded, ignored, quarantined
    from quarantine.file_accounts order by source, "table", load_id`);
  return z.array(fileAccountSchema).parse(reader.getRowObjectsJson());
}

const mergeProblemSchema = z.object({ source: z.string(), ticketId: z.string(), mergedInto: z.string(), reason: z.string() });

/** A merge that was ignored, and why: unknown_ticket, other_brand or circle. */
export type MergeProblem = z.infer<typeof mergeProblemSchema>;

export async function readMergeProblems(connection: DuckDBConnection): Promise<MergeProblem[]> {
  const reader = await connection.runAndReadAll(`
    select t.source, t.ticket_id as "ticketId", t.merged_into as "mergedInto", m.ignored_because as reason
    from marts.merges as m join marts.tickets as t using (ticket_key) where m.ignored_because is not null order by 1, 2`);
  return z.array(mergeProblemSchema).parse(reader.getRowObjectsJson());
}
