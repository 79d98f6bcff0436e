import { DuckDBInstance } from '@duckdb/node-api';
import { snapshotPath, type Current } from '#lib/server/snapshot.ts';
import { identifier } from '../../pipeline/extract/sql.ts';

const contentSchemas = ['marts', 'kpis', 'rollups'];

/**
 * Hashes the ordered rows of every relation from marts onward in a snapshot file, by relation: "rows hash". Columns that say where
 * a row came from (`_load`, `_record`) are left out, so that the same content loaded in other pieces hashes the same.
 */
export async function hashContent(
  path: string,
  schemas: readonly string[] = contentSchemas,
): Promise<Record<string, string>> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    await connection.run("set TimeZone = 'UTC'");
    const columns = await connection.runAndReadAll(
      `select schema_name, table_name, list(column_name order by column_index)
       from duckdb_columns()
       where database_name = current_database() and not starts_with(column_name, '_') and list_contains($1::json::varchar[], schema_name)
       group by all order by all`,
      [JSON.stringify(schemas)],
    );
    const hashes: Record<string, string> = {};
    for (const [schema, table, names] of columns.getRowsJson()) {
      const relation = `${identifier(String(schema))}.${identifier(String(table))}`;
      const kept = Array.isArray(names) ? names.map((name) => identifier(String(name))).join(', ') : '*';
      const hashed = await connection.runAndReadAll(
        `select count(*) || ' ' || coalesce(md5(string_agg(line, '' order by line)), '')
         from (select md5(to_json(r)::varchar) as line from (select ${kept} from ${relation}) as r)`,
      );
      hashes[`${String(schema)}.${String(table)}`] = String(hashed.getRowsJson()[0]?.[0]);
    }
    return hashes;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Hashes the content of the snapshot in service. */
export async function hashCurrent(dataDir: string, current: Current | null): Promise<Record<string, string>> {
  if (!current) throw new Error(`${dataDir}: no snapshot`);
  return hashContent(snapshotPath(dataDir, current.snapshot));
}
