import type { Keys } from '#lib/metrics/dimensions.ts';
import { expectedRange } from '#lib/metrics/expectation.ts';
import { type Figure, figureOf } from '#lib/metrics/figure.ts';
import { type Bound, isClearlyUnmet } from '#lib/metrics/goal.ts';
import { type Interval, wilsonInterval } from '#lib/metrics/intervals.ts';
import { type Period, addDays } from '#lib/metrics/period.ts';
import { type MetricId, metricOf } from '#lib/metrics/registry.ts';
import type { Filter } from './filter.ts';
import { sumsRead, toKeysParameter } from './kpis.ts';
import { surgesRead, vendorWeeksRead } from './overview.ts';
import { accounts } from './sources.ts';
import type { TargetState } from './targets.ts';
import { type Warehouse, read } from './warehouse.ts';
import type { Scope } from '#lib/access/principal.ts';

/** One thing that needs a person, with what it rests on; `weight` orders them, roughly in cases that went wrong. */
export type Attention =
  | { kind: 'target'; weight: number; metric: MetricId; brand: string; vendor: string; bound: Bound; figure: Figure }
  | {
      kind: 'anomaly';
      weight: number;
      metric: MetricId;
      vendor: string;
      figure: Figure;
      expected: Interval;
      period: Period;
    }
  | { kind: 'surge'; weight: number; sku: string; reason: string; cases: number; casesBefore: number }
  | { kind: 'lost_goods'; weight: number; refunds: number; lost: { currency: string; minor: number }[] }
  | { kind: 'quarantine'; weight: number; records: number; share: number };

const watched: readonly MetricId[] = [
  'first_response',
  'resolution_24h',
  'autonomous_completion',
  'dispute_rate',
  'csat',
  'reply_3m',
];
const leastShareNow = 0.6;
const leastShareRejected = 0.001;

/** What needs a person in a period, most pressing first: one of each kind before a second of any. */
export async function attention(
  warehouse: Warehouse,
  scope: Scope,
  { period, comparison }: Pick<Filter, 'period' | 'comparison'>,
  keys: Keys,
  targets: readonly TargetState[],
): Promise<Attention[]> {
  const [anomalies, surges, lost, rejected] = await Promise.all([
    findAnomalies(warehouse, scope, period, keys),
    comparison === 'none' ? [] : findSurges(warehouse, scope, period, keys),
    findLostGoods(warehouse, scope, period, keys),
    findQuarantine(warehouse, scope),
  ]);
  const kinds = [unmetTargets(targets), anomalies, surges, lost, rejected].map((items) =>
    items.sort((a, b) => b.weight - a.weight),
  );
  const longest = Math.max(...kinds.map((items) => items.length));
  return Array.from({ length: longest }, (_, rank) => kinds.flatMap((items) => items[rank] ?? [])).flat();
}

function unmetTargets(targets: readonly TargetState[]): Attention[] {
  return targets.flatMap(({ contract, metric, bound, counted, standing }) => {
    const figure = figureOf(metricOf(metric), counted);
    if (!isClearlyUnmet(standing) || figure.value === null) return [];
    const weight = Math.abs(figure.value - bound.value) * figure.n;
    return { kind: 'target', weight, metric, brand: contract.brand, vendor: contract.vendor, bound, figure };
  });
}

async function findAnomalies(warehouse: Warehouse, scope: Scope, { to }: Period, keys: Keys): Promise<Attention[]> {
  const weeks = await read(warehouse, scope, vendorWeeksRead, {
    to,
    keys: toKeysParameter(keys),
    metrics: [...watched],
  });
  return weeks
    .filter((week) => week.weeks_back === 0)
    .flatMap((now): Attention[] => {
      const earlier = weeks.filter(
        (week) => week.metric === now.metric && week.vendor_id === now.vendor_id && week.weeks_back > 0,
      );
      const expected = expectedRange(earlier, now.denominator);
      const figure = figureOf(metricOf(now.metric), { ...now, pending: 0 });
      if (expected === null || figure.value === null) return [];
      const gap = metricOf(now.metric).direction === 'up' ? expected.low - figure.value : figure.value - expected.high;
      if (gap <= 0) return [];
      const week = { from: addDays(to, -7), to };
      return [
        {
          kind: 'anomaly',
          weight: gap * figure.n,
          metric: now.metric,
          vendor: now.vendor_id,
          figure,
          expected,
          period: week,
        },
      ];
    });
}

/** Products whose share of cases for one reason falls on this period far more than on the one before: the 95 % interval of that share lies above 60 %. */
async function findSurges(warehouse: Warehouse, scope: Scope, { from, to }: Period, keys: Keys): Promise<Attention[]> {
  const rows = await read(warehouse, scope, surgesRead, { from, to, keys: toKeysParameter(keys) });
  return rows.flatMap(({ sku_id: sku, reason_buyer: reason, cases, cases_before: casesBefore }): Attention[] => {
    const share = wilsonInterval({ numerator: cases, denominator: cases + casesBefore });
    if (share === null || share.low < leastShareNow) return [];
    return [{ kind: 'surge', weight: cases - casesBefore, sku, reason, cases, casesBefore }];
  });
}

async function findLostGoods(
  warehouse: Warehouse,
  scope: Scope,
  { from, to }: Period,
  keys: Keys,
): Promise<Attention[]> {
  const sums = await read(warehouse, scope, sumsRead, {
    from,
    to,
    keys: toKeysParameter(keys),
    metric: 'refunded_without_goods',
  });
  const refunds = sums.reduce((sum, { rows }) => sum + rows, 0);
  if (refunds === 0) return [];
  const lost = sums.map(({ currency, total }) => ({ currency: currency ?? 'CNY', minor: total ?? 0 }));
  return [{ kind: 'lost_goods', weight: refunds, refunds, lost }];
}

/** Records in quarantine, once they are more than one in a thousand: for those who may see the sources. */
async function findQuarantine(warehouse: Warehouse, scope: Scope): Promise<Attention[]> {
  const files = await accounts(warehouse, scope);
  const records = files.reduce((sum, account) => sum + account.quarantined, 0);
  const all = files.reduce((sum, account) => sum + account.records, 0);
  return records > all * leastShareRejected
    ? [{ kind: 'quarantine', weight: records, records, share: records / all }]
    : [];
}
