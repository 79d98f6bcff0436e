import type { Failure, FailureKind, SystemKind } from '#lib/server/run_record.ts';

const usageExitCode = 2;

/** Errors that say themselves what, where and what to do. */
const kinds: Readonly<Record<string, FailureKind>> = {
  ConfigError: 'config',
  AdapterError: 'adapter',
  SourceError: 'source',
  ExtractError: 'file',
  NoSnapshotError: 'noSnapshot',
  SnapshotError: 'noSuchSnapshot',
  OutdatedSnapshotError: 'outdatedSnapshot',
  LockError: 'locked',
  StoreError: 'store',
  AccountError: 'store',
  SecretError: 'store',
  FileLockError: 'locked',
};

/** Tells what kind of failure an error is, and the exit code it asks for (DESIGN §7). */
export function classifyFailure(error: unknown): Failure & { exitCode: number } {
  if (!(error instanceof Error)) return { kind: 'internal', message: String(error), remedy: null, exitCode: 1 };
  const remedy = 'remedy' in error ? String(error.remedy) : null;
  const kind = kinds[error.name];
  if (kind !== undefined) return { kind, message: error.message, remedy, exitCode: exitCodeOf(error) };
  if ('exitCode' in error) return { kind: 'usage', message: error.message, remedy, exitCode: exitCodeOf(error) };
  const system = findSystemFailure(error);
  return {
    kind: system?.kind ?? 'internal',
    message: system?.message ?? error.message,
    remedy: null,
    exitCode: 1,
  };
}

function exitCodeOf(error: Error): number {
  if (error.name === 'ConfigError' || error.name === 'AdapterError') return usageExitCode;
  return 'exitCode' in error && typeof error.exitCode === 'number' ? error.exitCode : 1;
}

/** Disk, memory, permissions and paths, as Node or DuckDB report them, also inside another error. */
function findSystemFailure(error: Error): { kind: SystemKind; message: string } | null {
  for (const one of causesOf(error)) {
    const kind = systemKindOf('code' in one && typeof one.code === 'string' ? one.code : '', one.message);
    if (kind !== null) return { kind, message: one.message };
  }
  return null;
}

function systemKindOf(code: string, message: string): SystemKind | null {
  const noSpace = /no space left on device|out of disk|max_temp_directory_size|disk quota/i;
  if (code === 'EFBIG' || /file too large/i.test(message)) return 'fileSize';
  if (code === 'ENOSPC' || code === 'EDQUOT' || noSpace.test(message)) return 'disk';
  if (/^Out of Memory Error|Allocation failure/i.test(message)) return 'memory';
  const isRefused = /^IO Error: .*(permission denied|read-only file system)/i.test(message);
  if (['EACCES', 'EPERM', 'EROFS'].includes(code) || isRefused) return 'access';
  if (/^(IO|Serialization) Error: .*\.duckdb/i.test(message)) return 'snapshot';
  const pathCodes = ['ENOTDIR', 'EISDIR', 'EEXIST', 'ENAMETOOLONG', 'ENOENT', 'ELOOP'];
  return pathCodes.includes(code) || /^IO Error: /.test(message) ? 'path' : null;
}

function causesOf(error: Error): Error[] {
  return error.cause instanceof Error ? [error, ...causesOf(error.cause)] : [error];
}
