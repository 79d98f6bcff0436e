import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { ExtractError } from './errors.ts';
import { pathLiteral } from './sql.ts';

const count = z
  .string()
  .transform((text) => Number(text.trim()))
  .pipe(z.int().nonnegative());

const loadMetadata = z.object({
  source: z.string(),
  table: z.string(),
  file: z.string(),
  format: z.string(),
  encoding: z.string(),
  content_sha256: z.string(),
  loaded_at: z.iso.datetime(),
  extracted_at: z.iso.datetime().optional(),
  records: count,
  blank: count,
  total: count,
  malformed: count,
  columns: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  reads: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  high_water_mark: z.string().optional(),
});

/** One Parquet file of the raw layer; `extractedAt` is the database's own clock and absent for files. */
export interface Load {
  id: string;
  path: string;
  source: string;
  table: string;
  file: string;
  format: string;
  encoding: string;
  contentSha256: string;
  loadedAt: string;
  extractedAt?: string;
  records: number;
  blank: number;
  total: number;
  malformed: number;
  columns: string[];
  /** What the adapter read of the table when this was loaded, and how it was protected. */
  reads: string[];
  highWaterMark?: string;
}

/** Names a load so that names sort by the time of loading (UTC), then by `counter`. */
export function loadId(loadedAt: Date, counter: number, contentSha256: string): string {
  const instant = loadedAt.toISOString().replace(/[-:.Z]/g, '');
  return `${instant}-${String(counter).padStart(4, '0')}-${contentSha256.slice(0, 8)}`;
}

/** Lists every load in `dataDir/raw`, oldest first, from Parquet metadata alone. Errors: ExtractError for a file that is none. */
export async function listLoads(dataDir: string): Promise<Load[]> {
  const raw = join(dataDir, 'raw');
  if (!existsSync(raw)) return [];
  const paths: string[] = [];
  for await (const path of glob('*/*/*.parquet', { cwd: raw })) paths.push(join(raw, path));
  if (paths.length === 0) return [];
  const metadata = await readMetadata(paths);
  return paths.map((path) => toLoad(path, metadata.get(path) ?? {})).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The loads that count: of the same content loaded again (a changed adapter, a full run), only the last. */
export function latestOfContent(loads: readonly Load[]): Load[] {
  const key = (load: Load): string => JSON.stringify([load.source, load.table, load.contentSha256]);
  const last = new Map(loads.map((load) => [key(load), load]));
  return loads.filter((load) => last.get(key(load)) === load);
}

function toLoad(path: string, metadata: Record<string, string>): Load {
  const parsed = loadMetadata.safeParse(metadata);
  if (!parsed.success)
    throw new ExtractError(path, 'no load of Aftersight (its metadata are missing or damaged)', again);
  const found = parsed.data;
  return {
    id: basename(path, '.parquet'),
    path,
    source: found.source,
    table: found.table,
    file: found.file,
    format: found.format,
    encoding: found.encoding,
    contentSha256: found.content_sha256,
    loadedAt: found.loaded_at,
    extractedAt: found.extracted_at,
    records: found.records,
    blank: found.blank,
    total: found.total,
    malformed: found.malformed,
    columns: found.columns,
    reads: found.reads,
    highWaterMark: found.high_water_mark,
  };
}

const again =
  'Restore it from a backup or move it out of raw: the next run reads its file again where that is still there.';

async function readMetadata(paths: string[]): Promise<Map<string, Record<string, string>>> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const result = await connection.runAndReadAll(
      `select file_name, decode(key), decode(value) from parquet_kv_metadata([${paths.map(pathLiteral).join(', ')}])`,
    );
    const byPath = new Map<string, Record<string, string>>();
    for (const row of result.getRowsJson()) {
      const [path, key, value] = z.tuple([z.string(), z.string(), z.string()]).parse(row);
      const entry = byPath.get(path) ?? {};
      entry[key] = value;
      byPath.set(path, entry);
    }
    return byPath;
  } catch (cause) {
    const [message = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    const damaged = paths.find((path) => message.includes(path));
    if (damaged === undefined) throw cause;
    throw new ExtractError(damaged, `a damaged load (${message})`, again, cause);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
