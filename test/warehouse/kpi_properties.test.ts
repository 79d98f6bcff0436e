import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MetricId, metricIds, metricOf } from '#lib/metrics/registry.ts';
import { Given, type GivenRows, type KpiRow, asOf, kpiRows, runGiven } from './given.ts';
import type { WarehouseProject } from './warehouse_project.ts';

/** Adds something to a case that opened at an instant (milliseconds since 1970). */
type Happening = (given: Given, openedMs: number) => void;

const latestMs = Date.parse(asOf);
const [minute, hour, day] = [60, 3600, 86_400];

/** Seconds after the opening, many at the edges of windows. */
const gap = fc.oneof(
  fc.constantFrom(
    -minute,
    0,
    1,
    20,
    30,
    31,
    3 * minute,
    5 * minute,
    10 * minute,
    601,
    day,
    day + 1,
    7 * day,
    7 * day + 1,
    16 * day,
  ),
  fc.integer({ min: 0, max: 15 * minute }),
  fc.integer({ min: -hour, max: 20 * day }),
);
const later = gap.map((seconds) => (openedMs: number) => new Date(openedMs + seconds * 1000).toISOString());
const perhaps = fc.oneof({ weight: 2, arbitrary: later }, { weight: 1, arbitrary: fc.constant(() => '') });
const rarely = fc.oneof({ weight: 1, arbitrary: later }, { weight: 3, arbitrary: fc.constant(() => '') });

const opening = fc
  .oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 40 * day }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 20, 30, 31, 100, 10 * minute, 601, day, day + 1) },
  )
  .map((before) => latestMs - before * 1000);

const message: fc.Arbitrary<Happening> = fc
  .record({
    sender: fc.constantFrom(
      'customer' as const,
      'customer' as const,
      'agent' as const,
      'agent' as const,
      'bot' as const,
    ),
    at: later,
    agent_id: fc.constantFrom('anna', 'bob', ''),
    is_public: fc.constantFrom('', 'true', 'true', 'false'),
    is_automatic: fc.constantFrom('', 'false', 'true'),
  })
  .map(
    ({ sender, at, ...rest }) =>
      (given, openedMs) =>
        given[sender](at(openedMs), rest),
  );

const exchange: fc.Arbitrary<Happening> = fc
  .record({ after: gap, took: fc.constantFrom(0, 1, 60, 3 * minute, 3 * minute + 1, 11 * minute) })
  .map(({ after, took }) => (given, openedMs) => {
    given.customer(new Date(openedMs + after * 1000).toISOString());
    given.agent(new Date(openedMs + (after + took) * 1000).toISOString());
  });

const kinds = [
  'open',
  'pending',
  'solved',
  'solved',
  'solved',
  'closed',
  'reopened',
  'transferred',
  'escalated_to_brand',
  'platform_judged',
];
const event: fc.Arbitrary<Happening> = fc
  .record({ at: later, kind: fc.constantFrom(...kinds), detail: fc.constantFrom('', 'buyer', 'seller', 'withdrawn') })
  .map(
    ({ at, kind, detail }) =>
      (given, openedMs) =>
        given.event(at(openedMs), kind, { detail }),
  );

const refund: fc.Arbitrary<Happening> = fc
  .record({
    texts: fc.record({
      refund_id: fc.uuid(),
      ticket_id: fc.constantFrom('', 'a', 'a', 'nobody'),
      order_id: fc.constantFrom('', 'o'),
      request_type: fc.constantFrom('return_refund', 'return_refund', 'refund_only_shipped', 'exchange'),
      judged_for: fc.constantFrom('', 'buyer', 'withdrawn'),
      goods_status: fc.constantFrom('', 'in_transit', 'waived'),
      amount_refunded_minor: fc.constantFrom('', '0', '1990'),
      reason_buyer: fc.constantFrom('', 'size', 'size', 'whim'),
    }),
    instants: fc.record({
      applied_at: later,
      approved_at: perhaps,
      buyer_shipped_at: perhaps,
      received_at: perhaps,
      inspected_at: perhaps,
      refunded_at: perhaps,
      platform_intervened_at: rarely,
    }),
  })
  .map(
    ({ texts, instants }) =>
      (given, openedMs) =>
        given.refund({ ...texts, ...dated(instants, openedMs) }),
  );

function dated(
  instants: Readonly<Record<string, (openedMs: number) => string>>,
  openedMs: number,
): Record<string, string> {
  return Object.fromEntries(Object.entries(instants).map(([column, at]) => [column, at(openedMs)]));
}

const oneCase: fc.Arbitrary<(given: Given) => void> = fc
  .record({
    openedMs: opening,
    texts: fc.record({
      brand_id: fc.constantFrom('north', 'harbor'),
      vendor_id: fc.constantFrom('', 'open', 'split', 'owl', 'mover', 'bound', 'strict'),
      severity: fc.constantFrom('', 'A', 'C'),
      order_id: fc.constantFrom('', 'o'),
      reason_agent: fc.constantFrom('', 'size', 'quality'),
      is_spam: fc.constantFrom('', '', '', 'true'),
      csat_score: fc.constantFrom('', '1', '4'),
    }),
    instants: fc.record({ closed_at: rarely, csat_at: later }),
    happenings: fc
      .tuple(
        fc.array(fc.oneof(message, exchange), { maxLength: 8 }),
        fc.array(event, { maxLength: 4 }),
        fc.array(refund, { maxLength: 2 }),
      )
      .map((kindsOf) => kindsOf.flat()),
  })
  .map(({ openedMs, texts, instants, happenings }) => (given) => {
    given.ticket({ opened_at: new Date(openedMs).toISOString(), ...texts, ...dated(instants, openedMs) });
    for (const happen of happenings) happen(given, openedMs);
  });

/** Cases that share no ids, each under a name of its own. */
const month = fc.array(oneCase, { minLength: 80, maxLength: 80, size: 'max' });

function rowsOf(cases: readonly ((given: Given) => void)[], prefix: string): GivenRows {
  const all: GivenRows = { tickets: [], messages: [], events: [], refunds: [] };
  for (const [index, give] of cases.entries()) {
    const given = new Given(`${prefix}${String(index).padStart(3, '0')}`);
    give(given);
    all.tickets.push(...given.rows.tickets);
    all.messages.push(...given.rows.messages);
    all.events.push(...given.rows.events);
    all.refunds.push(...given.rows.refunds);
  }
  return all;
}

/** Two events of one instant are told apart by the order of the file, so events keep theirs. */
function amongOthers(rows: GivenRows, others: GivenRows): GivenRows {
  return {
    tickets: [...others.tickets, ...rows.tickets.toReversed()],
    messages: [...rows.messages.toReversed(), ...others.messages],
    events: [...others.events, ...rows.events],
    refunds: [...others.refunds, ...rows.refunds.toReversed()],
  };
}

/** One draw of each, always the same: a run of the job is too slow to shrink. */
const [cases = [], others = []] = fc.sample(month, { seed: 20261105, numRuns: 2 });
const given = rowsOf(cases, 'c');
let project: WarehouseProject;
const found = new Map<MetricId, KpiRow[]>();
beforeAll(async () => {
  project = await runGiven(given);
  for (const metric of metricIds) found.set(metric, await kpiRows(project, metric));
});
afterAll(() => project.close());

test('the draw has every KPI with hits and misses, and open windows', () => {
  for (const metric of metricIds) {
    const rows = found.get(metric) ?? [];
    const counted = rows.filter((row) => row.denominator === 1);
    expect(new Set(counted.map((row) => row.numerator)), metric).toEqual(
      new Set(metric === 'refund_time' ? [1] : [0, 1]),
    );
    if (metricOf(metric).window) expect(rows.length, metric).toBeGreaterThan(counted.length);
  }
});

test.each(metricIds)(
  '%s: numerators stay below denominators, only what is pending counts nothing, no value is negative',
  (metric) => {
    for (const row of found.get(metric) ?? []) {
      const where = JSON.stringify(row);
      expect([0, 1], where).toContain(row.numerator);
      expect(row.denominator, where).toBe(row.state === 'pending' ? 0 : 1);
      expect(row.numerator, where).toBeLessThanOrEqual(row.denominator);
      expect(row.value ?? 0, where).toBeGreaterThanOrEqual(0);
      expect(row.value_business ?? 0, where).toBeGreaterThanOrEqual(0);
      expect(row.value_business ?? 0, where).toBeLessThanOrEqual(row.value ?? 0);
    }
  },
);

test.each(['cases', 'refunds', 'rounds'])(
  'every duration of %s is as long or shorter in business time, and on both clocks or none',
  async (mart) => {
    const columns = await project.rows(
      `select column_name as name from duckdb_columns() where schema_name = 'marts' and table_name = '${mart}'`,
    );
    const names = new Set(columns.map(({ name }) => String(name)));
    const durations = [...names].filter(
      (name) => names.has(name.replace('_calendar_', '_business_')) && name.includes('_calendar_'),
    );
    expect(durations).not.toEqual([]);
    for (const calendar of durations) {
      const business = calendar.replace('_calendar_', '_business_');
      const measured = await project.rows(
        `select count(*)::integer as rows from marts.${mart} where ${calendar} is not null`,
      );
      expect(measured, calendar).not.toEqual([{ rows: 0 }]);
      const wrong = `(${calendar} is null) <> (${business} is null) or abs(${business}) > abs(${calendar}) or ${business} * ${calendar} < 0`;
      expect(await project.rows(`select ${calendar}, ${business} from marts.${mart} where ${wrong}`), calendar).toEqual(
        [],
      );
    }
  },
);

test('what an instant dates is known with it: judgements with interventions, scores with ratings', async () => {
  expect(given.refunds.some((row) => row['judged_for'] !== '' && row['platform_intervened_at'] === '')).toBe(true);
  expect(
    await project.rows('from marts.refunds where judged_for is not null and platform_intervened_at is null'),
  ).toEqual([]);
  expect(given.tickets.some((row) => row['csat_score'] !== '' && Date.parse(row['csat_at'] ?? '') > latestMs)).toBe(
    true,
  );
  expect(await project.rows('from marts.cases where csat_score is not null and csat_at is null')).toEqual([]);
});

test('unrelated cases and the order of rows change nobody’s rows', async () => {
  const together = await runGiven(amongOthers(given, rowsOf(others, 'x')));
  for (const metric of metricIds) {
    const own = (await kpiRows(together, metric)).filter((row) => /^desk\/(refund\/)?c\d{3}-/.test(row.case_id));
    expect(own, metric).toEqual(found.get(metric));
  }
  await together.close();
});
