import { describe, expect, it } from 'vitest';
import { translator } from '#lib/i18n/translator.ts';
import type { LegTimes } from '#lib/server/refunds.ts';
import { describeLegs, drawLegs } from '../../src/routes/refunds/leg_chart.ts';
import { describeShares } from '../../src/routes/refunds/refund_figures.ts';
import { describeIntercepts, sumLists } from '../../src/routes/refunds/refund_sums.ts';
import { listSize, moneyText, tierText } from '../../src/routes/refunds/refund_words.ts';

const words = { t: translator('zh-CN'), locale: 'zh-CN', names: { vendor: { suda: '速达' } } } as const;

describe('intercepts', () => {
  const tier = (tier: number | null, outcome: 'open' | 'failed' | 'succeeded', parcels: number) => ({
    list: 'intercepts' as const,
    mark: outcome,
    tier,
    currency: 'CNY',
    refunds: parcels,
    amounts: parcels,
    minor: 100,
    oldest_at: null,
  });

  it('succeed as a share of those that ended; those under way are in neither', () => {
    const [all, low, high] = describeIntercepts([tier(1, 'succeeded', 3), tier(1, 'failed', 1), tier(2, 'open', 5)]);
    expect(all).toMatchObject({
      tier: undefined,
      succeeded: 3,
      failed: 1,
      open: 5,
      figure: { value: 0.75, n: 4, pending: 5 },
    });
    expect(low?.figure.interval).toEqual(all?.figure.interval);
    expect(high?.figure).toEqual({ value: null, interval: null, n: 0, pending: 5 });
  });

  it('nothing called back is no row', () => expect(describeIntercepts([])).toEqual([]));
});

describe('money and tiers in words', () => {
  const sum = (...money: { currency: string; minor: number }[]) => ({ refunds: 2, withoutAmount: 0, money });

  it('currencies stand beside each other', () => {
    expect(moneyText(sum({ currency: 'CNY', minor: 12_900 }, { currency: 'USD', minor: 500 }))).toBe(
      '¥129.00 + US$5.00',
    );
    expect(moneyText(sum())).toBe('—');
  });

  it('a currency that is no code is written as it stands', () => {
    expect(moneyText(sum({ currency: '人民币', minor: 12_900 }))).toBe('129.00 人民币');
  });

  it('a tier is its range, in every currency found', () => {
    const tiers = [
      { id: 'low', fromMinor: 0 },
      { id: 'medium', fromMinor: 5000 },
      { id: 'high', fromMinor: 20_000 },
    ];
    expect([1, 2, 3, null].map((tier) => tierText(words, tiers, tier, ['CNY']))).toEqual([
      '低于 ¥50',
      '¥50 起，低于 ¥200',
      '¥200 起',
      '金额未知',
    ]);
    expect(tierText(words, tiers, 3, ['CNY', 'USD'])).toBe('¥200 / US$200 起');
    expect(tierText(words, [{ id: 'high', fromMinor: 20_000 }], 0, [])).toBe('低于 ¥200');
    expect(tierText(words, [], 0, [])).toBe('全部金额');
  });
});

describe('lists', () => {
  const total = (mark: 'open' | 'failed' | 'succeeded', refunds: number, oldest_at: string | null) =>
    ({ list: 'intercepts', mark, tier: 1, currency: 'CNY', refunds, amounts: refunds, minor: 100, oldest_at }) as const;

  it('open without the intercepts that succeeded, and know their oldest', () => {
    const { intercepts, stalled } = sumLists([
      total('succeeded', 5, '2026-10-03T00:00:00.000Z'),
      total('failed', 2, '2026-10-02T00:00:00.000Z'),
      total('open', 1, null),
    ]);
    expect(listSize('intercepts', intercepts)).toBe(3);
    expect(intercepts.marks.map(({ mark }) => mark)).toEqual(['open', 'failed', 'succeeded']);
    expect(intercepts.oldestAt).toBe('2026-10-02T00:00:00.000Z');
    expect(stalled).toEqual({ all: { refunds: 0, withoutAmount: 0, money: [] }, marks: [], oldestAt: null });
  });
});

describe('legs', () => {
  const leg = (key: string | null, is_every_key: boolean, name: LegTimes['leg'], total_seconds: number): LegTimes => ({
    key,
    is_every_key,
    leg: name,
    refunds: 2,
    median: 60,
    p90: 90,
    total_seconds,
  });
  const found = [
    leg(null, true, 'decide', 100),
    leg(null, true, 'pay', 300),
    leg('suda', false, 'decide', 0),
    leg('suda', false, 'pay', 0),
  ];

  it('share the time of all five; a leg nobody went through has no median', () => {
    const { rows } = describeLegs(words, found, 'vendor', new URLSearchParams('from=2026-10-01'));
    expect(rows[0]?.cells.map(({ share }) => share)).toEqual([0.25, 0, 0, 0, 0.75]);
    expect(rows[0]?.cells[1]).toMatchObject({ refunds: 0, median: null });
    expect(rows[1]).toMatchObject({ name: '速达', href: '/refunds?from=2026-10-01&vendor=suda&by=vendor' });
  });

  it('that took no time at all have no share and no bar', () => {
    const { rows } = describeLegs(words, found, 'vendor', new URLSearchParams());
    expect(rows[1]?.cells[0]?.share).toBeNull();
    expect(drawLegs(words, rows)?.wide).not.toContain('速达');
    expect(drawLegs(words, [])).toBeNull();
  });
});

it('whether more partial refunds are better or worse is not for the page to say', () => {
  const shares = {
    refunds: 1000,
    currencies: [],
    median: null,
    p90: null,
    with_amounts: 1000,
    partial: 500,
    partial_decided: 0,
    partial_by_brand: 0,
    decided: 0,
    by_platform: 0,
    by_system: 0,
    instant: 0,
  };
  const [partial, byBrand] = describeShares(shares, { ...shares, partial: 100 });
  expect(partial).toMatchObject({ figure: { value: 0.5, n: 1000 }, change: { difference: 0.4, trend: null } });
  expect(byBrand?.figure.value).toBeNull();
  const [same] = describeShares(shares, shares);
  expect(same?.change?.trend).toBe('no_clear_change');
});
