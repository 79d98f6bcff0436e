import { binEdges } from '#lib/metrics/bins.ts';
import { type Dimension, type KeyDimension, isTime } from '#lib/metrics/dimensions.ts';
import type { Grain, Period } from '#lib/metrics/period.ts';
import { type MetricId, metricOf } from '#lib/metrics/registry.ts';
import type { Filter } from './filter.ts';
import * as kpis from './kpis.ts';
import type { Warehouse } from './warehouse.ts';
import type { Scope } from '#lib/access/principal.ts';

export interface StudyQuestion {
  metric: MetricId;
  filter: Filter;
  grain: Grain;
  by: Dimension;
  andBy: KeyDimension | null;
}

/** One KPI from every side: over time, by one dimension and by two, and how its values spread. */
export interface Study {
  now: kpis.KpiTotal;
  before: kpis.KpiTotal | null;
  time: kpis.KpiTotal[];
  timeBefore: kpis.KpiTotal[];
  keys: kpis.KpiTotal[];
  keysBefore: kpis.KpiTotal[];
  pairs: kpis.PairTotal[];
  bins: { bin: number; rows: number; numerator: number }[];
}

/** Asks everything a KPI's page shows, side by side. */
export async function study(
  warehouse: Warehouse,
  scope: Scope,
  { metric, filter, grain, by, andBy }: StudyQuestion,
): Promise<Study> {
  const { period, comparedWith, keys, clock } = filter;
  const hasMedianHeadline = metricOf(metric).headline === 'median';
  const totals = (asked: Period, dimension: Dimension | null): Promise<kpis.KpiTotal[]> =>
    kpis.totals(warehouse, scope, { ...asked, keys, clock, metrics: [metric], by: dimension });
  /** Without medians where nobody looks at them: the daily rollup answers that. */
  const counts = async (asked: Period, dimension: Dimension): Promise<kpis.KpiTotal[]> => {
    if (hasMedianHeadline) return totals(asked, dimension);
    const rows = await kpis.counts(warehouse, scope, { ...asked, keys, metrics: [metric], by: dimension });
    return rows.map((row) => ({
      ...row,
      rate: row.denominator === 0 ? null : row.numerator / row.denominator,
      median: null,
      p90: null,
      excluded: 0,
    }));
  };
  const compared = <T>(ask: (asked: Period) => Promise<T[]>): Promise<T[]> =>
    comparedWith ? ask(comparedWith) : Promise.resolve([]);
  const unit = metricOf(metric).unit;
  const [now, before, time, timeBefore, byKey, byKeyBefore, pairs, bins] = await Promise.all([
    totals(period, null),
    compared((asked) => totals(asked, null)),
    counts(period, grain),
    compared((asked) => counts(asked, grain)),
    totals(period, by),
    isTime(by) ? [] : compared((asked) => counts(asked, by)),
    andBy === null || andBy === by || isTime(by)
      ? []
      : kpis.cross(warehouse, scope, { ...period, keys, clock, metric, by, andBy }),
    unit === null ? [] : kpis.histogram(warehouse, scope, { ...period, keys, clock, metric, edges: binEdges(unit) }),
  ]);
  return {
    now: now[0] ?? nothing(metric),
    before: comparedWith ? (before[0] ?? nothing(metric)) : null,
    time,
    timeBefore,
    keys: byKey,
    keysBefore: byKeyBefore,
    pairs,
    bins,
  };
}

function nothing(metric: MetricId): kpis.KpiTotal {
  return {
    metric,
    key: null,
    numerator: 0,
    denominator: 0,
    pending: 0,
    rate: null,
    median: null,
    p90: null,
    excluded: 0,
  };
}
