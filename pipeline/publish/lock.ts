import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const settings = { memory_limit: '16MB', threads: '1' };

/** Another run holds the lock (exit code 4); the message says which process. */
export class LockError extends Error {
  override readonly name = 'LockError';
  readonly exitCode = 4;
}

/**
 * Does `work` while no other process does any on the same data folder. Errors: LockError.
 * The lock is the operating system's own on a small DuckDB file, so a killed run leaves nothing to clean up.
 */
export async function withLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, 'run.lock');
  if (!existsSync(path)) await makeLockFile(path);
  const instance = await DuckDBInstance.create(path, settings).catch((cause: unknown) => {
    const message = cause instanceof Error ? cause.message : String(cause);
    const holder = /PID (\d+)/.exec(message)?.[1];
    if (!message.includes('Could not set lock')) throw cause;
    throw new LockError(
      `another run holds ${path}${holder ? ` (process ${holder})` : ''}; wait for it, or stop it: nothing it has not published is in use`,
      { cause },
    );
  });
  try {
    return await work();
  } finally {
    instance.closeSync();
  }
}

/** Makes the file elsewhere and links it in once whole: cut short by a kill or a full disk, nobody could open it again. */
async function makeLockFile(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    (await DuckDBInstance.create(draft, settings)).closeSync();
    await link(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
