import type { DuckDBConnection } from '@duckdb/node-api';

/** Creates a table from plain rows; `columns` gives names and DuckDB types, missing values become null. */
export async function createTable(
  connection: DuckDBConnection,
  name: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly object[],
): Promise<void> {
  const shape = JSON.stringify([columns]);
  await connection.run(
    `create or replace table ${name} as select unnest(from_json($rows::json, $shape), recursive := true)`,
    {
      rows: JSON.stringify(rows),
      shape,
    },
  );
}
