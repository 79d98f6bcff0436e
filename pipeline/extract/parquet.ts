import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { ExtractError } from './errors.ts';
import { cleanNames, matchColumns, missingColumnsError, type RawTable } from './header.ts';
import type { Reading } from './raw.ts';
import { identifier, pathLiteral } from './sql.ts';

const described = z.array(z.object({ column_name: z.string(), column_type: z.string() }));

/** Gives the reading of a Parquet file, every value as text. Errors: ExtractError where it is damaged or lacks required columns. */
export async function readParquet(
  connection: DuckDBConnection,
  path: string,
  file: string,
  table: RawTable,
): Promise<Reading> {
  const relation = `read_parquet(${pathLiteral(path)}, hive_partitioning=false)`;
  const fields = described.parse(
    await connection.runAndReadAll(`describe select * from ${relation}`).then(
      (result) => result.getRowObjectsJson(),
      (cause: unknown) => {
        throw parquetError(file, cause);
      },
    ),
  );
  const names = cleanNames(fields.map((field) => field.column_name));
  const kept = matchColumns(names, table).map((column) => column.name);
  if (kept.length === 0 || table.require.some((column) => !kept.includes(column)))
    throw missingColumnsError(file, [names], table);
  const columns = fields.map((field, index) => ({
    name: names[index] ?? '',
    sql: textSql(identifier(field.column_name), field.column_type),
  }));
  return { relation, columns, malformed: null };
}

/** Says that a Parquet file cannot be read. */
export function parquetError(file: string, cause: unknown): ExtractError {
  const [message] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  return new ExtractError(
    file,
    `a damaged Parquet file (${message})`,
    'If it is still being written, the next run loads it; otherwise export it again.',
    cause,
  );
}

function textSql(column: string, type: string): string {
  if (type === 'VARCHAR') return `nullif(${column}, '')`;
  if (type === 'TIMESTAMP WITH TIME ZONE') return `strftime(${column} at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')`;
  if (type === 'DOUBLE' || type === 'FLOAT') return doubleSql(column);
  if (type === 'BLOB') return `nullif(coalesce(try(decode(${column})), ${column}::varchar), '')`;
  if (/\[\d*\]$|^(STRUCT|MAP|UNION)\b/.test(type)) return `to_json(${column})::varchar`;
  return `${column}::varchar`;
}

/** Whole numbers lose the `.0` that a column with gaps gets from pandas; beyond 15 digits the exponent admits the loss. */
function doubleSql(column: string): string {
  return `case when not isfinite(${column}) then null when ${column} = trunc(${column}) and abs(${column}) < 1e15 then ${column}::bigint::varchar when abs(${column}) < 1e15 then ${column}::varchar else format('{:.16E}', ${column}) end`;
}
