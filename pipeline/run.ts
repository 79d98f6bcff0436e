import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Config } from '#lib/server/config.ts';
import { requiredOriginalsKey } from '#lib/server/originals.ts';
import type { RunRecord, RunStage } from '#lib/server/run_record.ts';
import { stageOf } from '#lib/server/run_summary.ts';
import { snapshotsFolder } from '#lib/server/snapshot.ts';
import { readAdapters } from './build/adapters.ts';
import { readFileAccounts, readMergeProblems } from './build/accounts.ts';
import { runChecks } from './build/checks.ts';
import { buildWarehouse, sealWarehouse } from './build/warehouse.ts';
import { listExtractions } from './extract/extractions.ts';
import { extractFiles, type ExtractProblem } from './extract/files.ts';
import type { UnmatchedPattern } from './extract/jobs.ts';
import { maskingKey } from './extract/key.ts';
import { registerSealing } from './extract/originals.ts';
import { latestOfContent, listLoads } from './extract/loads.ts';
import { extractPostgres } from './extract/postgres.ts';
import type { Protection } from './extract/raw.ts';
import { removeDrafts } from './extract/workspace.ts';
import { classifyFailure } from './failure.ts';
import { type Attempt, beginAttempt } from './publish/attempt.ts';
import { buildingPath, prune, publish, sweepUnfinished } from './publish/snapshots.ts';

/** Where a run is: `rows` done in this stage so far, `detail` what it works on. */
export interface RunProgress {
  stage: RunStage;
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

/** What a run that got to its end found; published unless a check failed. */
export interface RunResult extends Pick<
  RunRecord,
  'runId' | 'published' | 'files' | 'checks' | 'mergeProblems' | 'relations' | 'stages' | 'warnings'
> {
  asOf: string;
  newLoads: number;
  /** Patterns that no file matches, of tables that nothing was ever loaded for. */
  unmatched: readonly UnmatchedPattern[];
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
 * Leaves a record of itself however it ends; one that could not be written is only a warning.
 */
export async function run(options: RunOptions): Promise<RunResult> {
  const { config, now } = options;
  await sweep(config.dataDir);
  const attempt = await beginAttempt(config.dataDir, now.toISOString().replace(/[-:.]/g, ''), now);
  const { record } = attempt;
  try {
    const result = await buildSnapshot(options, attempt).finally(() => sweep(config.dataDir));
    Object.assign(record, result, { exitCode: result.published ? 0 : 3 } satisfies Partial<RunRecord>);
    const problem = await attempt.end();
    if (problem !== null) result.warnings.push(`the record of this run could not be written: ${problem}`);
    if (result.published) await prune(config.dataDir, config.keepSnapshots);
    return result;
  } catch (error) {
    const placed = place(error, config.dataDir);
    if (record.endedAt === null) {
      const { exitCode, ...failure } = classifyFailure(placed);
      Object.assign(record, { exitCode, failure } satisfies Partial<RunRecord>);
      await attempt.end();
    }
    throw placed;
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

async function buildSnapshot(options: RunOptions, attempt: Attempt): Promise<RunResult> {
  const { config, now } = options;
  const { record } = attempt;
  const { runId, stages, relations } = record;
  const report = (progress: RunProgress): void => {
    attempt.reach(progress.stage);
    options.onProgress?.(progress);
  };
  attempt.reach('extract');
  const { key, madeAt } = await maskingKey(config.dataDir, options.env);
  if (madeAt !== null) options.onKeyMade?.(madeAt);
  const originals = config.pii === 'keep' ? requiredOriginalsKey(options.env) : null;
  const instance = await DuckDBInstance.create(buildingPath(config.dataDir, runId), duckdbSettings(config.dataDir));
  try {
    const connection = await instance.connect();
    await connection.run("set TimeZone = 'UTC'");
    if (originals) registerSealing(connection, originals);
    const protection = { key, keepsOriginals: originals !== null };
    const extracted = await timed(stages, 'extract', () => extract(connection, options, protection, report));
    const { newLoads } = extracted;
    record.newLoads = newLoads;
    const loads = latestOfContent(await listLoads(config.dataDir)).filter((load) =>
      config.sources.some((source) => source.name === load.source),
    );
    const adapters = await readAdapters(connection, config.sources, config.folder);
    const extractions = await listExtractions(config.dataDir);
    const rowsOf = new Map<RunStage, number>();
    await timed(stages, 'build', () =>
      buildWarehouse(connection, {
        config,
        run: { runId, startedAt: now, requestedAsOf: options.asOf, extractions },
        adapters,
        loads,
        onBuilt: (built, done, of) => {
          relations.push(built);
          const stage = stageOf(built.relation);
          const rows = (rowsOf.get(stage) ?? 0) + (built.rows ?? 0);
          rowsOf.set(stage, rows);
          report({ stage, detail: built.relation, rows, done, of });
        },
      }),
    );
    report({ stage: 'checks', detail: '', rows: 0, done: 0, of: 1 });
    const checks = await timed(stages, 'checks', () => runChecks(connection));
    const asOf = await readAsOf(connection);
    const files = await readFileAccounts(connection);
    const mergeProblems = await readMergeProblems(connection);
    const passed = checks.every((check) => check.rows === 0);
    Object.assign(record, { checks, asOf, files, mergeProblems } satisfies Partial<RunRecord>);
    if (passed) attempt.reach('publish');
    options.onProgress?.({ stage: 'publish', detail: runId, rows: 0, done: 0, of: 1 });
    if (passed) await timed(stages, 'seal', () => sealWarehouse(connection, config));
    connection.closeSync();
    instance.closeSync();
    if (passed) await publish(config.dataDir, { snapshot: runId, asOf, publishedAt: new Date().toISOString() });
    const warnings = [...config.warnings];
    const isLoaded = ({ source, table }: UnmatchedPattern): boolean =>
      loads.some((load) => load.source === source && load.table === table);
    const unmatched = extracted.unmatched.filter((one) => !isLoaded(one));
    const found = { files, checks, mergeProblems, relations, stages, warnings, unmatched };
    return { runId, asOf, published: passed, newLoads, ...found };
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

async function extract(
  connection: DuckDBConnection,
  options: RunOptions,
  protection: Protection,
  report: (progress: RunProgress) => void,
): Promise<{ newLoads: number; unmatched: UnmatchedPattern[] }> {
  const { config, now } = options;
  const adapters = await readAdapters(connection, config.sources, config.folder);
  const input = {
    config,
    connection,
    adapters,
    now,
    ...protection,
    full: options.full,
    onProgress: (progress: { file: string; records: number; done: number; of: number }) =>
      report({
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
  return { newLoads: files.loads.length + databases.loads.length, unmatched: files.unmatched };
}

async function readAsOf(connection: DuckDBConnection): Promise<string> {
  const reader = await connection.runAndReadAll("select strftime(as_of, '%Y-%m-%dT%H:%M:%S.%gZ') from marts.as_of");
  return new Date(String(reader.getRows()[0]?.[0])).toISOString();
}

async function timed<T>(stages: RunRecord['stages'], stage: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await work();
  } finally {
    stages.push({ stage, seconds: (performance.now() - started) / 1000 });
  }
}
