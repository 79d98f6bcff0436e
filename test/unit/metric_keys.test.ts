import { describe, expect, test } from 'vitest';
import { translator } from '#lib/i18n/translator.ts';
import { sumCounted } from '#lib/metrics/figure.ts';
import type { KpiTotal } from '#lib/server/kpis.ts';
import { describeKeys } from '../../src/routes/metrics/[metric]/metric_keys.ts';

const words = { t: translator('zh-CN'), locale: 'zh-CN', names: {} } as const;
const october = { from: '2026-10-01', to: '2026-11-01' };

function total(key: string | null, numerator: number, denominator: number, pending = 0): KpiTotal {
  const rate = denominator === 0 ? null : numerator / denominator;
  return { metric: 'first_response', key, numerator, denominator, pending, rate, median: 60, p90: 90, excluded: 0 };
}

function breakdown(keys: KpiTotal[], keysBefore: KpiTotal[] = [], by: 'sku' | 'day' = 'sku') {
  const now = sumCounted(keys);
  const found = {
    now: { ...total(null, now.numerator, now.denominator), pending: now.pending },
    ...{ before: null, time: [], timeBefore: [], keys, keysBefore, pairs: [], bins: [] },
  };
  const filter = {
    ...{ period: october, comparison: 'previous' as const, keys: {}, clock: null },
    comparedWith: { from: '2026-09-01', to: '2026-10-01' },
  };
  return describeKeys(words, {
    metric: 'first_response',
    found,
    filter,
    by,
    params: new URLSearchParams('brand=muyun'),
  });
}

const many = Array.from({ length: 83 }, (_, index) =>
  total(index === 5 ? null : `s${index}`, index % 7, 10 + index, index % 3),
);

describe('a breakdown', () => {
  test('that is cut ends in a row of all others, so that its parts are the whole', () => {
    const { rows, all } = breakdown(many);
    expect([rows.length, all]).toEqual([41, 83]);
    const whole = sumCounted(many);
    const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((before, row) => before + of(row), 0);
    expect(sum(({ figure }) => figure.n)).toBe(whole.denominator);
    expect(sum(({ figure }) => figure.pending)).toBe(whole.pending);
    expect(sum(({ failing }) => failing)).toBe(whole.denominator - whole.numerator);
    const rest = rows.at(-1);
    const others = sumCounted(many.filter(({ key }) => rows.every((row) => row.key !== key)));
    expect(rest).toMatchObject({
      key: undefined,
      name: '其余 43 项',
      median: null,
      p90: null,
      href: null,
      failingHref: null,
    });
    expect(rest?.figure.value).toBe(others.numerator / others.denominator);
  });

  test('compares all others with all others of the period before, gone ones too', () => {
    const before = [...many.slice(40).map(({ key }) => total(key, 1, 2)), total('gone', 100, 100)];
    const rest = breakdown(many, before).rows.at(-1);
    const kept = breakdown(many).rows.flatMap(({ key }) => key ?? []);
    const others = sumCounted(before.filter(({ key }) => key === null || !kept.includes(key)));
    expect(others.denominator).toBeGreaterThan(100);
    expect(rest?.change?.difference).toBeCloseTo((rest?.figure.value ?? 0) - others.numerator / others.denominator);
  });

  test('of few keys, or of time, has a row for each', () => {
    expect(breakdown(many.slice(0, 41)).rows.every(({ href }) => href !== null)).toBe(true);
    const days = Array.from({ length: 31 }, (_, day) => total(`2026-10-${String(day + 1).padStart(2, '0')}`, 1, 2));
    expect(breakdown([...days, ...days], [], 'day').rows).toHaveLength(62);
  });
});
