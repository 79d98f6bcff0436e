import { type Change, type Figure, changeOf, figureOf } from '#lib/metrics/figure.ts';
import { isProvisional } from '#lib/metrics/reliability.ts';
import { type Direction, type Headline, type MetricId, type Unit, metricOf } from '#lib/metrics/registry.ts';
import type { Filter } from '#lib/server/filter.ts';
import type { KeyCount } from '#lib/server/kpis.ts';
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
