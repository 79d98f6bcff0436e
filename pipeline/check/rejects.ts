import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';

const rejectSchema = z.object({
  load: z.string(),
  table: z.string(),
  record: z.coerce.number().int(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string(),
  records: z.coerce.number().int(),
});

/** A record that would be quarantined; `records` is how many of its load share its column and reason. */
export type RejectRow = z.infer<typeof rejectSchema>;

/** The first rejected records of each load, at most `examples` for each column and reason; a malformed one has what was found as value. */
export async function readRejects(connection: DuckDBConnection, examples: number): Promise<RejectRow[]> {
  const reader = await connection.runAndReadAll(
    `select
        load_id as load, table_name as "table", record, column_name as "column", value,
        reason, count(*) over same as records
    from quarantine.records
    window same as (partition by load_id, table_name, column_name, reason)
    qualify row_number() over (partition by load_id, table_name, column_name, reason order by record) <= $examples::integer
    order by load_id, table_name, record`,
    { examples },
  );
  return z.array(rejectSchema).parse(reader.getRowObjectsJson());
}

const accountSchema = z.object({
  load: z.string(),
  superseded: z.coerce.number().int(),
  ignored: z.coerce.number().int(),
});

/** Older versions and ignored records of each load. */
export async function readAccounts(connection: DuckDBConnection): Promise<z.infer<typeof accountSchema>[]> {
  const reader = await connection.runAndReadAll(
    'select load_id as load, sum(superseded)::integer as superseded, min(ignored)::integer as ignored from quarantine.file_accounts group by load_id',
  );
  return z.array(accountSchema).parse(reader.getRowObjectsJson());
}
