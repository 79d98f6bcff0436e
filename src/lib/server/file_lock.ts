import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';

const settings = { memory_limit: '16MB', threads: '1' };

/** Locks that this process holds: the system's own tell processes apart only. */
const held = new Set<string>();

/** A lock that is held until it is released or its process ends. */
export interface FileLock {
  release(): void;
}

/** Another process holds the lock. */
export class FileLockError extends Error {
  override readonly name = 'FileLockError';
  readonly path: string;
  /** The number of the process that holds it, where the system tells. */
  readonly holder: string | null;

  constructor(path: string, holder: string | null, options?: ErrorOptions) {
    super(`another process holds ${path}${holder === null ? '' : ` (process ${holder})`}`, options);
    this.path = path;
    this.holder = holder;
  }
}

/**
 * Takes a lock that one process at a time may hold. It is the operating system's own, on a small DuckDB file, so a killed process leaves
 * nothing to clean up. Errors: FileLockError.
 */
export async function takeFileLock(path: string): Promise<FileLock> {
  if (held.has(path)) throw new FileLockError(path, String(process.pid));
  held.add(path);
  try {
    return await takeOther(path);
  } catch (error) {
    held.delete(path);
    throw error;
  }
}

async function takeOther(path: string): Promise<FileLock> {
  if (!existsSync(path)) await makeLockFile(path);
  const instance = await DuckDBInstance.create(path, settings).catch((cause: unknown) => {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (!message.includes('Could not set lock')) throw cause;
    throw new FileLockError(path, /PID (\d+)/.exec(message)?.[1] ?? null, { cause });
  });
  return {
    release() {
      instance.closeSync();
      held.delete(path);
    },
  };
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
