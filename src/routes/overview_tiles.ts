import { type Change, type Figure, changeOf, figureOf } from '#lib/metrics/figure.ts';
import { type Goal, type Standing, isClearlyUnmet, standingOf } from '#lib/metrics/goal.ts';
import { isProvisional } from '#lib/metrics/reliability.ts';
import { type Direction, type Headline, type MetricId, type Unit, metricOf } from '#lib/metrics/registry.ts';
import type { Contract } from '#lib/server/config.ts';
import type { Filter } from '#lib/server/filter.ts';
import { type Overview, countOf } from '#lib/server/overview.ts';
import { type TargetState, goalOf } from '#lib/server/targets.ts';

/** What a tile shows of one KPI. */
export interface Tile {
  metric: MetricId;
  headline: Headline;
  unit: Unit | null;
  direction: Direction;
  figure: Figure;
  change: Change | null;
  goal: Goal;
  standing: Standing | null;
  /** How many contracts have a target for it, in how many it is not met, and in how many there are too few cases to say. */
  contracts: number;
  unmet: number;
  few: number;
  isProvisional: boolean;
  /** The median time beside a rate of times, in the KPI's unit. */
  median: number | null;
  /** The rate of each day, null where nothing counted. */
  spark: (number | null)[];
}

/** Puts together what tiles show: figure, change, target, sparkline. */
export function describeTiles(
  metrics: readonly MetricId[],
  found: Overview,
  contracts: readonly Contract[],
  states: readonly TargetState[],
  { filter, today }: { filter: Filter; today: string },
): Tile[] {
  return metrics.map((id) => {
    const metric = metricOf(id);
    const now = countOf(found.now, id, found.medians);
    const figure = figureOf(metric, now);
    const goal = goalOf(contracts, id);
    const own = states.filter((state) => state.metric === id);
    return {
      metric: id,
      headline: metric.headline,
      unit: metric.unit,
      direction: metric.direction,
      figure,
      change: changeOf(metric, now, filter.comparedWith && countOf(found.before, id, found.mediansBefore)),
      goal,
      standing: goal?.kind === 'one' ? standingOf(goal.bound, figure) : null,
      contracts: own.length,
      unmet: own.filter(({ standing }) => isClearlyUnmet(standing)).length,
      few: own.filter(({ standing }) => standing?.isFew ?? false).length,
      isProvisional: figure.n > 0 && isProvisional(id, filter.period.to, today),
      median: metric.headline === 'rate' && metric.unit === 'seconds' ? (now.median ?? null) : null,
      spark: found.days
        .filter((day) => day.metric === id)
        .sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1))
        .map(({ numerator, denominator }) => (denominator === 0 ? null : numerator / denominator)),
    };
  });
}
