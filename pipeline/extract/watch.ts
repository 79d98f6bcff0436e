import type { DuckDBConnection } from '@duckdb/node-api';
import type { Part } from './parts.ts';
import { readBeginning } from './text.ts';

const watchedBytes = 16_000_000;
const intervalMs = 500;

/** Does `work`, a query over a large text, while reporting about how many of its records are through (their number is estimated). */
export async function watchRecords<T>(
  connection: DuckDBConnection,
  part: Part,
  report: (records: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  if (part.format !== 'text' || part.scan.bytes < watchedBytes) return work();
  const { text } = await readBeginning(part.path, 'utf-8');
  const lines = text.split('\n').length;
  const estimate = (part.scan.bytes / Buffer.byteLength(text)) * lines;
  await connection.run('set enable_progress_bar = true');
  await connection.run('set enable_progress_bar_print = false');
  const timer = setInterval(() => {
    const { percentage } = connection.progress;
    if (percentage > 0) report(Math.round((estimate * percentage) / 100));
  }, intervalMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
