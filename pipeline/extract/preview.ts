import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { openContent, type Content } from './contents.ts';
import type { ExtractError } from './errors.ts';
import { matchColumns, type RawTable } from './header.ts';
import { listFileJobs, type ExtractOptions, type ExtractProblem, type UnmatchedPattern } from './jobs.ts';
import { visitParts } from './parts.ts';
import { previewPostgres } from './postgres.ts';
import { selectKept, type Reading } from './raw.ts';
import { openWorkspace } from './workspace.ts';

/** How a file or database table would be read: `used` and `dropped` are columns it has, `missing` those of the adapter it lacks. */
export interface Preview {
  source: string;
  table: string;
  file: string;
  format: string;
  encoding: string;
  columns: { found: string[]; used: string[]; dropped: string[]; missing: string[] };
  skippedSheets: string[];
  /** The first records as raw would have them: masked, `_ignored` and `_malformed` included. */
  rows: Record<string, string | null>[];
}

export type PreviewOptions = Omit<ExtractOptions, 'now' | 'full' | 'keepsOriginals'> & { rows: number };

const keptRows = z.array(z.record(z.string(), z.string().nullable()));

/** Shows how everything configured would be read, loaded already or not, without writing to raw. */
export async function preview(
  options: PreviewOptions,
): Promise<{ previews: Preview[]; problems: ExtractProblem[]; unmatched: UnmatchedPattern[] }> {
  const files = await previewFiles(options);
  const databases = await previewPostgres(options, previewContent);
  return {
    previews: [...files.previews, ...databases.previews],
    problems: [...files.problems, ...databases.problems],
    unmatched: files.unmatched,
  };
}

async function previewFiles(
  options: PreviewOptions,
): Promise<{ previews: Preview[]; problems: ExtractProblem[]; unmatched: UnmatchedPattern[] }> {
  const { config, connection } = options;
  const { jobs, problems, unmatched } = await listFileJobs(config, options.adapters);
  const workspace = await openWorkspace(config.dataDir, 'preview');
  const previews: Preview[] = [];
  try {
    for (const [done, { source, table, path, file: name }] of jobs.entries()) {
      options.onProgress?.({ source, table: table.table, file: name, records: 0, done, of: jobs.length });
      await visitParts(path, name, workspace, {
        isLoaded: () => false,
        load: async (part) => {
          const content = await openContent(part, table, connection, workspace, config.limits);
          previews.push(await previewContent({ source, table, file: part.file }, content, options));
        },
        fail: (file: string, error: ExtractError) =>
          problems.push({ source, table: table.table, file, message: error.message, remedy: error.remedy }),
      });
      await workspace.empty();
    }
    return { previews, problems, unmatched };
  } finally {
    await workspace.clear();
  }
}

/** Shows one content of a table: what becomes of its columns, and its first rows. */
export async function previewContent(
  place: { source: string; table: RawTable; file: string },
  content: Content,
  options: PreviewOptions,
): Promise<Preview> {
  const { table } = place;
  const kept = matchColumns(content.columns, table);
  return {
    source: place.source,
    table: table.table,
    file: place.file,
    format: content.format,
    encoding: content.encoding,
    columns: {
      found: content.columns.filter((name) => name !== ''),
      used: kept.map(({ name }) => name),
      dropped: content.columns.filter((name, index) => name !== '' && !kept.some((column) => column.index === index)),
      missing: table.columns.filter((column) => !kept.some(({ name }) => name === column)),
    },
    skippedSheets: content.skippedSheets,
    rows: await readRows(options.connection, content, content.readings, table, options),
  };
}

async function readRows(
  connection: DuckDBConnection,
  content: Content,
  readings: readonly (() => Promise<Reading>)[],
  table: RawTable,
  options: PreviewOptions,
): Promise<Record<string, string | null>[]> {
  const [read, ...others] = readings;
  if (!read) return [];
  try {
    const { sql, parameters } = selectKept(await read(), table, options.key);
    const result = await connection.runAndReadAll(`${sql} limit ${options.rows}`, parameters);
    return keptRows.parse(result.getRowObjectsJson());
  } catch (error) {
    if (others.length === 0) throw content.explain(error);
    return readRows(connection, content, others, table, options);
  }
}
