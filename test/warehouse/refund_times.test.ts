import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as refunds from '#lib/server/refunds.ts';
import { type Warehouse, openWarehouse } from '#lib/server/warehouse.ts';
import { everything } from '#lib/access/principal.ts';
import { Given, runGiven } from './given.ts';
import type { CanonicalRow } from './month.ts';
import { type WarehouseProject, totalOf } from './warehouse_project.ts';

const given = new Given('r');
const october = { from: '2026-10-01', to: '2026-11-01', keys: {} };
const edges = [5000, 20_000];

/** Adds a refund of Monday at 10:00 without a ticket, paid after some hours. */
function paid(name: string, hours: number, row: CanonicalRow = {}): void {
  const refunded_at = new Date(Date.UTC(2026, 9, 12, 10 + hours)).toISOString().slice(0, 19).replace('T', ' ');
  given.refund({ refund_id: name, ticket_id: '', request_type: 'return_refund', refunded_at, ...row });
}

paid('a fen below the first edge', 1, { amount_applied_minor: '4999' });
paid('on the first edge', 2, { amount_applied_minor: '5000' });
paid('a fen below the second', 3, { amount_applied_minor: '19999', amount_refunded_minor: '30000' });
paid('on the second edge', 4, { amount_refunded_minor: '20000' });
paid('of unknown amount', 5, { request_type: '' });
paid('in dollars', 6, { amount_applied_minor: '20000', currency: 'USD', request_type: 'refund_only_unshipped' });
paid('before it was applied for', -1, { amount_applied_minor: '100' });
given.refund({ refund_id: 'unpaid', ticket_id: '', request_type: 'return_refund', approved_at: '11:00:00' });

let project: WarehouseProject;
let warehouse: Warehouse;
beforeAll(async () => {
  // Another vendor goes home from noon to half past one: three hours by the calendar, one and a half at work.
  const legs = {
    approved_at: '11:00:00',
    buyer_shipped_at: '11:30:00',
    received_at: '14:00:00',
    inspected_at: '14:30:00',
  };
  const split = { ticket_id: '', vendor_id: 'split', brand_id: 'harbor', amount_applied_minor: '1000' };
  given.refund({
    ...split,
    ...legs,
    refund_id: 'whole',
    refunded_at: '15:00:00',
    decided_by: 'brand',
    amount_refunded_minor: '900',
  });
  given.refund({
    ...split,
    refund_id: 'instant',
    refunded_at: '10:00:00',
    approved_at: '10:00:00',
    decided_by: 'system',
    is_instant: 'true',
    amount_refunded_minor: '1000',
  });
  given.refund({
    ...split,
    refund_id: 'judged',
    refunded_at: '13:00:00',
    rejected_at: '11:30:00',
    decided_by: 'platform',
  });
  project = await runGiven(given.rows);
  warehouse = await openWarehouse(project.dataDir);
});
afterAll(async () => {
  warehouse.close();
  await project.close();
});

const north = { ...october, keys: { brand: ['north'] } };
const harbor = { ...october, keys: { brand: ['harbor'] } };

describe('times by type and value tier', () => {
  const timesOf = async (filter: typeof north, tiers: readonly number[] = edges) => {
    const rows = await refunds.times(warehouse, everything, { ...filter, clock: 'calendar', tiers });
    return rows.map((row) => ({
      type: row.is_every_type ? 'all' : row.request_type,
      tier: row.is_every_tier ? 'all' : row.tier,
      refunds: row.refunds,
      hours: row.median === null ? null : row.median / 3600,
    }));
  };

  test('a tier begins with its edge; what was applied for decides, else what was paid', async () => {
    expect((await timesOf(north)).filter(({ type, tier }) => type === 'return_refund' && tier !== 'all')).toEqual([
      { type: 'return_refund', tier: 0, refunds: 2, hours: 1 },
      { type: 'return_refund', tier: 1, refunds: 2, hours: 2.5 },
      { type: 'return_refund', tier: 2, refunds: 1, hours: 4 },
    ]);
  });

  test('unknown types and amounts are rows of their own, and counted in all', async () => {
    const rows = await timesOf(north);
    expect(rows).toContainEqual({ type: null, tier: null, refunds: 1, hours: 5 });
    expect(rows).toContainEqual({ type: 'all', tier: null, refunds: 1, hours: 5 });
    expect(rows).toContainEqual({ type: null, tier: 'all', refunds: 1, hours: 5 });
  });

  test('without tiers in the configuration everything of known amount is one', async () => {
    const tiers = (await timesOf(north, [])).filter(({ type }) => type === 'all').map(({ tier }) => tier);
    expect(tiers).toEqual(['all', 0, null]);
  });

  test('all together are refund_time: the same count, median and P90', async () => {
    const [all] = await refunds.times(warehouse, everything, { ...north, clock: 'calendar', tiers: edges });
    const kpi = totalOf(await project.totals({ ...north, metrics: ['refund_time'] }), 'refund_time');
    expect(all).toMatchObject({ refunds: kpi.denominator, timed: 6 });
    expect((all?.median ?? 0) / 3600).toBeCloseTo(kpi.median ?? -1, 9);
    expect((all?.p90 ?? 0) / 3600).toBeCloseTo(kpi.p90 ?? -1, 9);
  });

  test('a period without payments has no refunds and no median', async () => {
    const rows = await timesOf({ ...north, from: '2026-01-01', to: '2026-02-01' });
    expect(rows).toEqual([{ type: 'all', tier: 'all', refunds: 0, hours: null }]);
  });
});

describe('legs', () => {
  const legsOf = async (clock: 'calendar' | 'business', by: refunds.LegDimension = 'vendor') => {
    const rows = await refunds.legTimes(warehouse, everything, { ...harbor, clock, by });
    return rows.map((row) => [row.is_every_key ? 'all' : row.key, row.leg, row.refunds, row.total_seconds]);
  };

  test('of the refunds paid in the period, only those that have the leg, for all and for each key', async () => {
    const all = [
      ['decide', 3, 3600 + 0 + 5400],
      ['ship', 1, 1800],
      ['transit', 1, 9000],
      ['inspect', 1, 1800],
      ['pay', 3, 1800 + 0 + 5400],
    ];
    expect(await legsOf('calendar')).toEqual([
      ...all.map((leg) => ['all', ...leg]),
      ...all.map((leg) => ['split', ...leg]),
    ]);
  });

  test('on the business clock closed hours take no time', async () => {
    expect(await legsOf('business')).toContainEqual(['all', 'transit', 1, 3600]);
    expect(await legsOf('business')).toContainEqual(['all', 'pay', 3, 1800 + 0 + 1800]);
  });

  test('refunds without a key are a row of their own', async () => {
    expect((await legsOf('calendar', 'request_type')).map(([key]) => key)).toContain(null);
  });
});

test('of the refunds paid, shares rest on those whose amounts or decider are known', async () => {
  expect(await refunds.paid(warehouse, everything, { ...harbor, clock: 'business' })).toEqual({
    refunds: 3,
    currencies: ['CNY'],
    median: 7200,
    p90: expect.any(Number),
    with_amounts: 2,
    partial: 1,
    partial_decided: 1,
    partial_by_brand: 1,
    decided: 3,
    by_platform: 1,
    by_system: 1,
    instant: 1,
  });
  expect(await refunds.paid(warehouse, everything, { ...north, clock: 'calendar' })).toMatchObject({
    refunds: 7,
    currencies: ['CNY', 'USD'],
    with_amounts: 1,
    partial: 0,
    decided: 0,
  });
});
