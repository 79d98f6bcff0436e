import type { DuckDBConnection } from '@duckdb/node-api';

/** A read takes longer than anybody waits for; asked of less, it would not. */
export class ReadTimeError extends Error {
  override readonly name = 'ReadTimeError';
}

/** Does work with a connection and, where it takes longer than `mostMs`, stops the query it waits for. Errors: ReadTimeError. */
export async function withinTime<T>(
  connection: DuckDBConnection,
  mostMs: number | null,
  work: () => Promise<T>,
): Promise<T> {
  if (mostMs === null) return work();
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    connection.interrupt();
  }, mostMs);
  try {
    return await work();
  } catch (cause) {
    if (!isOver) throw cause;
    throw new ReadTimeError(`a read was stopped after ${mostMs / 1000} seconds`, { cause });
  } finally {
    clearTimeout(timer);
  }
}
