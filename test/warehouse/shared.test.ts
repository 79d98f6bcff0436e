import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { RunResult } from '../../pipeline/run.ts';
import { type WarehouseProject, openWarehouseProject, totalOf } from './warehouse_project.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const shared = join(root, '../shared/data');

async function readCsv<T>(path: string, row: z.ZodType<T>): Promise<T[]> {
  return z.array(row).parse(parse(await readFile(join(shared, path), 'utf8'), { columns: true, bom: true }));
}

if (!existsSync(shared)) {
  test.skip('skipped: ../shared is not there', () => {});
}

describe.runIf(existsSync(shared))('incidents: the history of 890 real cases', () => {
  const config = `
timezone: UTC
brands: [{ id: it }]
vendors: [{ id: desk }]
sources:
  - name: log
    kind: incidents
    brand: it
    vendor: desk
    datetime_format: '%d-%m-%Y %H:%M'
    tables: { log: log.csv }
`;
  const tickets = `-- One row per incident: its latest record.
-- require: number, incident_state, opened_at
select
    number as ticket_id,
    case incident_state when 'Resolved' then 'solved' when 'Closed' then 'closed' when 'New' then 'open' when 'Active' then 'open' else 'pending' end as status,
    nullif(opened_at, '?') as opened_at,
    case when incident_state = 'Closed' then nullif(closed_at, '?') end as closed_at,
    nullif(assigned_to, '?') as agent_id,
    _load, _record,
from raw.log
qualify row_number() over (partition by number order by _load desc, _record desc) = 1
`;
  const events = `-- One row per record of the audit log, in its own order.
select
    number as ticket_id, nullif(sys_updated_at, '?') as "at",
    case
        when incident_state in ('New', 'Active') then 'open'
        when incident_state like 'Awaiting %' then 'pending'
        when incident_state = 'Resolved' then 'solved'
        when incident_state = 'Closed' then 'closed'
        when incident_state <> '?' then incident_state
    end as kind,
    _record as seq, _load, _record,
from raw.log
`;
  const caseRows = `
    select ticket_id, reopens, solution_at::varchar as solution_at, solution_calendar_seconds, first_completed_at::varchar as first_completed_at
    from marts.cases order by case_id`;
  const stateRows = `
    select t.ticket_id, e.seq, e.kind::varchar as kind, e.happened_at::varchar as happened_at, t.opened_at::varchar as opened_at, t.status::varchar as status
    from staging.events as e join staging.tickets as t using (ticket_key) order by all`;

  async function load(log: string, datetimeFormat: string | null): Promise<WarehouseProject> {
    const line = `    datetime_format: '%d-%m-%Y %H:%M'\n`;
    const own = datetimeFormat === null ? '' : `    datetime_format: '${datetimeFormat}'\n`;
    const project = await openWarehouseProject(config.replace(line, own));
    await project.put('incidents/tickets.sql', tickets);
    await project.put('incidents/events.sql', events);
    await project.put('log.csv', log);
    return project;
  }

  let project: WarehouseProject;
  let result: RunResult;
  let dialectA: string;
  let dialectB: string;
  beforeAll(async () => {
    dialectA = await readFile(join(shared, 'incidents/events_dialect_a.csv'), 'utf8');
    dialectB = await readFile(join(shared, 'incidents/events_dialect_b.csv'), 'utf8');
    project = await load(dialectA, '%d-%m-%Y %H:%M');
    result = await project.run();
  });
  afterAll(() => project.close());

  test('every record of the log is loaded', () => {
    const accounts = result.files.filter((file) => file.table === 'events');
    expect(accounts).toMatchObject([{ records: 5998, loaded: 5998 }]);
    expect(result.checks.filter((check) => check.rows > 0)).toEqual([]);
  });

  test('reopens equal the count that the data set itself keeps, for 890 of 890', async () => {
    const truth = await readCsv(
      'incidents/truth_from_dataset.csv',
      z.object({ number: z.string(), reopen_count: z.coerce.number().int() }),
    );
    const rows = await project.rows('select ticket_id as number, reopens as reopen_count from marts.cases');
    expect(truth).toHaveLength(890);
    expect(byNumber(rows)).toEqual(byNumber(truth));
  });

  test('264 of 890 are solved within 24 h, counted from the first solved event', async () => {
    expect(totalOf(await project.totals(), 'resolution_24h')).toMatchObject({
      numerator: 264,
      denominator: 890,
      pending: 0,
    });
  });

  test('the other dialect gives the same values for its rows', async () => {
    const lines = dialectB.trimEnd().split('\n').length;
    expect(lines).toBe(199);
    const sameOfA = await load(`${dialectA.split('\n').slice(0, lines).join('\n')}\n`, '%d-%m-%Y %H:%M');
    const ofB = await load(dialectB, '%d/%m/%Y %H:%M');
    try {
      await sameOfA.run();
      await ofB.run();
      expect(await ofB.rows('select count(*)::int as n from marts.cases')).toEqual([{ n: 32 }]);
      expect(await ofB.rows(stateRows)).toEqual(await sameOfA.rows(stateRows));
      expect(await ofB.rows(caseRows)).toEqual(await sameOfA.rows(caseRows));
      const complete = new Set((await ofB.rows(caseRows)).map((row) => row['ticket_id']));
      complete.delete('INC0000101');
      const whole = (await project.rows(caseRows)).filter((row) => complete.has(row['ticket_id']));
      expect((await ofB.rows(caseRows)).filter((row) => complete.has(row['ticket_id']))).toEqual(whole);
    } finally {
      await sameOfA.close();
      await ofB.close();
    }
  });

  test('without its form of instants every record is in quarantine, none is guessed', async () => {
    const lost = await load(dialectB, null);
    try {
      const { files } = await lost.run();
      expect(files.find((file) => file.table === 'tickets')).toMatchObject({ loaded: 0, quarantined: 32 });
      expect(await lost.rows('select distinct column_name, reason from quarantine.records order by all')).toEqual([
        { column_name: 'at', reason: 'unreadable' },
        { column_name: 'opened_at', reason: 'unreadable' },
      ]);
    } finally {
      await lost.close();
    }
  });
});

describe.runIf(existsSync(shared))('support-tweets: 634 real conversations in Zendesk tables', () => {
  let project: WarehouseProject;
  beforeAll(async () => {
    project = await openWarehouseProject(`
timezone: UTC
brands: [{ id: carrier }]
vendors: [{ id: social, calendar: office }]
calendars: { office: { timezone: UTC, hours: { mon-fri: ["09:00-18:00"] } } }
sources:
  - { name: tweets, kind: zendesk, brand: carrier, vendor: social, tables: { ticket: ticket.csv, ticket_comment: ticket_comment.csv, user: user.csv } }
`);
    for (const name of ['ticket.csv', 'ticket_comment.csv', 'user.csv'])
      await project.take(join(shared, 'support-tweets', name), name);
    await project.run();
  });
  afterAll(() => project.close());

  test('every ticket and message is loaded', async () => {
    expect(await project.rows('select count(*)::int as n from quarantine.records')).toEqual([{ n: 0 }]);
    expect(
      await project.rows(
        'select (select count(*) from marts.cases)::int as cases, (select count(*) from marts.messages)::int as messages',
      ),
    ).toEqual([{ cases: 634, messages: 2280 }]);
  });

  test('first response equals the expected minutes on both clocks, for 634 of 634', async () => {
    const expected = await readCsv(
      'support-tweets/expected_first_reply.csv',
      z.object({
        ticket_id: z.string(),
        first_reply_time_calendar_minutes: z.string(),
        first_reply_time_business_minutes: z.string(),
      }),
    );
    const rows = await project.rows(`
      select ticket_id, first_response_calendar_seconds / 60 as calendar, first_response_business_seconds / 60 as business
      from marts.cases order by ticket_id`);
    const found = rows.map((row) => [row['ticket_id'], toMinutes(row['calendar']), toMinutes(row['business'])]);
    const wanted = expected.map((row) => [
      row.ticket_id,
      row.first_reply_time_calendar_minutes,
      row.first_reply_time_business_minutes,
    ]);
    expect(wanted).toHaveLength(634);
    expect(found.toSorted(byFirst)).toEqual(wanted.toSorted(byFirst));
  });

  test('the median is under 14 minutes, whatever the one reply that came six years late', async () => {
    const [total] = await project.totals({ metrics: ['first_response'], clock: 'calendar' });
    expect(total?.median).toBeGreaterThan(0);
    expect(total?.median).toBeLessThan(14 * 60);
  });
});

describe.runIf(existsSync(shared))('retail-orders: products and refunds out of nested JSON', () => {
  let project: WarehouseProject;
  let result: RunResult;
  beforeAll(async () => {
    project = await openWarehouseProject(`
timezone: UTC
brands: [{ id: store }]
vendors: [{ id: own }]
sources:
  - { name: shop, kind: retail, brand: store, tables: { products: products.json, orders: orders.json } }
`);
    await project.put(
      'retail/products.sql',
      `-- One row per variant of a product.
-- require: variants
select
    v.key as sku_id, p.product_id as spu_id, p.name as title, v.value -> 'options' as attributes, p._load, p._record,
from raw.products as p, json_each(p.variants) as v
`,
    );
    await project.put(
      'retail/refunds.sql',
      `-- One row per refund transaction of an order; the data give them no instant.
-- require: order_id, payment_history
select
    o._key || '/' || t.key as refund_id, o.order_id, parse.yuan_minor(t.value ->> 'amount') as amount_refunded_minor, 'USD' as currency,
    o._load, o._record,
from raw.orders as o, json_each(o.payment_history) as t
where t.value ->> 'transaction_type' = 'refund'
`,
    );
    await project.take(join(shared, 'retail-orders/products.json'), 'products.json');
    await project.take(join(shared, 'retail-orders/orders.json'), 'orders.json');
    result = await project.run();
  });
  afterAll(() => project.close());

  test('the variants of all 50 products are loaded, options and ids as they are', async () => {
    const source = z
      .record(z.string(), z.object({ variants: z.record(z.string(), z.object({ options: z.unknown() })) }))
      .parse(JSON.parse(await readFile(join(shared, 'retail-orders/products.json'), 'utf8')));
    const variants = Object.values(source).flatMap((product) => Object.entries(product.variants));
    const rows = await project.rows('select sku_id, spu_id, attributes::varchar as attributes from staging.products');
    expect(new Set(rows.map((row) => row['spu_id'])).size).toBe(50);
    expect(new Map(rows.map((row) => [row['sku_id'], JSON.parse(String(row['attributes']))]))).toEqual(
      new Map(variants.map(([id, { options }]) => [id, options])),
    );
    expect(result.files.find((file) => file.table === 'products')).toMatchObject({
      loaded: rows.length,
      quarantined: 0,
    });
  });

  test('all 102 refund transactions are in quarantine, for the instant they lack', async () => {
    expect(
      await project.rows(
        'select table_name, column_name, reason, count(*)::int as n from quarantine.records group by all',
      ),
    ).toEqual([{ table_name: 'refunds', column_name: 'applied_at', reason: 'missing', n: 102 }]);
    expect(result.files.find((file) => file.table === 'refunds')).toMatchObject({ loaded: 0, quarantined: 102 });
    expect(await project.rows('select count(*)::int as n from marts.cases')).toEqual([{ n: 0 }]);
  });

  test('a refund in quarantine shows its file, its record and what it says', async () => {
    const [first] = await project.rows(
      'select file, record::int as record, record_text::json as record_text from quarantine.records order by record limit 1',
    );
    expect(first).toMatchObject({ file: 'orders.json' });
    expect(JSON.parse(String(first?.['record_text']))).toMatchObject({
      currency: 'USD',
      order_id: expect.stringMatching(/^#W/),
    });
  });
});

function byNumber(rows: readonly Record<string, unknown>[]): Map<unknown, unknown> {
  return new Map(rows.map((row) => [row['number'], row['reopen_count']]));
}

function toMinutes(value: unknown): string {
  return typeof value === 'number' ? value.toFixed(4) : '';
}

function byFirst(left: readonly unknown[], right: readonly unknown[]): number {
  return String(left[0]).localeCompare(String(right[0]));
}
