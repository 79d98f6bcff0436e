import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MetricId, metricIds, metricOf } from '#lib/metrics/registry.ts';
import { dimensions } from '#lib/metrics/dimensions.ts';
import { type KpiCase, type KpiFilter, type KpiTotal, cases, totals } from '#lib/server/kpis.ts';
import { type Warehouse, openWarehouse } from '#lib/server/warehouse.ts';
import { everything } from '#lib/access/principal.ts';
import { drawMonth, monthDeclarations, peakAt } from './month.ts';
import { monthSource, writeMonth } from './month_files.ts';
import { type WarehouseProject, openWarehouseProject, totalOf, unfiltered } from './warehouse_project.ts';

const { from, to, clock } = unfiltered;
const filters: [name: string, filter: KpiFilter][] = [
  ['everything', { from, to, keys: {}, clock }],
  ['one brand', { from, to, keys: { brand: ['north'] }, clock }],
  ['one vendor', { from, to, keys: { vendor: ['suda'] }, clock }],
  ['one brand of one vendor', { from, to, keys: { brand: ['harbor'], vendor: ['hudson'] }, clock }],
  ['a week', { from: '2026-03-09', to: '2026-03-16', keys: {}, clock }],
  [
    'a day of one vendor, calendar clock',
    { from: '2026-03-08', to: '2026-03-09', keys: { vendor: ['hudson'] }, clock: 'calendar' },
  ],
];

let project: WarehouseProject;
let warehouse: Warehouse;
beforeAll(async () => {
  project = await openWarehouseProject(`${monthDeclarations}${monthSource()}`);
  for (const [name, text] of writeMonth(drawMonth(11, 900))) await project.put(name, text);
  const { checks } = await project.run({ asOf: new Date(peakAt * 1000).toISOString() });
  expect(checks.filter((check) => check.rows > 0)).toEqual([]);
  warehouse = await openWarehouse(project.dataDir);
});
afterAll(async () => {
  warehouse.close();
  await project.close();
});

test('the month has every KPI with hits, misses and, where it has a window, open windows', async () => {
  const rows = await totals(warehouse, everything, unfiltered);
  for (const metric of metricIds) {
    const total = totalOf(rows, metric);
    expect(total.numerator, metric).toBeGreaterThan(0);
    if (metric !== 'refund_time') expect(total.numerator, metric).toBeLessThan(total.denominator);
    if (metricOf(metric).window) expect(total.pending, metric).toBeGreaterThan(0);
  }
});

describe.each(filters)('%s', (_, filter) => {
  let headline: KpiTotal[];
  beforeAll(async () => {
    headline = await totals(warehouse, everything, { ...filter, metrics: metricIds, by: null });
  });

  test.each(dimensions)('the parts by %s sum to the whole', async (by) => {
    const rows = await totals(warehouse, everything, { ...filter, metrics: metricIds, by });
    expect(sumByMetric(rows)).toEqual(sumByMetric(headline));
    expect(new Set(rows.map((row) => `${row.metric} ${row.key}`)).size).toBe(rows.length);
  });

  test.each(metricIds)('%s counts as many as cases lists, against and for, and pending', async (metric) => {
    const ask = (kind: 'counted' | 'failing' | 'pending'): Promise<KpiCase[]> =>
      cases(warehouse, everything, { ...filter, metric, kind });
    const [counted, failing, pending] = [await ask('counted'), await ask('failing'), await ask('pending')];
    const total = headline.find((row) => row.metric === metric) ?? { numerator: 0, denominator: 0, pending: 0 };
    expect(counted).toHaveLength(total.denominator);
    expect(pending).toHaveLength(total.pending);
    expect(counted.reduce((sum, row) => sum + row.numerator, 0)).toBe(total.numerator);
    const against = metricOf(metric).direction === 'down' ? 1 : 0;
    expect(failing).toEqual(counted.filter((row) => row.numerator === against));
    expect(failing.length + counted.filter((row) => row.numerator !== against).length).toBe(total.denominator);
    expect(new Set([...counted, ...pending].map(({ caseId, itemId }) => `${caseId} ${itemId}`)).size).toBe(
      counted.length + pending.length,
    );
  });

  test('medians and 90th percentiles are those of the values that cases lists', async () => {
    for (const total of headline) {
      const values = (await cases(warehouse, everything, { ...filter, metric: total.metric, kind: 'counted' }))
        .flatMap(({ value }) => (value === null ? [] : [value]))
        .toSorted((a, b) => a - b);
      expectQuantile(total.metric, total.median, values, 0.5);
      expectQuantile(total.metric, total.p90, values, 0.9);
    }
  });
});

test('days of the month sum to the month, weeks begin on Mondays', async () => {
  const days = await totals(warehouse, everything, { ...unfiltered, by: 'day' });
  const weeks = await totals(warehouse, everything, { ...unfiltered, by: 'week' });
  expect(weeks.every(({ key }) => new Date(`${key}T00:00:00Z`).getUTCDay() === 1)).toBe(true);
  for (const month of await totals(warehouse, everything, { ...unfiltered, by: 'month' })) {
    const own = days.filter((row) => row.metric === month.metric && row.key?.startsWith(String(month.key)));
    expect(own.reduce((sum, row) => sum + row.denominator, 0)).toBe(month.denominator);
  }
});

test('periods are half-open: one that ends where the next begins counts nothing twice', async () => {
  const whole = await totals(warehouse, everything, unfiltered);
  const first = await totals(warehouse, everything, { ...unfiltered, to: '2026-03-15' });
  const second = await totals(warehouse, everything, { ...unfiltered, from: '2026-03-15' });
  expect(sumByMetric([...first, ...second])).toEqual(sumByMetric(whole));
});

test('a scope adds up like a filter', async () => {
  const scope = { brands: ['north'], vendors: ['suda'], agents: null };
  expect(await totals(warehouse, scope, unfiltered)).toEqual(
    await totals(warehouse, everything, { ...unfiltered, keys: { brand: ['north'], vendor: ['suda'] } }),
  );
  expect(await totals(warehouse, { brands: [], vendors: null, agents: null }, unfiltered)).toEqual([]);
});

function sumByMetric(rows: readonly KpiTotal[]): Record<string, number[]> {
  const sums: Record<string, number[]> = {};
  for (const row of rows) {
    const sum = sums[row.metric] ?? [0, 0, 0];
    sums[row.metric] = [row.numerator, row.denominator, row.pending].map((value, index) => value + (sum[index] ?? 0));
  }
  return sums;
}

function expectQuantile(metric: MetricId, found: number | null, sorted: readonly number[], share: number): void {
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  if (low === undefined || high === undefined) expect(found, metric).toBeNull();
  else expect(found, metric).toBeCloseTo(low + (high - low) * (place - Math.floor(place)), 6);
}
