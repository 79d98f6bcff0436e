import { Client } from 'pg';
import { z } from 'zod';
import type { DatabaseSource, DatabaseTable } from '#lib/server/config.ts';
import { ExtractError } from './errors.ts';
import { recordExtraction } from './extractions.ts';
import { writeContent } from './files.ts';
import { unreadTable, type ExtractOptions, type ExtractProblem } from './jobs.ts';
import { listLoads, type Load } from './loads.ts';
import { pullTable } from './postgres_pull.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

interface Run {
  options: ExtractOptions;
  workspace: Workspace;
  known: Load[];
  loads: Load[];
  problems: ExtractProblem[];
}

const connectSeconds = 20;

/**
 * Loads what is new in every configured database: all rows, or those from the high-water mark less the overlap on.
 * A pull without rows, or equal to the one before, makes no load. What cannot be reached or read becomes a problem.
 */
export async function extractPostgres(options: ExtractOptions): Promise<{ loads: Load[]; problems: ExtractProblem[] }> {
  const { config } = options;
  const sources = config.sources.filter((source) => source.transport === 'postgres');
  if (sources.length === 0) return { loads: [], problems: [] };
  const workspace = await openWorkspace(config.dataDir, 'postgres');
  const run: Run = { options, workspace, known: await listLoads(config.dataDir), loads: [], problems: [] };
  try {
    for (const source of sources) await extractSource(source, run);
    return { loads: run.loads, problems: run.problems };
  } finally {
    await workspace.clear();
  }
}

async function extractSource(source: DatabaseSource, run: Run): Promise<void> {
  const place = describeUrl(source.url);
  const client = new Client({
    connectionString: source.url,
    connectionTimeoutMillis: connectSeconds * 1000,
    application_name: 'aftersight',
    keepAlive: true,
  });
  // Without a listener, a connection lost between two queries would end the process; the next query reports it.
  client.on('error', () => {});
  let table = '';
  try {
    await client.connect();
    const extractedAt = await beginSnapshot(client);
    const before = run.problems.length;
    for (const [name, settings] of Object.entries(source.tables)) {
      table = name;
      await extractTable(client, source, name, settings, { place, extractedAt }, run);
    }
    await client.query('commit');
    if (run.problems.length === before) await recordExtraction(run.options.config.dataDir, source.name, extractedAt);
  } catch (error) {
    if (!isDatabaseFault(error)) throw error;
    run.problems.push({
      source: source.name,
      table,
      file: place,
      message: `source ${source.name}: ${place}: ${withoutPassword(error, source.url)}`,
      remedy: 'Check that the server is up and reachable, and the user, password and database in the URL.',
    });
  } finally {
    await client.end().catch(() => {});
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

async function extractTable(
  client: Client,
  source: DatabaseSource,
  name: string,
  settings: DatabaseTable,
  snapshot: { place: string; extractedAt: string },
  run: Run,
): Promise<void> {
  const { options, workspace, loads } = run;
  const { config, connection, now, key } = options;
  const file = `${snapshot.place}#${'table' in settings.from ? settings.from.table : name}`;
  const table = options.adapters.get(source.name)?.rawTables.find((candidate) => candidate.table === name);
  if (!table) {
    run.problems.push(unreadTable(source, name, file));
    return;
  }
  options.onProgress?.({ source: source.name, table: name, file, records: 0, done: 0, of: 1 });
  const latest = run.known.filter((load) => load.source === source.name && load.table === name).at(-1);
  const since = options.full ? null : (latest?.highWaterMark ?? null);
  await client.query('savepoint one_table');
  try {
    const pull = await pullTable(client, file, settings, table, since, source.timezone, workspace);
    const isUnchanged =
      latest !== undefined && !options.full && (pull.rows === 0 || pull.sha256 === latest.contentSha256);
    if (isUnchanged) return;
    const counter = run.known.filter((load) => load.loadedAt === now.toISOString()).length + loads.length;
    const facts = {
      source: source.name,
      file,
      format: 'postgres',
      encoding: 'utf-8',
      contentSha256: pull.sha256,
      loadedAt: now,
      extractedAt: snapshot.extractedAt,
      highWaterMark: pull.highWaterMark ?? undefined,
      columns: pull.columns,
    };
    const target = { dataDir: config.dataDir, counter, key, confirm: async () => {} };
    loads.push(await writeContent(connection, pull.content, table, facts, target));
    options.onProgress?.({ source: source.name, table: name, file, records: pull.rows, done: 1, of: 1 });
  } catch (error) {
    const problem = explainFault(error, file, source);
    run.problems.push({ source: source.name, table: name, file, message: problem.message, remedy: problem.remedy });
    await client.query('rollback to savepoint one_table');
  } finally {
    await workspace.empty();
  }
}

function explainFault(error: unknown, file: string, source: DatabaseSource): ExtractError {
  if (error instanceof ExtractError) return error;
  if (!isServerAnswer(error)) throw error;
  return new ExtractError(
    file,
    withoutPassword(error, source.url),
    'Check table, query and watermark of the configuration against the database.',
    error,
  );
}

/** An error that the server reported, with its five-character SQLSTATE. */
function isServerAnswer(error: unknown): error is Error & { code: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code) &&
    'severity' in error
  );
}

function isDatabaseFault(error: unknown): boolean {
  if (isServerAnswer(error)) return true;
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError || /timeout|terminated|Connection|SSL|SASL|getaddrinfo/i.test(error.message))
    return true;
  return (
    'code' in error &&
    typeof error.code === 'string' &&
    /^E(CONN|HOST|NET|NOTFOUND|TIMEDOUT|PIPE|AI_)|CERT|TLS/.test(error.code)
  );
}

function withoutPassword(error: unknown, url: string): string {
  const single = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  const message = single instanceof Error ? single.message : String(single);
  const { password } = parseUrl(url);
  const secrets = [url, password, decode(password)].filter((secret) => secret !== '');
  return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message);
}

function describeUrl(url: string): string {
  const { hostname, port, pathname } = parseUrl(url);
  return `postgresql://${hostname}${port === '' ? '' : `:${port}`}${pathname}`;
}

function parseUrl(url: string): { hostname: string; port: string; pathname: string; password: string } {
  return URL.parse(url) ?? { hostname: '', port: '', pathname: '', password: '' };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
