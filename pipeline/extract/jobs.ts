import { relative, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { glob } from 'tinyglobby';
import type { Config, FilesSource } from '#lib/server/config.ts';
import type { RawTable } from './header.ts';

/** What extract needs of the configuration. */
export type ExtractConfig = Pick<Config, 'folder' | 'dataDir' | 'limits' | 'sources'>;

export interface Adapters {
  get(source: string): { rawTables: RawTable[] } | undefined;
}

export interface ExtractProgress {
  source: string;
  table: string;
  file: string;
  records: number;
  done: number;
  of: number;
}

/** What kept something from being loaded, and what to do; `file` is relative to the configuration file. */
export interface ExtractProblem {
  source: string;
  table: string;
  file: string;
  message: string;
  remedy: string;
}

export interface ExtractOptions {
  config: ExtractConfig;
  connection: DuckDBConnection;
  adapters: Adapters;
  now: Date;
  key: Buffer;
  /** Loads again what is loaded already. */
  full?: boolean;
  onProgress?: (progress: ExtractProgress) => void;
}

/** A file that the configuration names for a table. */
export interface FileJob {
  source: string;
  table: RawTable;
  path: string;
  file: string;
}

/** Lists the files behind every pattern, in the order of the configuration and then of their paths; locks of open workbooks are no files. */
export async function listFileJobs(
  config: ExtractConfig,
  adapters: Adapters,
): Promise<{ jobs: FileJob[]; problems: ExtractProblem[] }> {
  const jobs: FileJob[] = [];
  const problems: ExtractProblem[] = [];
  for (const source of config.sources) {
    if (source.transport !== 'files') continue;
    for (const [name, { globs }] of Object.entries(source.tables)) {
      const table = adapters.get(source.name)?.rawTables.find((candidate) => candidate.table === name);
      if (!table) problems.push(unreadTable(source, name, globs.join(', ')));
      else
        jobs.push(
          ...(await listFiles(config.folder, globs)).map((path) => ({
            source: source.name,
            table,
            path,
            file: relative(config.folder, path),
          })),
        );
    }
  }
  return { jobs, problems };
}

/** Says that no adapter SQL reads a table of a source. */
export function unreadTable(source: { name: string; kind: string }, table: string, file: string): ExtractProblem {
  return {
    source: source.name,
    table,
    file,
    message: `source ${source.name}: no SQL of kind ${source.kind} reads raw.${table}`,
    remedy: 'Rename the table in the configuration, remove it, or write SQL that reads it.',
  };
}

async function listFiles(folder: string, globs: FilesSource['tables'][string]['globs']): Promise<string[]> {
  const paths = await glob([...globs], { cwd: folder, absolute: true, dot: true, expandDirectories: false });
  return paths
    .map((path) => resolve(path))
    .filter((path) => !/(^|\/)(\.[^/]*|~\$[^/]*)$/.test(path))
    .sort();
}
