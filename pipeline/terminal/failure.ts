import { type Translate } from '#lib/i18n/translator.ts';

/** What the terminal says of an error, and the exit code it asks for (DESIGN §7). */
export interface Failure {
  text: string;
  exitCode: number;
}

const usageExitCode = 2;

/** What goes above the messages of errors that say themselves what, where and what to do. */
const titles = {
  ConfigError: 'error.config',
  AdapterError: 'error.adapter',
  SourceError: 'error.source',
  ExtractError: 'error.file',
  NoSnapshotError: 'error.noSnapshot',
  SnapshotError: 'error.noSuchSnapshot',
  LockError: 'error.locked',
} as const;

/** Puts an error into words: what it is, where, and what to do; nothing of where in the program. */
export function describeFailure(error: unknown, t: Translate): Failure {
  if (!(error instanceof Error)) return { text: `${t('error.internal')}: ${String(error)}`, exitCode: 1 };
  const title = Object.entries(titles).find(([name]) => name === error.name)?.[1];
  const remedy = 'remedy' in error ? `\n  → ${String(error.remedy)}` : '';
  if (title !== undefined) return { text: `${t(title)}:\n${error.message}${remedy}`, exitCode: exitCodeOf(error) };
  if ('exitCode' in error) return { text: error.message, exitCode: exitCodeOf(error) };
  const text = describeSystemError(error, t) ?? `${t('error.internal')}: ${error.message}\n  → ${t('remedy.internal')}`;
  return { text, exitCode: 1 };
}

function exitCodeOf(error: Error): number {
  if (error.name === 'ConfigError' || error.name === 'AdapterError') return usageExitCode;
  return 'exitCode' in error && typeof error.exitCode === 'number' ? error.exitCode : 1;
}

/** Disk, memory, permissions and paths, as Node or DuckDB report them, also inside another error. */
function describeSystemError(error: Error, t: Translate): string | null {
  for (const one of causesOf(error)) {
    const code = 'code' in one && typeof one.code === 'string' ? one.code : '';
    const { message } = one;
    const say = (problem: string, remedy: string): string => `${problem}: ${message}\n  → ${remedy}`;
    if (code === 'EFBIG' || /file too large/i.test(message)) return say(t('error.fileSize'), t('remedy.fileSize'));
    if (
      code === 'ENOSPC' ||
      code === 'EDQUOT' ||
      /no space left on device|out of disk|max_temp_directory_size|disk quota/i.test(message)
    )
      return say(t('error.disk'), t('remedy.disk'));
    if (/^Out of Memory Error|Allocation failure/i.test(message)) return say(t('error.memory'), t('remedy.memory'));
    if (
      ['EACCES', 'EPERM', 'EROFS'].includes(code) ||
      /^IO Error: .*(permission denied|read-only file system)/i.test(message)
    )
      return say(t('error.access'), t('remedy.access'));
    if (/^(IO|Serialization) Error: .*\.duckdb/i.test(message)) return say(t('error.snapshot'), t('remedy.snapshot'));
    if (
      ['ENOTDIR', 'EISDIR', 'EEXIST', 'ENAMETOOLONG', 'ENOENT', 'ELOOP'].includes(code) ||
      /^IO Error: /.test(message)
    )
      return say(t('error.path'), t('remedy.path'));
  }
  return null;
}

function causesOf(error: Error): Error[] {
  return error.cause instanceof Error ? [error, ...causesOf(error.cause)] : [error];
}
