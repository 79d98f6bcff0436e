import type { DuckDBConnection } from '@duckdb/node-api';
import { openContent, type Content } from './contents.ts';
import type { RawTable } from './header.ts';
import { listFileJobs, type ExtractOptions, type ExtractProblem, type FileJob, type UnmatchedPattern } from './jobs.ts';
import { listLoads, type Load } from './loads.ts';
import { visitParts, type Part } from './parts.ts';
import { describeReads, writeLoad, type LoadFacts } from './raw.ts';
import { watchRecords } from './watch.ts';
import { openWorkspace, removeDrafts, type Workspace } from './workspace.ts';

export type { ExtractOptions, ExtractProblem, ExtractProgress } from './jobs.ts';

/** Loads every configured file whose content is not in raw yet; a file that cannot be read becomes a problem, the others load. */
export async function extractFiles(
  options: ExtractOptions,
): Promise<{ loads: Load[]; problems: ExtractProblem[]; unmatched: UnmatchedPattern[] }> {
  const { config, now } = options;
  const { jobs, problems, unmatched } = await listFileJobs(config, options.adapters);
  await removeDrafts(config.dataDir);
  const known = await listLoads(config.dataDir);
  const counterStart = known.filter((load) => load.loadedAt === now.toISOString()).length;
  const workspace = await openWorkspace(config.dataDir, 'files');
  const loads: Load[] = [];
  let records = 0;
  try {
    for (const [done, job] of jobs.entries()) {
      const place = { source: job.source, table: job.table.table };
      options.onProgress?.({ ...place, file: job.file, records, done, of: jobs.length });
      await visitParts(job.path, job.file, workspace, {
        isLoaded: (file, sha256) =>
          isLoaded(options.full ? loads : [...known, ...loads], job, file, sha256, options.keepsOriginals),
        load: async (part) => {
          const report = (more: number): void =>
            options.onProgress?.({ ...place, file: part.file, records: records + more, done, of: jobs.length });
          const load = await watchRecords(options.connection, part, report, () =>
            loadPart(job, part, workspace, counterStart + loads.length, options),
          );
          loads.push(load);
          records += load.records;
        },
        fail: (file, error) => problems.push({ ...place, file, message: error.message, remedy: error.remedy }),
      });
      await workspace.empty();
    }
    options.onProgress?.({ source: '', table: '', file: '', records, done: jobs.length, of: jobs.length });
    return { loads, problems, unmatched };
  } finally {
    await workspace.clear();
  }
}

/** A file is loaded when its last load had this content; one never seen, when any load of the table had it (a copy, a new name). */
function isLoaded(
  known: readonly Load[],
  job: FileJob,
  file: string,
  sha256: string,
  keepsOriginals: boolean,
): boolean {
  const ofTable = known.filter((load) => load.source === job.source && load.table === job.table.table);
  const latest = ofTable.filter((load) => load.file === file).at(-1);
  const same = latest ? [latest] : ofTable;
  return same.some((load) => load.contentSha256 === sha256 && !readsMore(job, load, keepsOriginals));
}

/** Tells whether the adapter has since begun to read or to protect a column that the file has, or originals are kept since. */
function readsMore(job: FileJob, load: Load, keepsOriginals: boolean): boolean {
  const columns = job.table.columns.filter((name) => load.columns.includes(name));
  return describeReads({ ...job.table, columns }, keepsOriginals).some((read) => !load.reads.includes(read));
}

async function loadPart(
  job: FileJob,
  part: Part,
  workspace: Workspace,
  counter: number,
  options: ExtractOptions,
): Promise<Load> {
  const { config, connection, now, key, keepsOriginals } = options;
  const content = await openContent(part, job.table, connection, workspace, config.limits);
  const facts = {
    source: job.source,
    file: part.file,
    format: content.format,
    encoding: content.encoding,
    contentSha256: part.sha256,
    loadedAt: now,
    columns: content.columns,
  };
  return writeContent(connection, content, job.table, facts, {
    dataDir: config.dataDir,
    counter,
    key,
    keepsOriginals,
    confirm: part.confirm,
  });
}

/** Writes the first reading that DuckDB gets through, from strict to tolerant. */
export async function writeContent(
  connection: DuckDBConnection,
  content: Content,
  table: RawTable,
  facts: LoadFacts,
  target: Parameters<typeof writeLoad>[4],
): Promise<Load> {
  const [read, ...others] = content.readings;
  if (!read) throw new Error(`${facts.file}: no way to read it`);
  try {
    return await writeLoad(connection, await read(), table, facts, target);
  } catch (error) {
    if (others.length === 0 || !isIrregularText(error)) throw content.explain(error);
    return writeContent(connection, { ...content, readings: others }, table, facts, target);
  }
}

function isIrregularText(error: unknown): boolean {
  return error instanceof Error && /^Invalid Input Error: (CSV Error|The CSV Parser)/.test(error.message);
}
