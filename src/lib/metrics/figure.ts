import { type Interval, newcombeInterval, wilsonInterval } from './intervals.ts';
import type { Metric } from './registry.ts';

type Headed = Pick<Metric, 'headline' | 'direction'>;

/** What a KPI counted, with its median where it has one; pending rows are in neither. */
export interface Counted {
  readonly numerator: number;
  readonly denominator: number;
  readonly pending: number;
  readonly median?: number | null;
}

/** The headline of a KPI: a fraction with its 95 % interval, or a median in the KPI's unit; null where nothing counted. */
export interface Figure {
  readonly value: number | null;
  readonly interval: Interval | null;
  readonly n: number;
  readonly pending: number;
}

/** What a KPI says first: its rate, or its median where that is its headline (METRICS §3). */
export function figureOf(metric: Pick<Metric, 'headline'>, counted: Counted): Figure {
  const { numerator, denominator, pending, median = null } = counted;
  if (metric.headline === 'median') return { value: median, interval: null, n: denominator, pending };
  return {
    value: denominator === 0 ? null : numerator / denominator,
    interval: wilsonInterval(counted),
    n: denominator,
    pending,
  };
}

/** How a KPI moved between two periods; `trend` is null where that cannot be told. */
export interface Change {
  readonly difference: number;
  readonly trend: 'better' | 'worse' | 'no_clear_change' | null;
}

/** Compares two periods: a rate's change is clear when its 95 % Newcombe interval leaves 0 out; a median's is not judged. */
export function changeOf(metric: Headed, now: Counted, before: Counted | null): Change | null {
  if (before === null) return null;
  const value = figureOf(metric, now).value;
  const valueBefore = figureOf(metric, before).value;
  if (value === null || valueBefore === null) return null;
  const difference = value - valueBefore;
  if (metric.headline === 'median') return { difference, trend: null };
  const interval = newcombeInterval(now, before);
  if (interval === null) return { difference, trend: null };
  if (interval.low <= 0 && interval.high >= 0) return { difference, trend: 'no_clear_change' };
  return { difference, trend: difference > 0 === (metric.direction === 'up') ? 'better' : 'worse' };
}

/** Adds up what was counted apart; a median cannot be added up and is left out. */
export function sumCounted(rows: readonly Counted[]): Counted {
  return rows.reduce(
    (sum, row) => ({
      numerator: sum.numerator + row.numerator,
      denominator: sum.denominator + row.denominator,
      pending: sum.pending + row.pending,
    }),
    { numerator: 0, denominator: 0, pending: 0 },
  );
}
