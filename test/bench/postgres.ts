import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { z } from 'zod';
import type { MetricId } from '#lib/metrics/registry.ts';
import type { Warehouse } from '#lib/server/warehouse.ts';
import { startPostgres } from '../warehouse/postgres_server.ts';

export const comparedMetrics = [
  'first_response',
  'resolution_24h',
  'dispute_rate',
  'autonomous_completion',
  'reply_3m',
] as const satisfies readonly MetricId[];

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

/** Loads a snapshot's rows into a PostgreSQL of its own and times the same five definitions there, by vendor. Seconds. */
export async function timePostgres(
  warehouse: Warehouse,
  period: { from: string; to: string },
  folder: string,
  timeoutSeconds: number,
): Promise<{ seconds: number; rows: Counted[]; timings: Record<string, number> }> {
  const server = await startPostgres();
  try {
    const client = new Client({ connectionString: server.url });
    await client.connect();
    try {
      await load(client, warehouse, folder);
      await client.query(`set statement_timeout = ${timeoutSeconds * 1000}`);
      await client.query("set work_mem = '256MB'");
      await client.query('set jit = off');
      const rows: Counted[] = [];
      const timings: Record<string, number> = {};
      for (const metric of comparedMetrics) {
        const sql = await readFile(join(import.meta.dirname, `postgres_${metric}.sql`), 'utf8');
        const started = performance.now();
        const answer = await client.query(sql, [period.from, period.to]);
        timings[metric] = (performance.now() - started) / 1000;
        rows.push(
          ...z
            .array(countedRow)
            .parse(answer.rows)
            .map((row) => ({ metric, ...row })),
        );
      }
      return { seconds: Object.values(timings).reduce((sum, one) => sum + one, 0), rows, timings };
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
  }
}

async function load(client: Client, warehouse: Warehouse, folder: string): Promise<void> {
  await client.query(await readFile(join(import.meta.dirname, 'postgres_schema.sql'), 'utf8'));
  for (const [table, sql] of Object.entries(exports)) {
    const path = join(folder, `postgres_${table}.csv`);
    await warehouse.connection.run(`copy (${sql}) to '${path}' (format csv, header false)`);
    await pipeline(createReadStream(path), client.query(copyFrom(`copy ${table} from stdin (format csv)`)));
  }
  await client.query(await readFile(join(import.meta.dirname, 'postgres_indexes.sql'), 'utf8'));
}
