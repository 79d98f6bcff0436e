import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Config, Source } from '#lib/server/config.ts';
import { readAdapters, type SourceAdapter } from '../build/adapters.ts';
import { createTable } from '../build/rows.ts';
import { buildQuarantine } from '../build/warehouse.ts';
import type { ExtractProblem, ExtractProgress } from '../extract/files.ts';
import type { Load } from '../extract/loads.ts';
import { preview, type Preview } from '../extract/preview.ts';
import { literal } from '../extract/sql.ts';
import { readVocabulary, type Vocabulary } from './allowed.ts';
import { type ColumnReport, reportColumns } from './columns.ts';
import { readAccounts, readRejects, type RejectRow } from './rejects.ts';

/** A file or database table as a run would read it, judged by its first records. */
export interface InspectedFile extends ColumnReport {
  table: string;
  file: string;
  format: string;
  encoding: string;
  records: number;
  /** Whether there may be more records than were looked at. */
  isSampled: boolean;
  superseded: number;
  ignored: number;
  quarantined: number;
  skippedSheets: string[];
  rejects: RejectRow[];
}

export interface InspectedSource {
  source: Source;
  files: InspectedFile[];
  problems: ExtractProblem[];
  /** Patterns that no file matches, by table. */
  unmatched: { table: string; globs: readonly string[] }[];
}

export interface Inspection {
  sources: InspectedSource[];
  vocabulary: Vocabulary;
}

export interface InspectOptions {
  /** How many records of each file to look at. */
  rows: number;
  /** How many rejected records to keep for each column and reason. */
  examples: number;
  onProgress?: (progress: ExtractProgress) => void;
}

/**
 * Opens every source and judges its first records as a run would, in memory and a temporary folder; writes nothing to the data folder.
 * Errors: AdapterError; a source that cannot be read is a problem of that source.
 */
export async function inspect(config: Config, options: InspectOptions): Promise<Inspection> {
  const folder = await mkdtemp(join(tmpdir(), 'aftersight-check-'));
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '1GB',
    temp_directory: join(folder, 'spill'),
  });
  try {
    const connection = await instance.connect();
    await connection.run("set TimeZone = 'UTC'");
    const adapters = await readAdapters(connection, config.sources, config.folder);
    const { previews, problems } = await preview({
      config: { ...config, dataDir: folder },
      connection,
      adapters,
      key: randomBytes(32),
      rows: options.rows,
      onProgress: options.onProgress,
    });
    const loads: Load[] = [];
    for (const one of previews) loads.push(await writeSample(connection, folder, one, loads.length));
    await buildQuarantine(connection, {
      config,
      run: { runId: 'check', startedAt: new Date(), requestedAsOf: null, extractions: new Map() },
      adapters,
      loads,
    });
    const files = await judge(connection, config, adapters, previews, loads, options);
    const sources = config.sources.map((source) => ({
      source,
      files: files.filter((file) => file.source === source.name),
      problems: problems.filter((problem) => problem.source === source.name),
      unmatched: unmatchedOf(source, previews, problems),
    }));
    return { sources, vocabulary: await readVocabulary(connection) };
  } finally {
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeSample(
  connection: DuckDBConnection,
  folder: string,
  sample: Preview,
  position: number,
): Promise<Load> {
  const id = String(position).padStart(6, '0');
  const path = join(folder, `${id}.parquet`);
  const columns = Object.fromEntries(
    [...sample.columns.used, '_ignored', '_malformed'].map((column) => [column, 'VARCHAR']),
  );
  await createTable(connection, 'memory.main.sample', columns, sample.rows);
  await connection.run(`copy memory.main.sample to ${literal(path)} (format parquet)`);
  const count = (column: string, value?: string): number =>
    sample.rows.filter((row) => (value === undefined ? row[column] !== null : row[column] === value)).length;
  const { source, table, file, format, encoding } = sample;
  return {
    id,
    path,
    source,
    table,
    file,
    format,
    encoding,
    contentSha256: '',
    loadedAt: new Date(0).toISOString(),
    records: sample.rows.length,
    blank: count('_ignored', 'blank'),
    total: count('_ignored', 'total'),
    malformed: count('_malformed'),
    columns: sample.columns.found,
    reads: sample.columns.used,
  };
}

async function judge(
  connection: DuckDBConnection,
  config: Config,
  adapters: ReadonlyMap<string, SourceAdapter>,
  previews: readonly Preview[],
  loads: readonly Load[],
  { rows, examples }: InspectOptions,
): Promise<(InspectedFile & { source: string })[]> {
  const rejects = await readRejects(connection, examples);
  const accounts = await readAccounts(connection);
  return previews.flatMap((one, position) => {
    const source = config.sources.find(({ name }) => name === one.source);
    const adapter = adapters.get(one.source);
    const table = adapter?.rawTables.find((raw) => raw.table === one.table);
    if (!source || !adapter || !table) return [];
    const id = loads[position]?.id;
    const account = accounts.find(({ load }) => load === id);
    const knowsTickets = !samplesTickets(adapter, previews, rows);
    const own = rejects.filter(({ load, reason }) => load === id && (knowsTickets || reason !== 'unknown_ticket'));
    const kinds = new Map(own.map((reject) => [`${reject.table} ${reject.column} ${reject.reason}`, reject.records]));
    return [
      {
        ...reportColumns(one, source, adapter, table),
        source: one.source,
        table: one.table,
        file: one.file,
        format: one.format,
        encoding: one.encoding,
        records: one.rows.length,
        isSampled: one.rows.length === rows,
        superseded: account?.superseded ?? 0,
        ignored: account?.ignored ?? 0,
        quarantined: [...kinds.values()].reduce((sum, records) => sum + records, 0),
        skippedSheets: one.skippedSheets,
        rejects: own,
      },
    ];
  });
}

/** Whether only some of a source's tickets were looked at, so that a ticket that seems unknown may well be there. */
function samplesTickets(adapter: SourceAdapter, previews: readonly Preview[], rows: number): boolean {
  const tables = adapter.mappings.filter(({ table }) => table === 'tickets').map(({ rowsOf }) => rowsOf);
  return previews.some(
    (one) => one.source === adapter.source && tables.includes(one.table) && one.rows.length === rows,
  );
}

function unmatchedOf(
  source: Source,
  previews: readonly Preview[],
  problems: readonly ExtractProblem[],
): InspectedSource['unmatched'] {
  if (source.transport !== 'files') return [];
  const met = new Set([...previews, ...problems].filter((one) => one.source === source.name).map(({ table }) => table));
  return Object.entries(source.tables).flatMap(([table, { globs }]) => (met.has(table) ? [] : [{ table, globs }]));
}
