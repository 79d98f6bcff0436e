import { cpus, totalmem } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';

/** One line that says what the figures were measured on. */
export async function describeMachine(): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:');
  const reader = await (await instance.connect()).runAndReadAll('select version()');
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${cpus().length} cores, ${gibibytes} GiB, Node ${process.versions.node}, DuckDB ${String(reader.getRows()[0]?.[0])}`;
}
