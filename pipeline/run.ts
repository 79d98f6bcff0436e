import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Config } from '#lib/server/config.ts';
import { snapshotsFolder } from '#lib/server/snapshot.ts';
import { readAdapters } from './build/adapters.ts';
import { type CheckResult, runChecks } from './build/checks.ts';
import { type BuiltRelation, buildWarehouse, sealWarehouse } from './build/warehouse.ts';
import { listExtractions } from './extract/extractions.ts';
import { extractFiles, type ExtractProblem } from './extract/files.ts';
import { maskingKey } from './extract/key.ts';
import { latestOfContent, listLoads } from './extract/loads.ts';
import { extractPostgres } from './extract/postgres.ts';
import { removeDrafts } from './extract/workspace.ts';
import { buildingPath, prune, publish, sweepUnfinished } from './publish/snapshots.ts';
import { readFileAccounts, readMergeProblems, type FileAccount, type MergeProblem } from './build/accounts.ts';

export type Stage = 'extract' | 'clean' | 'model' | 'kpis' | 'checks' | 'publish';

/** Where a run is: `rows` done in this stage so far, `detail` what it works on. */
export interface RunProgress {
  stage: Stage;
  detail: string;
  rows: number;
  done: number;
  of: number;
}

export interface RunOptions {
  config: Config;
  now: Date;
  asOf: Date | null;
  /** Reads every file again, also those whose content is in raw already. */
  full: boolean;
  env: Readonly<Record<string, string | undefined>>;
  /** Called with its path when a key for hashed columns was made: without it, later loads no longer match. */
  onKeyMade?: (path: string) => void;
  onProgress?: (progress: RunProgress) => void;
}

export interface StageTime {
  stage: string;
  seconds: number;
}

export interface RunResult {
  runId: string;
  asOf: string;
  published: boolean;
  newLoads: number;
  files: FileAccount[];
  checks: CheckResult[];
  mergeProblems: MergeProblem[];
  relations: BuiltRelation[];
  stages: StageTime[];
  warnings: string[];
}

/** Sources that could not be read: nothing was published, what did load is kept (exit code 1). */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly problems: readonly ExtractProblem[];

  constructor(problems: readonly ExtractProblem[]) {
    super(problems.map((problem) => `${problem.message}\n  → ${problem.remedy}`).join('\n'));
    this.problems = problems;
  }
}

/**
 * One nightly run: extract what is new, build everything beside the snapshot in service, check, publish with one rename.
 * The caller holds the lock. Errors: SourceError, AdapterError, RelationError; the snapshot in service stays as it is.
 */
export async function run(options: RunOptions): Promise<RunResult> {
  const { dataDir } = options.config;
  await sweep(dataDir);
  try {
    return await buildSnapshot(options);
  } catch (error) {
    throw place(error, dataDir);
  } finally {
    await sweep(dataDir);
  }
}

async function sweep(dataDir: string): Promise<void> {
  await sweepUnfinished(dataDir);
  await removeDrafts(dataDir);
}

/** Says where a write failed: the system names no path for a file that was open already. */
function place(error: unknown, dataDir: string): unknown {
  const hasNoPath = error instanceof Error && 'syscall' in error && !('path' in error);
  return hasNoPath ? new Error(`${dataDir}: ${error.message}`, { cause: error }) : error;
}

async function buildSnapshot(options: RunOptions): Promise<RunResult> {
  const { config, now } = options;
  const runId = now.toISOString().replace(/[-:.]/g, '');
  const stages: StageTime[] = [];
  const { key, madeAt } = await maskingKey(config.dataDir, options.env);
  if (madeAt !== null) options.onKeyMade?.(madeAt);
  const instance = await DuckDBInstance.create(buildingPath(config.dataDir, runId), duckdbSettings(config.dataDir));
  try {
    const connection = await instance.connect();
    await connection.run("set TimeZone = 'UTC'");
    const newLoads = await timed(stages, 'extract', () => extract(connection, options, key));
    const loads = latestOfContent(await listLoads(config.dataDir)).filter((load) =>
      config.sources.some((source) => source.name === load.source),
    );
    const adapters = await readAdapters(connection, config.sources, config.folder);
    const extractions = await listExtractions(config.dataDir);
    const rowsOf = new Map<Stage, number>();
    const relations = await timed(stages, 'build', () =>
      buildWarehouse(connection, {
        config,
        run: { runId, startedAt: now, requestedAsOf: options.asOf, extractions },
        adapters,
        loads,
        onBuilt: (built, done, of) => {
          const stage = stageOf(built.relation);
          const rows = (rowsOf.get(stage) ?? 0) + (built.rows ?? 0);
          rowsOf.set(stage, rows);
          options.onProgress?.({ stage, detail: built.relation, rows, done, of });
        },
      }),
    );
    options.onProgress?.({ stage: 'checks', detail: '', rows: 0, done: 0, of: 1 });
    const checks = await timed(stages, 'checks', () => runChecks(connection));
    const asOf = await readAsOf(connection);
    const files = await readFileAccounts(connection);
    const mergeProblems = await readMergeProblems(connection);
    const passed = checks.every((check) => check.rows === 0);
    options.onProgress?.({ stage: 'publish', detail: runId, rows: 0, done: 0, of: 1 });
    if (passed) await timed(stages, 'seal', () => sealWarehouse(connection, config));
    connection.closeSync();
    instance.closeSync();
    const result = {
      runId,
      asOf,
      published: passed,
      newLoads,
      files,
      checks,
      mergeProblems,
      relations,
      stages,
      warnings: [...config.warnings],
    };
    const keepRecord = await draftRecord(config.dataDir, result);
    if (passed) await publish(config.dataDir, { snapshot: runId, asOf, publishedAt: new Date().toISOString() });
    await keepRecord();
    if (passed) await prune(config.dataDir, config.keepSnapshots);
    return result;
  } finally {
    instance.closeSync();
  }
}

/** DuckDB as every run opens it: bounded memory, spilling beside the data. */
function duckdbSettings(dataDir: string): Record<string, string> {
  return {
    memory_limit: '1000MB',
    storage_compatibility_version: 'latest',
    temp_directory: join(snapshotsFolder(dataDir), '.building-spill'),
  };
}

async function extract(connection: DuckDBConnection, options: RunOptions, key: Buffer): Promise<number> {
  const { config, now } = options;
  const adapters = await readAdapters(connection, config.sources, config.folder);
  const input = {
    config,
    connection,
    adapters,
    now,
    key,
    full: options.full,
    onProgress: (progress: { file: string; records: number; done: number; of: number }) =>
      options.onProgress?.({
        stage: 'extract',
        detail: progress.file,
        rows: progress.records,
        done: progress.done,
        of: progress.of,
      }),
  };
  const files = await extractFiles(input);
  const databases = await extractPostgres(input);
  const problems = [...files.problems, ...databases.problems];
  if (problems.length > 0) throw new SourceError(problems);
  return files.loads.length + databases.loads.length;
}

async function readAsOf(connection: DuckDBConnection): Promise<string> {
  const reader = await connection.runAndReadAll("select strftime(as_of, '%Y-%m-%dT%H:%M:%S.%gZ') from marts.as_of");
  return new Date(String(reader.getRows()[0]?.[0])).toISOString();
}

function stageOf(relation: string): Stage {
  if (/^(kpis|rollups)\./.test(relation)) return 'kpis';
  return relation.startsWith('marts.') ? 'model' : 'clean';
}

async function timed<T>(stages: StageTime[], stage: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await work();
  } finally {
    stages.push({ stage, seconds: (performance.now() - started) / 1000 });
  }
}

/** Writes what is kept of a run while it can still fail, a full disk say; the answer gives it its name. */
async function draftRecord(dataDir: string, result: RunResult): Promise<() => Promise<void>> {
  const folder = join(dataDir, 'runs');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${result.runId}.json`);
  await writeFile(`${path}.tmp`, `${JSON.stringify(result, null, 2)}\n`);
  return () => rename(`${path}.tmp`, path);
}
