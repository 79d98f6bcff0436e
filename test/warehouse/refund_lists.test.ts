import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as lists from '#lib/server/refund_lists.ts';
import { type Warehouse, openWarehouse } from '#lib/server/warehouse.ts';
import { type Scope, everything } from '#lib/access/principal.ts';
import { Given, runGiven } from './given.ts';
import type { CanonicalRow } from './month.ts';
import { type WarehouseProject, totalOf } from './warehouse_project.ts';

// As of 2026-11-05 09:00:00 in Shanghai.
const given = new Given('r');
const wholeTime = { from: '2026-01-01', to: '2027-01-01', keys: {} };

/** Adds a refund without a ticket, named by the rule that it is of. */
function refund(name: string, row: CanonicalRow): void {
  given.refund({ refund_id: name, ticket_id: '', applied_at: '2026-10-12 10:00:00', ...row });
}

const sentBack = { request_type: 'return_refund', goods_status: 'in_transit', amount_applied_minor: '100' };
const stalled: [rule: string, row: CanonicalRow, isStalled: boolean][] = [
  ['a return sent 48 hours ago', { buyer_shipped_at: '2026-11-03 09:00:00' }, true],
  ['a return sent a second later', { buyer_shipped_at: '2026-11-03 09:00:01' }, false],
  [
    'scanned since it was sent',
    { buyer_shipped_at: '2026-11-01 09:00:00', parcel_last_scan_at: '2026-11-04 09:00:00' },
    false,
  ],
  [
    'scanned 48 hours ago',
    { buyer_shipped_at: '2026-11-01 09:00:00', parcel_last_scan_at: '2026-11-03 09:00:00' },
    true,
  ],
  [
    'a scan from its way to the buyer',
    { buyer_shipped_at: '2026-11-04 09:00:00', parcel_last_scan_at: '2026-10-01 09:00:00' },
    false,
  ],
  ['from Xinjiang, 72 hours ago', { buyer_shipped_at: '2026-11-02 09:00:00', region: '新疆维吾尔自治区' }, true],
  ['from Xinjiang, a second later', { buyer_shipped_at: '2026-11-02 09:00:01', region: '新疆维吾尔自治区' }, false],
  ['from Gansu, 71 hours ago', { buyer_shipped_at: '2026-11-02 10:00:00', region: '甘肃' }, false],
  ['from Shaanxi, 71 hours ago', { buyer_shipped_at: '2026-11-02 10:00:00', region: '陕西' }, true],
  ['received', { buyer_shipped_at: '2026-11-01 09:00:00', received_at: '2026-11-04 09:00:00' }, false],
  [
    'received after the as-of instant',
    { buyer_shipped_at: '2026-11-01 09:00:00', received_at: '2026-11-05 09:00:01' },
    true,
  ],
  ['paid', { buyer_shipped_at: '2026-11-01 09:00:00', refunded_at: '2026-11-04 09:00:00' }, false],
  ['rejected', { buyer_shipped_at: '2026-11-01 09:00:00', rejected_at: '2026-11-04 09:00:00' }, false],
  ['closed', { buyer_shipped_at: '2026-11-01 09:00:00', closed_at: '2026-11-04 09:00:00' }, false],
  ['claimed as lost', { buyer_shipped_at: '2026-11-01 09:00:00', goods_status: 'lost_claimed' }, false],
  ['of unknown whereabouts', { buyer_shipped_at: '2026-11-01 09:00:00', goods_status: '' }, true],
  ['not sent', { parcel_last_scan_at: '2026-11-01 09:00:00' }, false],
  [
    'on its way to the buyer',
    { request_type: 'refund_only_shipped', parcel_last_scan_at: '2026-11-03 09:00:00' },
    true,
  ],
  [
    'delivered to the buyer',
    { request_type: 'refund_only_shipped', goods_status: 'delivered', parcel_last_scan_at: '2026-11-01 09:00:00' },
    false,
  ],
];
for (const [rule, row] of stalled) refund(rule, { ...sentBack, ...row });
refund('never scanned', { ...sentBack, request_type: 'refund_only_shipped' });
given
  .ticket({ is_spam: 'true' })
  .refund({ ...sentBack, refund_id: 'of spam', buyer_shipped_at: '2026-11-01 09:00:00' });

const deadlines: [rule: string, row: CanonicalRow, urgency: lists.RefundMark | null][] = [
  ['due a second ago', { deadline_at: '2026-11-05 08:59:59' }, 'overdue'],
  ['due now', { deadline_at: '2026-11-05 09:00:00' }, 'overdue'],
  ['due in 24 hours', { deadline_at: '2026-11-06 09:00:00' }, 'within_24h'],
  ['due a second later', { deadline_at: '2026-11-06 09:00:01' }, 'within_48h'],
  ['due in 48 hours', { deadline_at: '2026-11-07 09:00:00' }, 'within_48h'],
  ['due after them', { deadline_at: '2026-11-07 09:00:01' }, null],
  ['due, but approved', { deadline_at: '2026-11-05 08:00:00', approved_at: '2026-11-05 07:00:00' }, null],
  ['due, but rejected', { deadline_at: '2026-11-05 08:00:00', rejected_at: '2026-11-05 07:00:00' }, null],
  ['due, but paid', { deadline_at: '2026-11-05 08:00:00', refunded_at: '2026-11-05 07:00:00' }, null],
  ['due, but closed', { deadline_at: '2026-11-05 08:00:00', closed_at: '2026-11-05 07:00:00' }, null],
  [
    'due, approved too late to be known',
    { deadline_at: '2026-11-05 08:00:00', approved_at: '2026-11-05 09:00:01' },
    'overdue',
  ],
];
for (const [rule, row] of deadlines) refund(rule, row);

const calledBack = {
  request_type: 'refund_only_shipped',
  approved_at: '2026-10-12 11:00:00',
  closed_at: '',
  deadline_at: '',
};
const outcomes: [rule: string, row: CanonicalRow, outcome: lists.RefundMark][] = [
  [
    'came back',
    { goods_status: 'intercepted', amount_applied_minor: '4999', received_at: '2026-10-25 10:00:00' },
    'succeeded',
  ],
  [
    'came back, whenever it was called',
    { goods_status: 'intercepted', amount_applied_minor: '5000', intercept_requested_at: '2026-03-01 10:00:00' },
    'succeeded',
  ],
  ['went through', { goods_status: 'delivered', amount_applied_minor: '5000' }, 'failed'],
  ['got lost', { goods_status: 'lost_claimed' }, 'failed'],
  ['came back another way', { goods_status: 'returned', received_at: '2026-10-25 10:00:00' }, 'failed'],
  [
    'under way, called 15 days ago',
    { goods_status: 'in_transit', intercept_requested_at: '2026-10-21 09:00:00' },
    'open',
  ],
  [
    'under way, called a second earlier',
    { goods_status: 'in_transit', intercept_requested_at: '2026-10-21 08:59:59' },
    'failed',
  ],
  ['nobody knows where', { goods_status: '' }, 'open'],
  ['the buyer kept it', { goods_status: 'in_transit', closed_at: '2026-11-01 10:00:00' }, 'failed'],
];
for (const [rule, row] of outcomes)
  refund(rule, { ...calledBack, intercept_requested_at: '2026-10-22 10:00:00', ...row });

// New York is still in October while Shanghai has November.
refund('called in New York', {
  ...calledBack,
  brand_id: 'harbor',
  intercept_requested_at: '2026-11-01 08:00:00',
  goods_status: 'delivered',
});

const paid = { request_type: 'return_refund', refunded_at: '2026-10-14 12:00:00', amount_refunded_minor: '12900' };
const pending = { ...paid, refunded_at: '2026-11-01 12:00:00' };
refund('lost', paid);
refund('lost in dollars', { ...paid, currency: 'USD', vendor_id: 'split', sku_id: 'shoe' });
refund('lost without an amount', { ...paid, amount_refunded_minor: '', sku_id: 'shoe' });
refund('lost in yuan, said so', { ...paid, currency: 'CNY', amount_refunded_minor: '100', sku_id: 'shoe' });
refund('lost earlier', { ...paid, refunded_at: '2026-10-13 12:00:00' });
refund('came too late', { ...paid, received_at: '2026-11-02 12:00:00' });
refund('came in time', { ...paid, received_at: '2026-10-20 12:00:00' });
refund('at risk', pending);
refund('at risk in transit', { ...pending, goods_status: 'in_transit', sku_id: 'shoe' });
refund('no risk, goods are back', { ...pending, received_at: '2026-11-02 12:00:00' });
refund('no risk, goods were waived', { ...pending, goods_status: 'waived' });

let project: WarehouseProject;
let warehouse: Warehouse;
beforeAll(async () => {
  project = await runGiven(given.rows);
  warehouse = await openWarehouse(project.dataDir);
});
afterAll(async () => {
  warehouse.close();
  await project.close();
});

function totalsOf(filter: lists.RefundFilter, scope: Scope = everything): Promise<lists.ListTotal[]> {
  return lists.listTotals(warehouse, scope, { ...filter, tiers: [5000] });
}

async function rowsOf(
  list: lists.RefundList,
  filter: lists.RefundFilter = wholeTime,
  scope: Scope = everything,
): Promise<lists.ListedRefund[]> {
  const asked = { list, marks: lists.refundLists[list], limit: 100, offset: 0 };
  return lists.listed(warehouse, scope, filter, asked);
}

async function rulesOf(...asked: Parameters<typeof rowsOf>): Promise<string[]> {
  return (await rowsOf(...asked)).map(({ refundId }) => refundId.replace(/^r-/, ''));
}

describe('a parcel is stalled', () => {
  test.each(stalled)('%s', async (rule, _row, isStalled) => {
    expect((await rulesOf('stalled')).includes(rule)).toBe(isStalled);
  });

  test('neither when nobody ever scanned it, which has a list of its own, nor when it is spam', async () => {
    expect(await rulesOf('stalled')).not.toContain('never scanned');
    expect(await rulesOf('stalled')).not.toContain('of spam');
    expect(await rulesOf('unseen')).toContain('never scanned');
  });

  test('the longest first, with its hours, and told whose way it is on', async () => {
    const rows = await rowsOf('stalled');
    const hours = rows.map((row) => row.hours ?? 0);
    expect(hours).toEqual([...hours].sort((a, b) => b - a));
    expect(rows.find(({ refundId }) => refundId === 'r-scanned 48 hours ago')).toMatchObject({
      hours: 48,
      sinceAt: '2026-11-03T01:00:00.000Z',
      mark: 'return',
      minor: 100,
      caseId: 'desk/refund/r-scanned 48 hours ago',
    });
    expect(rows.find(({ refundId }) => refundId === 'r-on its way to the buyer')?.mark).toBe('outbound');
  });
});

describe('a platform deadline', () => {
  test.each(deadlines)('%s', async (rule, _row, urgency) => {
    const row = (await rowsOf('deadlines')).find(({ refundId }) => refundId === `r-${rule}`);
    expect(row?.mark ?? null).toBe(urgency);
  });

  test('overdue ones come first, the longest overdue before all; hours are negative before it', async () => {
    const rows = await rowsOf('deadlines');
    expect(rows.map(({ mark }) => mark)).toEqual([
      'overdue',
      'overdue',
      'overdue',
      'within_24h',
      'within_48h',
      'within_48h',
    ]);
    expect(rows.map(({ hours }) => hours)).toEqual([1, 1 / 3600, 0, -24, -24 - 1 / 3600, -48]);
  });
});

describe('an intercept', () => {
  test.each(outcomes)('%s', async (rule, _row, outcome) => {
    const row = (await rowsOf('intercepts')).find(({ refundId }) => refundId === `r-${rule}`);
    expect(row?.mark).toBe(outcome);
  });

  test('belongs to the brand’s local day on which it was asked for', async () => {
    expect(await rulesOf('intercepts', { from: '2026-10-31', to: '2026-11-01', keys: {} })).toEqual([
      'called in New York',
    ]);
    expect(await rulesOf('intercepts', { from: '2026-11-01', to: '2026-11-02', keys: {} })).toEqual([]);
  });

  test('counts by value tier, those of unknown amount apart', async () => {
    const totals = await totalsOf(wholeTime);
    const tiers = totals
      .filter(({ list }) => list === 'intercepts')
      .map(({ mark, tier, refunds }) => [mark, tier, refunds]);
    expect(tiers).toEqual([
      ['failed', 1, 1],
      ['failed', null, 5],
      ['open', null, 2],
      ['succeeded', 0, 1],
      ['succeeded', 1, 1],
    ]);
  });
});

describe('refunds without the goods', () => {
  const period = { from: '2026-10-14', to: '2026-10-15', keys: {} };

  test('are those that the KPI counts, of the period only', async () => {
    expect((await rulesOf('lost', period)).sort()).toEqual([
      'came too late',
      'lost',
      'lost in dollars',
      'lost in yuan, said so',
      'lost without an amount',
    ]);
    const kpi = totalOf(
      await project.totals({ ...period, metrics: ['refunded_without_goods'] }),
      'refunded_without_goods',
    );
    expect(kpi).toMatchObject({ numerator: 5, denominator: 6 });
  });

  test('are at risk while the window is open and the goods are away, whatever the period', async () => {
    expect((await rulesOf('at_risk', period)).sort()).toEqual(['at risk', 'at risk in transit', 'paid']);
  });

  test('money of currencies never adds up; without a currency it is yuan, without an amount it is said', async () => {
    const totals = await totalsOf(period);
    expect(lists.sumOf(totals.filter(({ list }) => list === 'lost'))).toEqual({
      refunds: 5,
      withoutAmount: 1,
      money: [
        { currency: 'CNY', minor: 25_900 },
        { currency: 'USD', minor: 12_900 },
      ],
    });
  });

  test('add up to the same by vendor and by product', async () => {
    const rows = await lists.losses(warehouse, everything, period);
    expect(rows.filter(({ by }) => by === 'vendor')).toEqual([
      { by: 'vendor', key: 'open', currency: 'CNY', counted: 5, refunds: 4, amounts: 3, minor: 25_900 },
      { by: 'vendor', key: 'split', currency: 'USD', counted: 1, refunds: 1, amounts: 1, minor: 12_900 },
    ]);
    expect(rows.filter(({ by }) => by === 'sku')).toEqual([
      { by: 'sku', key: 'shoe', currency: 'CNY', counted: 2, refunds: 2, amounts: 1, minor: 100 },
      { by: 'sku', key: null, currency: 'CNY', counted: 3, refunds: 2, amounts: 2, minor: 25_800 },
      { by: 'sku', key: 'shoe', currency: 'USD', counted: 1, refunds: 1, amounts: 1, minor: 12_900 },
    ]);
  });
});

describe('a list', () => {
  test('has as many rows as its totals say, under any keys and in any scope', async () => {
    const scopes: Scope[] = [everything, { ...everything, vendors: ['split'] }, { ...everything, brands: ['harbor'] }];
    for (const keys of [{}, { vendor: ['split'] }, { sku: ['shoe'] }, { request_type: ['return_refund', ''] }])
      for (const scope of scopes) {
        const totals = await totalsOf({ ...wholeTime, keys }, scope);
        for (const list of lists.refundListNames) {
          const expected = lists.sumOf(totals.filter((total) => total.list === list)).refunds;
          expect(await rowsOf(list, { ...wholeTime, keys }, scope), list).toHaveLength(expected);
        }
      }
  });

  test('shows a vendor its own refunds only', async () => {
    expect(await rulesOf('lost', wholeTime, { ...everything, vendors: ['split'] })).toEqual(['lost in dollars']);
  });

  test('goes on where the page before ended', async () => {
    const whole = await rulesOf('stalled');
    const page = await lists.listed(warehouse, everything, wholeTime, {
      list: 'stalled',
      marks: ['return', 'outbound'],
      limit: 3,
      offset: 2,
    });
    expect(page.map(({ refundId }) => refundId.replace(/^r-/, ''))).toEqual(whole.slice(2, 5));
  });
});
