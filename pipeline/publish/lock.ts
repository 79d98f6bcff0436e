import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FileLockError, takeFileLock } from '#lib/server/file_lock.ts';

/** Another run holds the lock (exit code 4); the message says which process. */
export class LockError extends Error {
  override readonly name = 'LockError';
  readonly exitCode = 4;
}

/** Does `work` while no other process does any on the same data folder. Errors: LockError. */
export async function withLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dataDir, { recursive: true });
  const lock = await takeFileLock(join(dataDir, 'run.lock')).catch((cause: unknown) => {
    if (!(cause instanceof FileLockError)) throw cause;
    const holder = cause.holder === null ? '' : ` (process ${cause.holder})`;
    throw new LockError(
      `another run holds ${cause.path}${holder}; wait for it, or stop it: nothing it has not published is in use`,
      { cause },
    );
  });
  try {
    return await work();
  } finally {
    lock.release();
  }
}
