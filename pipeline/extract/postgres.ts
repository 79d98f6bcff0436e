import { Socket } from 'node:net';
import { Client } from 'pg';
import { z } from 'zod';
import type { DatabaseSource, DatabaseTable } from '#lib/server/config.ts';
import type { Content } from './contents.ts';
import { ExtractError } from './errors.ts';
import { recordExtraction } from './extractions.ts';
import { writeContent } from './files.ts';
import type { RawTable } from './header.ts';
import { unreadTable, type Adapters, type ExtractOptions, type ExtractProblem } from './jobs.ts';
import { listLoads, type Load } from './loads.ts';
import { describeUrl, isDatabaseFault, isServerAnswer, withoutPassword } from './postgres_faults.ts';
import { pullTable } from './postgres_pull.ts';
import type { PreviewOptions } from './preview.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

type Place = { file: string; extractedAt: string };

/** Does something with a table of a database, in its snapshot; what throws there is a problem of that table alone. */
type Work = (
  client: Client,
  source: DatabaseSource,
  name: string,
  settings: DatabaseTable,
  table: RawTable,
  place: Place,
) => Promise<void>;

const connectSeconds = 20;

/**
 * Loads what is new in every configured database: all rows, or those from the high-water mark less the overlap on.
 * A pull without rows, or equal to the one before, makes no load. What cannot be reached or read becomes a problem.
 */
export async function extractPostgres(options: ExtractOptions): Promise<{ loads: Load[]; problems: ExtractProblem[] }> {
  const { config, connection, now, key, keepsOriginals } = options;
  const loads: Load[] = [];
  const problems = await visitTables(options, 'postgres', async (workspace) => {
    const known = await listLoads(config.dataDir);
    const counterStart = known.filter((load) => load.loadedAt === now.toISOString()).length;
    return async (client, source, name, settings, table, { file, extractedAt }) => {
      options.onProgress?.({ source: source.name, table: name, file, records: 0, done: 0, of: 1 });
      const latest = known.filter((load) => load.source === source.name && load.table === name).at(-1);
      const since = options.full ? null : (latest?.highWaterMark ?? null);
      const pull = await pullTable(client, file, settings, table, since, source.timezone, workspace);
      if (latest && !options.full && (pull.rows === 0 || pull.sha256 === latest.contentSha256)) return;
      const facts = {
        source: source.name,
        file,
        format: pull.content.format,
        encoding: pull.content.encoding,
        contentSha256: pull.sha256,
        loadedAt: now,
        extractedAt,
        highWaterMark: pull.highWaterMark ?? undefined,
        columns: pull.content.columns,
      };
      const counter = counterStart + loads.length;
      const target = { dataDir: config.dataDir, counter, key, keepsOriginals, confirm: async () => {} };
      loads.push(await writeContent(connection, pull.content, table, facts, target));
      options.onProgress?.({ source: source.name, table: name, file, records: pull.rows, done: 1, of: 1 });
    };
  });
  return { loads, problems };
}

/** Shows how every configured database table would be read, by `show`, without writing to raw. */
export async function previewPostgres<T>(
  options: PreviewOptions,
  show: (
    place: { source: string; table: RawTable; file: string },
    content: Content,
    options: PreviewOptions,
  ) => Promise<T>,
): Promise<{ previews: T[]; problems: ExtractProblem[] }> {
  const previews: T[] = [];
  const problems = await visitTables(
    options,
    'preview',
    async (workspace) =>
      async (client, source, _name, settings, table, { file }) => {
        const { content } = await pullTable(
          client,
          file,
          { ...settings, watermark: null },
          table,
          null,
          source.timezone,
          workspace,
          options.rows,
        );
        previews.push(await show({ source: source.name, table, file }, content, options));
      },
  );
  return { previews, problems };
}

async function visitTables(
  options: PreviewOptions | ExtractOptions,
  name: string,
  prepare: (workspace: Workspace) => Promise<Work>,
): Promise<ExtractProblem[]> {
  const { config } = options;
  const sources = config.sources.filter((source) => source.transport === 'postgres');
  if (sources.length === 0) return [];
  const workspace = await openWorkspace(config.dataDir, name);
  const problems: ExtractProblem[] = [];
  try {
    const work = await prepare(workspace);
    for (const source of sources) {
      const { found, extractedAt } = await visitSource(source, options.adapters, workspace, work);
      problems.push(...found);
      if (found.length === 0 && 'now' in options) await recordExtraction(config.dataDir, source.name, extractedAt);
    }
    return problems;
  } finally {
    await workspace.clear();
  }
}

async function visitSource(
  source: DatabaseSource,
  adapters: Adapters,
  workspace: Workspace,
  work: Work,
): Promise<{ found: ExtractProblem[]; extractedAt: string }> {
  const found: ExtractProblem[] = [];
  const database = describeUrl(source.url);
  const socket = new Socket();
  const client = new Client({
    connectionString: source.url,
    connectionTimeoutMillis: connectSeconds * 1000,
    application_name: 'aftersight',
    keepAlive: true,
    stream: () => socket,
  });
  // Without a listener, a connection lost between two queries would end the process; the next query reports it.
  client.on('error', () => {});
  let extractedAt = '';
  try {
    await client.connect();
    extractedAt = await beginSnapshot(client);
    for (const [name, settings] of Object.entries(source.tables)) {
      const file = `${database}#${'table' in settings.from ? settings.from.table : name}`;
      const table = adapters.get(source.name)?.rawTables.find((candidate) => candidate.table === name);
      if (!table) found.push(unreadTable(source, name, file));
      else {
        const problem = await visitTable(client, source.url, file, () =>
          work(client, source, name, settings, table, { file, extractedAt }),
        );
        if (problem) found.push({ source: source.name, table: name, file, ...problem });
        await workspace.empty();
      }
    }
    await client.query('commit');
    await client.end();
  } catch (error) {
    if (!isDatabaseFault(error)) throw error;
    const message = `source ${source.name}: ${database}: ${withoutPassword(error, source.url)}`;
    const remedy = 'Check that the server is up and reachable, and the user, password and database in the URL.';
    found.push({ source: source.name, table: '', file: database, message, remedy });
  } finally {
    // A COPY that was given up (the disk is full) leaves a server that waits for its reader: end() would wait with it.
    socket.destroy();
  }
  return { found, extractedAt };
}

async function visitTable(
  client: Client,
  url: string,
  file: string,
  work: () => Promise<void>,
): Promise<{ message: string; remedy: string } | null> {
  await client.query('savepoint one_table');
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof ExtractError) && !isServerAnswer(error)) throw error;
    await client.query('rollback to savepoint one_table');
    if (error instanceof ExtractError) return { message: error.message, remedy: error.remedy };
    return {
      message: `${file}: ${withoutPassword(error, url)}`,
      remedy: 'Check table, query and watermark of the configuration against the database.',
    };
  }
}

/** Opens a read-only snapshot in which values come out in UTC and ISO form, and tells its instant. */
async function beginSnapshot(client: Client): Promise<string> {
  await client.query('begin isolation level repeatable read read only');
  for (const setting of [
    "TimeZone = 'UTC'",
    "DateStyle = 'ISO, YMD'",
    "IntervalStyle = 'iso_8601'",
    "client_encoding = 'UTF8'",
    'synchronize_seqscans = off',
    'statement_timeout = 0',
  ]) {
    await client.query(`set local ${setting}`);
  }
  const result = await client.query(`select to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as instant`);
  return z.object({ instant: z.iso.datetime() }).parse(result.rows[0]).instant;
}
