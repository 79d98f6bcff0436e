import { type Words, keyText } from '#lib/charts/words.ts';
import { type Change, type Figure, changeOf, figureOf } from '#lib/metrics/figure.ts';
import { wilsonInterval } from '#lib/metrics/intervals.ts';
import { isProvisional } from '#lib/metrics/reliability.ts';
import { type Direction, type Headline, type MetricId, type Unit, metricOf } from '#lib/metrics/registry.ts';
import type { Filter } from '#lib/server/filter.ts';
import type { KeyCount } from '#lib/server/kpis.ts';
import {
  type ListTotal,
  type Loss,
  type RefundList,
  type RefundMark,
  type RefundSum,
  refundLists,
  sumOf,
} from '#lib/server/refund_lists.ts';
import type { Paid } from '#lib/server/refunds.ts';

/** The KPIs at the head of the page, in the order shown. */
export const refundMetrics = [
  'refund_time',
  'refund_after_receipt_24h',
  'refund_dispute_rate',
  'refunded_without_goods',
] as const satisfies readonly MetricId[];

/** What a tile shows of one KPI. */
export interface RefundTile {
  metric: MetricId;
  headline: Headline;
  unit: Unit | null;
  direction: Direction;
  figure: Figure;
  change: Change | null;
  /** Rows against a rate, or those that a median rests on. */
  cases: number;
  p90: number | null;
  isProvisional: boolean;
}

const hourSeconds = 3600;
const inHours = (seconds: number | null): number | null => (seconds === null ? null : seconds / hourSeconds);

/** Counts of the KPIs in a period, with what was paid in it. */
export interface Head {
  counts: readonly KeyCount[];
  paid: Paid;
}

export function describeTiles(
  now: Head,
  before: Head | null,
  { filter, today }: { filter: Filter; today: string },
): RefundTile[] {
  return refundMetrics.map((id) => {
    const metric = metricOf(id);
    const isMedian = metric.headline === 'median';
    const counted = ({ counts, paid }: Head) => ({
      ...(counts.find((row) => row.metric === id) ?? { numerator: 0, denominator: 0, pending: 0 }),
      median: isMedian ? inHours(paid.median) : null,
    });
    const { numerator, denominator, ...found } = counted(now);
    const against = metric.direction === 'up' ? denominator - numerator : numerator;
    return {
      metric: id,
      headline: metric.headline,
      unit: metric.unit,
      direction: metric.direction,
      figure: figureOf(metric, { numerator, denominator, ...found }),
      change: changeOf(metric, { numerator, denominator, ...found }, before && counted(before)),
      cases: isMedian ? denominator : against,
      p90: isMedian ? inHours(now.paid.p90) : null,
      isProvisional: denominator > 0 && isProvisional(id, filter.period.to, today),
    };
  });
}

/** One share of the refunds paid, in the manner of a rate. */
export interface ShareFigure {
  name: 'partial' | 'partialBrand' | 'byPlatform' | 'bySystem';
  figure: Figure;
  change: Change | null;
}

export function describeShares(now: Paid, before: Paid | null): ShareFigure[] {
  const parts = (shares: Paid) => ({
    partial: [shares.partial, shares.with_amounts] as const,
    partialBrand: [shares.partial_by_brand, shares.partial_decided] as const,
    byPlatform: [shares.by_platform, shares.decided] as const,
    bySystem: [shares.by_system, shares.decided] as const,
  });
  const names = ['partial', 'partialBrand', 'byPlatform', 'bySystem'] as const;
  return names.map((name) => {
    const counted = toCounted(parts(now)[name]);
    const change = changeOf(rate, counted, before && toCounted(parts(before)[name]));
    const isMoved = change !== null && change.trend !== 'no_clear_change';
    return {
      name,
      figure: figureOf(rate, counted),
      // Nobody can say whether more or fewer of these is better.
      change: isMoved ? { ...change, trend: null } : change,
    };
  });
}

const rate = metricOf('refund_dispute_rate');

function toCounted([numerator, denominator]: readonly [number, number]) {
  return { numerator, denominator, pending: 0 };
}

/** Refunds lost by one key of a dimension, with the rate of refunded_without_goods. */
export interface LossRow {
  key: string | null;
  name: string;
  figure: Figure;
  sum: RefundSum;
}

const shownLosses = 10;

/** The keys with most losses first; of products only those with any. */
export function describeLosses(
  words: Words,
  by: 'vendor' | 'sku',
  losses: readonly Loss[],
): { rows: LossRow[]; all: number } {
  const byKey = Map.groupBy(
    losses.filter((loss) => loss.by === by),
    ({ key }) => key,
  );
  const rows = [...byKey]
    .map(([key, own]) => {
      const sum = sumOf(own);
      const denominator = own.reduce((count, { counted }) => count + counted, 0);
      return {
        key,
        name: keyText(words, by, key),
        figure: figureOf(metricOf('refunded_without_goods'), { numerator: sum.refunds, denominator, pending: 0 }),
        sum,
      };
    })
    .sort((a, b) => b.sum.refunds - a.sum.refunds || b.figure.n - a.figure.n);
  return { rows: rows.slice(0, shownLosses), all: rows.length };
}

/** The outcomes of intercepts in one value tier. */
export interface InterceptRow {
  /** Undefined for all tiers together. */
  tier: number | null | undefined;
  currencies: readonly string[];
  succeeded: number;
  failed: number;
  open: number;
  figure: Figure;
}

/** All tiers together, then each that anything was called back in. */
export function describeIntercepts(totals: readonly ListTotal[]): InterceptRow[] {
  const outcomes = totals.filter(({ list }) => list === 'intercepts');
  if (outcomes.length === 0) return [];
  const tiers = [...new Set(outcomes.map(({ tier }) => tier))].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  return [undefined, ...tiers].map((tier) => {
    const own = outcomes.filter((one) => tier === undefined || one.tier === tier);
    const count = (outcome: RefundMark) => sumOf(own.filter(({ mark }) => mark === outcome)).refunds;
    const [succeeded, failed, open] = [count('succeeded'), count('failed'), count('open')];
    const ended = { numerator: succeeded, denominator: succeeded + failed };
    return {
      tier,
      currencies: [...new Set(own.map(({ currency }) => currency))].sort(),
      succeeded,
      failed,
      open,
      figure: {
        value: ended.denominator === 0 ? null : succeeded / ended.denominator,
        interval: wilsonInterval(ended),
        n: ended.denominator,
        pending: open,
      },
    };
  });
}

/** Sums of one list, whole and by mark. */
export interface ListSum {
  all: RefundSum;
  marks: readonly { mark: RefundMark; sum: RefundSum }[];
  oldestAt: string | null;
}

export function sumLists(totals: readonly ListTotal[]): Record<RefundList, ListSum> {
  const sum = (list: RefundList) => sumList(totals, list);
  return {
    deadlines: sum('deadlines'),
    stalled: sum('stalled'),
    unseen: sum('unseen'),
    at_risk: sum('at_risk'),
    lost: sum('lost'),
    intercepts: sum('intercepts'),
  };
}

function sumList(totals: readonly ListTotal[], list: RefundList): ListSum {
  const own = totals.filter((total) => total.list === list);
  return {
    all: sumOf(own),
    marks: refundLists[list]
      .map((mark: RefundMark) => ({ mark, sum: sumOf(own.filter((total) => total.mark === mark)) }))
      .filter(({ sum }) => sum.refunds > 0),
    oldestAt: own.reduce<string | null>(
      (oldest, { oldest_at: at }) => (at !== null && (oldest === null || at < oldest) ? at : oldest),
      null,
    ),
  };
}
