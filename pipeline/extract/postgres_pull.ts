import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';
import type { DatabaseTable } from '#lib/server/config.ts';
import type { Content } from './contents.ts';
import { readStrictly, readTolerantly } from './csv.ts';
import { matchColumns, missingColumnsError, type RawTable } from './header.ts';
import { identifier, literal } from './sql.ts';
import type { Workspace } from './workspace.ts';

/** What a pull brought; the mark is null without a watermark column or without any row. */
export interface Pull {
  content: Content;
  columns: string[];
  rows: number;
  sha256: string;
  highWaterMark: string | null;
}

interface Field {
  name: string;
  type: number;
}

const timestampType = 1114;
const timestamptzType = 1184;
const dateType = 1082;

/** Copies the columns that the adapter reads, from `since` less the overlap on, at most `limit` rows. Errors: ExtractError, those of the server. */
export async function pullTable(
  client: Client,
  file: string,
  settings: DatabaseTable,
  table: RawTable,
  since: string | null,
  timezone: string,
  workspace: Workspace,
  limit: number | null = null,
): Promise<Pull> {
  const relation = `(${relationSql(settings)}) as pulled`;
  const described = await client.query(`select * from ${relation} limit 0`);
  const fields = described.fields.map((field): Field => ({ name: field.name, type: field.dataTypeID }));
  const names = fields.map((field) => field.name);
  const kept = matchColumns(names, table);
  const missing = table.require.filter((column) => !kept.some(({ name }) => name === column));
  if (kept.length === 0 || missing.length > 0) throw missingColumnsError(file, [names], table);
  const select = kept.map(({ index }) => textSql(fields[index])).join(', ');
  const filter = filterSql(settings, fields, since);
  const target = workspace.path('.csv');
  const { sha256, rows } = await copyRows(
    client,
    `copy (select ${select} from ${relation}${filter}${limit === null ? '' : ` limit ${limit}`}) to stdout (format csv)`,
    target,
  );
  const highWaterMark = await readMark(client, relation + filter, settings, fields, since, timezone);
  const layout = { delimiter: ',', header: { row: -1, names: kept.map(({ name }) => name) }, skip: 0 };
  const readings = [
    async () => readStrictly(target, layout),
    () => readTolerantly(target, 'utf-8', layout, workspace.path('.csv')),
  ];
  const content = {
    format: 'postgres',
    encoding: 'utf-8',
    columns: names,
    skippedSheets: [],
    readings,
    explain: (error: unknown) => error,
  };
  return { content, columns: names, rows, sha256, highWaterMark };
}

function relationSql({ from, columns }: DatabaseTable): string {
  if ('query' in from) return from.query.trim().replace(/;\s*$/, '');
  return `select ${columns?.join(', ') ?? '*'} from ${from.table}`;
}

function textSql(field: Field | undefined): string {
  const column = `pulled.${identifier(field?.name ?? '')}`;
  if (field?.type !== timestamptzType) return column;
  return `case when isfinite(${column}) then to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') else ${column}::text end`;
}

function filterSql(settings: DatabaseTable, fields: readonly Field[], since: string | null): string {
  const watermark = watermarkOf(settings, fields);
  if (watermark === null || since === null) return '';
  const { column, type } = watermark;
  const from =
    type === null ? literal(since) : `${literal(since)}::${type} - make_interval(secs => ${settings.overlapSeconds})`;
  return ` where ${column} >= ${from} or ${column} is null`;
}

/** A mark ahead of the clock, from a row dated wrongly, would hide every row until then: it is held at now. */
async function readMark(
  client: Client,
  relation: string,
  settings: DatabaseTable,
  fields: readonly Field[],
  since: string | null,
  timezone: string,
): Promise<string | null> {
  const watermark = watermarkOf(settings, fields);
  if (watermark === null) return null;
  const { column, type } = watermark;
  const latest =
    since === null
      ? `max(${column})`
      : `greatest(max(${column}), ${literal(since)}${type === null ? '' : `::${type}`})`;
  const now = type === 'timestamptz' ? 'now()' : `(now() at time zone ${literal(timezone)})`;
  const held = `least(now() at time zone ${literal(timezone)}, now() at time zone 'UTC')`;
  const cap = type === 'timestamptz' ? 'now()' : held;
  const mark = type === null ? latest : `case when ${latest} > ${now} then ${cap} else ${latest} end`;
  const result = await client.query(`select (${mark})::text as mark from ${relation}`);
  return z.object({ mark: z.string().nullable() }).parse(result.rows[0]).mark;
}

function watermarkOf(
  { watermark }: DatabaseTable,
  fields: readonly Field[],
): { column: string; type: string | null } | null {
  if (watermark === null) return null;
  const name = watermark.startsWith('"') ? watermark.slice(1, -1).replaceAll('""', '"') : watermark.toLowerCase();
  const type = fields.find((field) => field.name === name)?.type;
  const isInstant = type === timestampType || type === dateType;
  return {
    column: `pulled.${watermark}`,
    type: type === timestamptzType ? 'timestamptz' : isInstant ? 'timestamp' : null,
  };
}

async function copyRows(client: Client, sql: string, target: string): Promise<{ sha256: string; rows: number }> {
  const hash = createHash('sha256');
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const stream = client.query(copyTo(sql));
  await pipeline(stream, tap, createWriteStream(target, { mode: 0o600 }));
  return { sha256: hash.digest('hex'), rows: stream.rowCount };
}
