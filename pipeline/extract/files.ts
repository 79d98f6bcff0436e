import { dirname, relative, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { glob } from 'tinyglobby';
import { findLayout, readStrictly, readTolerantly } from './csv.ts';
import { ExtractError } from './errors.ts';
import type { RawTable } from './header.ts';
import { listLoads, type Load } from './loads.ts';
import { writeLoad, type LoadFacts, type Reading } from './raw.ts';
import { readStamp, scanFile, type Scan } from './scan.ts';
import { detectEncoding, transcode } from './text.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** What extract needs of the configuration: where it lies, where data goes, and the patterns of each table. */
export interface FileSources {
  file: string;
  dataDir: string;
  sources: readonly { name: string; kind: string; tables?: Record<string, unknown> }[];
}

export interface Adapters {
  get(source: string): { source: string; rawTables: RawTable[] } | undefined;
}

export interface ExtractProgress {
  source: string;
  table: string;
  file: string;
  done: number;
  of: number;
  records: number;
}

export interface ExtractProblem {
  source: string;
  table: string;
  file: string;
  message: string;
  remedy: string;
}

export interface ExtractOptions {
  config: FileSources;
  connection: DuckDBConnection;
  adapters: Adapters;
  now: Date;
  key: Buffer;
  onProgress?: (progress: ExtractProgress) => void;
}

interface Job {
  source: string;
  table: RawTable;
  path: string;
  file: string;
}

/** Loads every configured file whose content is not in raw yet; a file that cannot be read becomes a problem, the others load. */
export async function extractFiles(options: ExtractOptions): Promise<{ loads: Load[]; problems: ExtractProblem[] }> {
  const { config, connection } = options;
  const workspace = await openWorkspace(config.dataDir, 'files');
  const known = await listLoads(config.dataDir);
  const loads: Load[] = [];
  const problems: ExtractProblem[] = [];
  try {
    const jobs = await listJobs(options, problems);
    for (const [done, job] of jobs.entries()) {
      options.onProgress?.({
        source: job.source,
        table: job.table.table,
        file: job.file,
        done,
        of: jobs.length,
        records: 0,
      });
      try {
        const load = await extractFile(job, connection, workspace, [...known, ...loads], options);
        if (load) loads.push(load);
      } catch (error) {
        if (!(error instanceof ExtractError)) throw error;
        problems.push({
          source: job.source,
          table: job.table.table,
          file: job.file,
          message: error.message,
          remedy: error.remedy,
        });
      }
    }
    return { loads, problems };
  } finally {
    await workspace.clear();
  }
}

async function listJobs({ config, adapters }: ExtractOptions, problems: ExtractProblem[]): Promise<Job[]> {
  const folder = dirname(config.file);
  const jobs: Job[] = [];
  for (const source of config.sources) {
    for (const [name, patterns] of Object.entries(source.tables ?? {})) {
      const globs = [patterns].flat().filter((pattern) => typeof pattern === 'string');
      if (globs.length === 0) continue;
      const table = adapters.get(source.name)?.rawTables.find((candidate) => candidate.table === name);
      if (!table) {
        problems.push({
          source: source.name,
          table: name,
          file: globs.join(', '),
          message: `no SQL of kind ${source.kind} reads raw.${name}`,
          remedy: 'Rename the table in the configuration, or remove it.',
        });
        continue;
      }
      const paths = await glob(globs, { cwd: folder, absolute: true, dot: false, expandDirectories: false });
      for (const path of paths.map((found) => resolve(found)).sort())
        jobs.push({ source: source.name, table, path, file: relative(folder, path) });
    }
  }
  return jobs;
}

async function extractFile(
  job: Job,
  connection: DuckDBConnection,
  workspace: Workspace,
  known: Load[],
  options: ExtractOptions,
): Promise<Load | null> {
  const scan = await scanFile(job.path);
  if (isLoaded(known, job, scan.sha256)) return null;
  const confirm = async (): Promise<void> => {
    if ((await readStamp(job.path)) === scan.stamp) return;
    throw new ExtractError(
      job.file,
      'it changed while it was being read',
      'Nothing to do: the next run reads it again.',
    );
  };
  const { readings, ...facts } = await readTextFile(job, scan, workspace);
  const target = { dataDir: options.config.dataDir, counter: known.length, key: options.key, confirm };
  return writeFirst(
    connection,
    readings,
    job.table,
    {
      ...facts,
      source: job.source,
      file: job.file,
      contentSha256: scan.sha256,
      loadedAt: options.now,
    },
    target,
  );
}

function isLoaded(known: readonly Load[], job: Job, sha256: string): boolean {
  const ofTable = known.filter((load) => load.source === job.source && load.table === job.table.table);
  const latest = ofTable.filter((load) => load.file === job.file).at(-1);
  return latest ? latest.contentSha256 === sha256 : ofTable.some((load) => load.contentSha256 === sha256);
}

async function readTextFile(
  job: Job,
  scan: Scan,
  workspace: Workspace,
): Promise<{ readings: (() => Promise<Reading>)[]; format: string; encoding: string; columns: string[] }> {
  const encoding = await detectEncoding(job.path, job.file, scan);
  const layout = await findLayout(job.path, job.file, encoding, job.table);
  const strict = async (): Promise<Reading> => {
    if (encoding === 'utf-8') return readStrictly(job.path, layout);
    const copy = workspace.path('.csv');
    await transcode(job.path, encoding, copy);
    return readStrictly(copy, layout);
  };
  const tolerant = async (): Promise<Reading> => readTolerantly(job.path, encoding, layout, workspace.path('.csv'));
  const isClean =
    layout.skip !== null && scan.firstNul === null && (encoding !== 'utf-8' || scan.firstNotUtf8 === null);
  return {
    readings: isClean ? [strict, tolerant] : [tolerant],
    format: layout.delimiter === '\t' ? 'tsv' : 'csv',
    encoding,
    columns: layout.header.names,
  };
}

async function writeFirst(
  connection: DuckDBConnection,
  readings: (() => Promise<Reading>)[],
  table: RawTable,
  facts: LoadFacts,
  target: Parameters<typeof writeLoad>[4],
): Promise<Load> {
  const [read, ...others] = readings;
  if (!read) throw new Error(`${facts.file}: no way to read it`);
  try {
    return await writeLoad(connection, await read(), table, facts, target);
  } catch (error) {
    if (others.length === 0 || !isIrregularText(error)) throw error;
    return writeFirst(connection, others, table, facts, target);
  }
}

function isIrregularText(error: unknown): boolean {
  return error instanceof Error && /^Invalid Input Error: (CSV Error|The CSV Parser)/.test(error.message);
}
