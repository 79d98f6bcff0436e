import { type Words, keyText } from '#lib/charts/words.ts';
import { type Change, type Figure, changeOf, figureOf } from '#lib/metrics/figure.ts';
import { wilsonInterval } from '#lib/metrics/intervals.ts';
import { isProvisional } from '#lib/metrics/reliability.ts';
import { type Direction, type Headline, type MetricId, type Unit, metricOf } from '#lib/metrics/registry.ts';
import type { Filter } from '#lib/server/filter.ts';
import type { KeyCount, KpiTotal } from '#lib/server/kpis.ts';
import {
  type ListTotal,
  type Loss,
  type RefundList,
  type RefundMark,
  type RefundSum,
  refundLists,
  sumOf,
} from '#lib/server/refund_lists.ts';
import type { Shares } from '#lib/server/refunds.ts';

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

export function describeTiles(
  now: readonly KpiTotal[],
  before: readonly KpiTotal[],
  { filter, today }: { filter: Filter; today: string },
): RefundTile[] {
  return refundMetrics.map((id) => {
    const metric = metricOf(id);
    const nothing = { numerator: 0, denominator: 0, pending: 0, median: null, p90: null };
    const found = now.find((row) => row.metric === id) ?? nothing;
    const earlier = before.find((row) => row.metric === id) ?? nothing;
    const isMedian = metric.headline === 'median';
    return {
      metric: id,
      headline: metric.headline,
      unit: metric.unit,
      direction: metric.direction,
      figure: figureOf(metric, found),
      change: changeOf(metric, found, filter.comparedWith && earlier),
      cases: isMedian
        ? found.denominator
        : metric.direction === 'up'
          ? found.denominator - found.numerator
          : found.numerator,
      p90: isMedian ? found.p90 : null,
      isProvisional: found.denominator > 0 && isProvisional(id, filter.period.to, today),
    };
  });
}

/** One share of the refunds paid, in the manner of a rate. */
export interface ShareFigure {
  name: 'partial' | 'partialBrand' | 'byPlatform' | 'bySystem';
  figure: Figure;
  change: Change | null;
}

export function describeShares(now: Shares, before: Shares | null): ShareFigure[] {
  const parts = (shares: Shares) => ({
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
  counts: readonly KeyCount[],
): { rows: LossRow[]; all: number } {
  const rows = counts
    .map((count) => ({
      key: count.key,
      name: keyText(words, by, count.key),
      figure: figureOf(metricOf('refunded_without_goods'), count),
      sum: sumOf(losses.filter((loss) => loss.by === by && loss.key === count.key)),
    }))
    .filter((row) => by === 'vendor' || row.sum.refunds > 0)
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

interface Outcome {
  tier: number | null;
  outcome: 'open' | 'failed' | 'succeeded';
  parcels: number;
  currencies: readonly string[];
}

/** All tiers together, then each that anything was called back in. */
export function describeIntercepts(outcomes: readonly Outcome[]): InterceptRow[] {
  if (outcomes.length === 0) return [];
  const tiers = [...new Set(outcomes.map(({ tier }) => tier))];
  return [undefined, ...tiers].map((tier) => {
    const own = outcomes.filter((one) => tier === undefined || one.tier === tier);
    const count = (outcome: Outcome['outcome']) =>
      own.reduce((sum, one) => sum + (one.outcome === outcome ? one.parcels : 0), 0);
    const [succeeded, failed, open] = [count('succeeded'), count('failed'), count('open')];
    const ended = { numerator: succeeded, denominator: succeeded + failed };
    return {
      tier,
      currencies: [...new Set(own.flatMap(({ currencies }) => currencies))].sort(),
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
