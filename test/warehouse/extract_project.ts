import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { DatabaseTable, Source } from '#lib/server/config.ts';
import { extractFiles, type ExtractOptions } from '../../pipeline/extract/files.ts';
import type { RawTable } from '../../pipeline/extract/header.ts';
import type { Load } from '../../pipeline/extract/loads.ts';
import { pathLiteral } from '../../pipeline/extract/sql.ts';

export const messages: RawTable = {
  table: 'messages',
  columns: ['message_id', 'ticket_id', 'sent_at', 'sender', 'customer_id', 'body'],
  hash: ['customer_id'],
  mask: ['body'],
  require: ['message_id', 'ticket_id'],
};

type Row = Record<string, string | null>;

/** A data folder with an inbox, the options to extract it, and a way to look into raw. */
export interface Project {
  folder: string;
  connection: DuckDBConnection;
  options: (now?: string, keepsOriginals?: boolean) => ExtractOptions;
  put: (name: string, content: string | Uint8Array) => Promise<string>;
  extract: (now?: string, keepsOriginals?: boolean) => ReturnType<typeof extractFiles>;
  rows: (load: Load | undefined) => Promise<Row[]>;
  close: () => Promise<void>;
}

/** Makes a project whose source `shop` has the given table in `inbox/*`, or in a database. */
export async function openProject(
  table: RawTable = messages,
  database?: { url: string; settings: DatabaseTable },
): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "aftersight [it's] "));
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1200MB', threads: '2' });
  const connection = await instance.connect();
  const base = {
    name: 'shop',
    kind: 'files',
    timezone: 'Asia/Shanghai',
    brand: null,
    vendor: null,
    platform: null,
    datetimeFormat: null,
  };
  const source: Source = database
    ? { ...base, transport: 'postgres', url: database.url, tables: { [table.table]: database.settings } }
    : { ...base, transport: 'files', tables: { [table.table]: { globs: ['inbox/**/*'] } } };
  const options = (now = '2026-11-20T02:30:00.000Z', keepsOriginals = false): ExtractOptions => ({
    config: { folder, dataDir: join(folder, 'data'), limits: { workbookMb: 1 }, sources: [source] },
    connection,
    adapters: new Map([['shop', { rawTables: [table] }]]),
    now: new Date(now),
    key: Buffer.from('a key'),
    keepsOriginals,
  });
  return {
    folder,
    connection,
    options,
    put: async (name, content) => {
      const path = join(folder, 'inbox', name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      return path;
    },
    extract: (now, keepsOriginals) => extractFiles(options(now, keepsOriginals)),
    rows: async (load) => {
      if (!load) throw new Error('no load');
      const result = await connection.runAndReadAll(`from read_parquet(${pathLiteral(load.path)})`);
      return result
        .getRowObjectsJson()
        .map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])),
        );
    },
    close: async () => {
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
