import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type MetricId, metricIds } from '#lib/metrics/registry.ts';
import type { CanonicalRow } from './month.ts';
import { writeDelimited } from './month_files.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

const tables = ['tickets', 'messages', 'events', 'refunds'] as const;
type Table = (typeof tables)[number];
export type GivenRows = Record<Table, CanonicalRow[]>;

/** A KPI row as [numerator/denominator, state, day, value, value_business]. */
export type KpiOutcome = readonly [
  fraction: `${number}/${number}`,
  state: 'met' | 'late' | 'breached' | 'pending' | 'counted',
  day: string,
  value: number | null,
  valueBusiness: number | null,
];

/** The rows of a rule's cases: one for ticket `a`, or by "ticket", "ticket item", "refund/refund item"; {} for none. */
export type Outcomes = KpiOutcome | Readonly<Record<string, KpiOutcome>>;
export type Expected = Readonly<Partial<Record<MetricId, Outcomes>>>;

/** Monday 12 October 2026, a working day: what a time alone belongs to. */
export const monday = '2026-10-12';

/** 2026-11-05 09:00:00 in Shanghai. */
export const asOf = '2026-11-05T01:00:00Z';

/**
 * Brands in two zones. Vendors: `open` without a calendar, `split` with a break at noon, `owl` over midnight, `mover` from `split` to
 * `owl` on 14 October; `bound` has a contract with both brands from 14 until 21 October that changes limits and clocks.
 */
const declarations = `
timezone: Asia/Shanghai
brands:
  - { id: north, timezone: Asia/Shanghai }
  - { id: harbor, timezone: America/New_York }
vendors:
  - { id: open }
  - { id: split, calendar: split_shift }
  - { id: owl, calendar: night_shift }
  - { id: mover, calendar: [{ from: 2026-10-10, use: split_shift }, { from: 2026-10-14, use: night_shift }] }
  - { id: bound, calendar: split_shift }
  - { id: strict, calendar: holiday_shift }
calendars:
  split_shift: { hours: { mon-fri: ["09:00-12:00", "13:30-18:00"], sat: ["10:00-16:00"] }, holidays: [2026-10-01, 2026-10-02], workdays: [2026-10-11] }
  night_shift: { hours: { mon-sun: ["20:00-02:00"] }, holidays: [2026-10-20] }
  holiday_shift: { hours: { mon-fri: ["09:00-18:00"] }, holidays: cn }
contracts:
  - vendor: bound
    brand: north
    from: 2026-10-14
    to: 2026-10-21
    targets: &targets
      first_response: { within: 2m, clock: calendar, at_least: 90% }
      resolution_24h: { within: 4h, clock: business }
      reply_3m: { within: 1m }
      reopen_rate: { within: 1d }
      autonomous_completion: { within: 1d }
      refund_after_receipt_24h: { within: 4h, clock: business }
      refunded_without_goods: { within: 5d }
  - { vendor: bound, brand: harbor, from: 2026-10-14, to: 2026-10-21, targets: *targets }
  - vendor: strict
    brand: north
    from: 2010-01-01
    targets:
      reopen_rate: { within: 9h, clock: business }
      autonomous_completion: { within: 9h, clock: business }
      refund_after_receipt_24h: { within: 9h, clock: business }
      refunded_without_goods: { within: 9h, clock: business }
conduct:
  forbidden:
    - { phrase: 去找…门店, kind: evasion, unless: [去找附近门店], brands: [harbor] }
    - { phrase: 好评返现, kind: off_platform, unless: [没有好评返现活动] }
  without: [爱退不退]
taxonomy:
  reasons:
    - { id: size, name: { zh-CN: 尺码不符, zh-TW: 尺碼不符, en: Size }, synonyms: [偏大, 偏小] }
    - { id: quality, name: { zh-CN: 质量问题, zh-TW: 品質問題, en: Quality } }
sources:
  - { name: desk, kind: files, tables: { tickets: inbox/tickets.csv, messages: inbox/messages.csv, events: inbox/events.csv, refunds: inbox/refunds.csv } }
`;

const columns: Readonly<Record<Table, readonly string[]>> = {
  tickets: ['ticket_id', 'brand_id', 'opened_at', 'status'],
  messages: ['message_id', 'ticket_id', 'sent_at', 'sender'],
  events: ['ticket_id', 'at', 'kind'],
  refunds: ['refund_id', 'brand_id', 'applied_at'],
};

/** Names that are a rule's own, so that rules in one warehouse never meet. */
const localNames = ['ticket_id', 'merged_into', 'refund_id', 'message_id', 'order_id'];

/** Collects the rows of one rule. Instants are local to Shanghai, a time alone is Monday's; rows follow the last ticket. */
export class Given {
  readonly rows: GivenRows = { tickets: [], messages: [], events: [], refunds: [] };
  readonly #name: string;
  #ticket = 'a';
  #brand = 'north';
  #vendor = 'open';

  constructor(name: string) {
    this.#name = name;
  }

  /** A ticket of brand north and vendor open, opened on Monday at 10:00. */
  ticket(given: CanonicalRow = {}): this {
    const row = {
      ticket_id: 'a',
      brand_id: 'north',
      vendor_id: 'open',
      opened_at: '10:00:00',
      status: 'open',
      ...given,
    };
    [this.#ticket, this.#brand, this.#vendor] = [row.ticket_id, row.brand_id, row.vendor_id];
    return this.#add('tickets', row);
  }

  customer(sentAt: string, given: CanonicalRow = {}): this {
    return this.#message('customer', sentAt, given);
  }

  agent(sentAt: string, given: CanonicalRow = {}): this {
    return this.#message('agent', sentAt, { agent_id: 'anna', ...given });
  }

  bot(sentAt: string, given: CanonicalRow = {}): this {
    return this.#message('bot', sentAt, given);
  }

  system(sentAt: string, given: CanonicalRow = {}): this {
    return this.#message('system', sentAt, given);
  }

  event(at: string, kind: string, given: CanonicalRow = {}): this {
    return this.#add('events', { ticket_id: this.#ticket, at, kind, ...given });
  }

  /** A refund `r` of the ticket, its brand and vendor, applied for on Monday at 10:00. */
  refund(given: CanonicalRow = {}): this {
    return this.#add('refunds', {
      refund_id: 'r',
      ticket_id: this.#ticket,
      brand_id: this.#brand,
      vendor_id: this.#vendor,
      applied_at: '10:00:00',
      ...given,
    });
  }

  #message(sender: string, sentAt: string, given: CanonicalRow): this {
    const number = String(this.rows.messages.length + 1).padStart(2, '0');
    return this.#add('messages', {
      message_id: `m${number}`,
      ticket_id: this.#ticket,
      sent_at: sentAt,
      sender,
      ...given,
    });
  }

  #add(table: Table, row: CanonicalRow): this {
    this.rows[table].push(
      Object.fromEntries(Object.entries(row).map(([column, text]) => [column, this.#full(column, text)])),
    );
    return this;
  }

  #full(column: string, text: string): string {
    if (text === '') return '';
    if (localNames.includes(column)) return `${this.#name}-${text}`;
    return /^\d\d:\d\d:\d\d$/.test(text) ? `${monday} ${text}` : text;
  }
}

const rowSchema = z.object({
  case_id: z.string(),
  item_id: z.string().nullable(),
  numerator: z.number(),
  denominator: z.number(),
  state: z.enum(['met', 'late', 'breached', 'pending', 'counted']),
  day: z.string(),
  value: z.number().nullable(),
  value_business: z.number().nullable(),
});
export type KpiRow = z.output<typeof rowSchema>;

/** Runs the nightly job over rows as of an instant and hands over the warehouse. Fails where a row is not loaded or a check fails. */
export async function runGiven(given: GivenRows, at = asOf): Promise<WarehouseProject> {
  const project = await openWarehouseProject(declarations);
  for (const table of tables) {
    const header = [...new Set([...columns[table], ...given[table].flatMap((row) => Object.keys(row))])];
    await project.put(`inbox/${table}.csv`, writeDelimited(given[table], { columns: header }));
  }
  const { checks, files } = await project.run({ asOf: at });
  expect(checks.filter((check) => check.rows > 0)).toEqual([]);
  expect(files.filter((file) => file.quarantined > 0)).toEqual([]);
  return project;
}

/** Reads the published rows of a KPI in the order of their ids. */
export async function kpiRows(project: WarehouseProject, metric: MetricId): Promise<KpiRow[]> {
  const sql = `select case_id, item_id, numerator, denominator, state, day, value, value_business from kpis.${metric} order by all`;
  return z.array(rowSchema).parse(await project.rows(sql));
}

/** Puts the rows of many rules into one warehouse; each rule is a test of every KPI row that its own cases have. */
export function givenRules(): (rule: string, give: (given: Given) => Given, expected: Expected) => void {
  const all: GivenRows = { tickets: [], messages: [], events: [], refunds: [] };
  const found = new Map<MetricId, KpiRow[]>();
  const asked = new Set<MetricId>();
  let rules = 0;
  beforeAll(async () => {
    const project = await runGiven(all);
    for (const metric of asked) found.set(metric, await kpiRows(project, metric));
    await project.close();
  });
  afterAll(() => found.clear());
  return (rule, give, expected) => {
    const name = `k${String(++rules).padStart(3, '0')}`;
    const { rows } = give(new Given(name));
    for (const table of tables) all[table].push(...rows[table]);
    const metrics = metricIds.filter((metric) => expected[metric] !== undefined);
    for (const metric of metrics) asked.add(metric);
    test(rule, () => {
      expect(metrics).not.toEqual([]);
      for (const metric of metrics) {
        const outcomes = expected[metric];
        const own = (found.get(metric) ?? []).filter((row) => row.case_id.includes(`/${name}-`));
        expect(outcomesOf(own, name), metric).toEqual(Array.isArray(outcomes) ? { a: outcomes } : outcomes);
      }
    });
  };
}

function outcomesOf(rows: readonly KpiRow[], name: string): Record<string, unknown> {
  return Object.fromEntries(
    rows.map((row) => {
      const key = [row.case_id.replace(/^desk\//, ''), ...(row.item_id === null ? [] : [row.item_id])].join(' ');
      const outcome = [`${row.numerator}/${row.denominator}`, row.state, row.day, row.value, row.value_business];
      return [key.replaceAll(`${name}-`, ''), outcome];
    }),
  );
}
