import { createReadStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client, DatabaseError } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { z } from 'zod';
import type { MetricId } from '#lib/metrics/registry.ts';
import type { Warehouse } from '#lib/server/warehouse.ts';
import { startPostgres } from '../warehouse/postgres_server.ts';
import { stage, timeOnce } from './stage.ts';

export const comparedMetrics = [
  'first_response',
  'resolution_24h',
  'dispute_rate',
  'autonomous_completion',
  'reply_3m',
] as const satisfies readonly MetricId[];

/** What `postgres_indexes.sql` computes before any KPI is timed, which favours PostgreSQL. */
export const preparedViews = ['merges', 'refund_cases', 'case_starts', 'turns'] as const;

const queryCanceled = '57014';

/** What PostgreSQL counts for one KPI, by vendor. */
export interface Counted {
  metric: MetricId;
  key: string | null;
  numerator: number;
  denominator: number;
  pending: number;
}

const countedRow = z.object({ key: z.string().nullable(), numerator: z.int(), denominator: z.int(), pending: z.int() });

/** What of a snapshot is loaded: PostgreSQL starts from rows that are already typed, deduplicated and cut at the as-of instant. */
const exports: Readonly<Record<string, string>> = {
  tickets:
    'select ticket_key, source, ticket_id, brand_id, vendor_id, order_id, sku_id, severity, opened_at, closed_at, merged_into, is_spam from marts.tickets',
  messages:
    'select case_key, message_id, sent_at, sender, is_public, is_automatic from marts.messages semi join marts.tickets on ticket_key = case_key',
  events:
    'select e.ticket_key, e.happened_at, e.kind, e.seq, e.detail, row_number() over (order by e._load, e._record) from staging.events as e semi join marts.tickets as t on t.ticket_key = e.ticket_key, marts.as_of as a where e.happened_at <= a.as_of',
  refunds:
    'select refund_key, source, ticket_id, order_id, sku_id, brand_id, vendor_id, applied_at, approved_at, rejected_at, refunded_at, closed_at, platform_intervened_at, judged_for from marts.refunds_as_of',
  calendar_intervals: 'select calendar, opens_at, closes_at, open_seconds_before from marts.calendar_intervals',
  vendor_calendars: 'select vendor_id, calendar, from_at, to_at from marts.vendor_calendars',
  term_periods: 'select terms_id, vendor_id, brand_id, from_at, to_at from marts.term_periods',
  terms: 'select terms_id, metric, limit_seconds, clock from marts.terms',
  brands: 'select brand_id, timezone from config.brands',
  as_of: 'select as_of from marts.as_of',
};

/** Leaves PostgreSQL as much memory as it can use here; compiling queries would cost more than it brings. */
const settings = [
  "work_mem = '512MB'",
  "maintenance_work_mem = '1GB'",
  "effective_cache_size = '8GB'",
  'random_page_cost = 1.1',
  'jit = off',
];

/** What one KPI took on PostgreSQL; rows are null where it was stopped after that time. */
export interface PostgresAnswer {
  metric: MetricId;
  seconds: number;
  rows: Counted[] | null;
}

/** Loads a snapshot's rows into a PostgreSQL of its own and times the same five definitions there, by vendor. */
export async function timePostgres(
  warehouse: Warehouse,
  period: { from: string; to: string },
  folder: string,
  timeoutSeconds: number,
): Promise<PostgresAnswer[]> {
  const server = await startPostgres();
  try {
    const client = new Client({ connectionString: server.url });
    await client.connect();
    try {
      for (const setting of settings) await client.query(`set ${setting}`);
      await stage('PostgreSQL: load', () => load(client, warehouse, folder));
      await stage('PostgreSQL: indexes and views', () => prepare(client));
      await client.query(`set statement_timeout = ${timeoutSeconds * 1000}`);
      const answers: PostgresAnswer[] = [];
      for (const metric of comparedMetrics) {
        const timed = await stage(`PostgreSQL: ${metric}, twice`, () => ask(client, metric, period));
        answers.push({ metric, seconds: timeoutSeconds, rows: null, ...timed.answer });
      }
      return answers;
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
  }
}

/** The better of two times; null where the server stopped it. */
async function ask(
  client: Client,
  metric: MetricId,
  period: { from: string; to: string },
): Promise<{ seconds: number; rows: Counted[] } | null> {
  const sql = await readFile(join(import.meta.dirname, `postgres_${metric}.sql`), 'utf8');
  try {
    const first = await timeOnce(() => client.query(sql, [period.from, period.to]));
    const second = await timeOnce(() => client.query(sql, [period.from, period.to]));
    const rows = z.array(countedRow).parse(second.answer.rows);
    return { seconds: Math.min(first.seconds, second.seconds), rows: rows.map((row) => ({ metric, ...row })) };
  } catch (error) {
    if (error instanceof DatabaseError && error.code === queryCanceled) return null;
    throw error;
  }
}

async function load(client: Client, warehouse: Warehouse, folder: string): Promise<void> {
  await client.query(await readFile(join(import.meta.dirname, 'postgres_schema.sql'), 'utf8'));
  for (const [table, sql] of Object.entries(exports)) {
    const path = join(folder, `postgres_${table}.csv`);
    await warehouse.connection.run(`copy (${sql}) to '${path}' (format csv, header false)`);
    await pipeline(createReadStream(path), client.query(copyFrom(`copy ${table} from stdin (format csv)`)));
    await rm(path);
  }
}

async function prepare(client: Client): Promise<void> {
  await client.query(await readFile(join(import.meta.dirname, 'postgres_indexes.sql'), 'utf8'));
  await client.query('vacuum analyze');
}
