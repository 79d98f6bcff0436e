import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { glob } from 'tinyglobby';
import type { Config } from '#lib/server/config.ts';
import type { RawTable } from './header.ts';
import type { Protection } from './raw.ts';

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

export interface ExtractOptions extends Protection {
  config: ExtractConfig;
  connection: DuckDBConnection;
  adapters: Adapters;
  now: Date;
  /** Loads again what is loaded already. */
  full?: boolean;
  onProgress?: (progress: ExtractProgress) => void;
}

/** A pattern of the configuration that no file matches. */
export interface UnmatchedPattern {
  source: string;
  table: string;
  pattern: string;
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
): Promise<{ jobs: FileJob[]; problems: ExtractProblem[]; unmatched: UnmatchedPattern[] }> {
  const jobs: FileJob[] = [];
  const problems: ExtractProblem[] = [];
  const unmatched: UnmatchedPattern[] = [];
  for (const source of config.sources) {
    if (source.transport !== 'files') continue;
    for (const [name, { globs }] of Object.entries(source.tables)) {
      const table = adapters.get(source.name)?.rawTables.find((candidate) => candidate.table === name);
      if (!table) {
        problems.push(unreadTable(source, name, globs.join(', ')));
        continue;
      }
      const found = new Set<string>();
      for (const pattern of globs) {
        const paths = await listFiles(config.folder, pattern);
        if (isFolder(resolve(config.folder, pattern))) problems.push(folderProblem(source.name, name, pattern));
        else if (paths.length === 0) unmatched.push({ source: source.name, table: name, pattern });
        for (const path of paths) found.add(path);
      }
      for (const path of [...found].sort())
        jobs.push({ source: source.name, table, path, file: relative(config.folder, path) });
    }
  }
  return { jobs, problems, unmatched };
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

function folderProblem(source: string, table: string, pattern: string): ExtractProblem {
  return {
    source,
    table,
    file: pattern,
    message: `${pattern}: a folder where a file was expected`,
    remedy: `To read the files in it, write ${pattern.replace(/\/$/, '')}/* in the configuration.`,
  };
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

async function listFiles(folder: string, pattern: string): Promise<string[]> {
  const literal = resolve(folder, pattern);
  const isFile = existsSync(literal) && statSync(literal).isFile();
  const paths = isFile
    ? [literal]
    : await glob(pattern, { cwd: folder, absolute: true, dot: true, expandDirectories: false });
  return paths.map((path) => resolve(path)).filter((path) => !/(^|\/)(\.[^/]*|~\$[^/]*)$/.test(path));
}
