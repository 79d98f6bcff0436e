import type { Interval } from '#lib/metrics/intervals.ts';
import { randomIndexes } from './random.ts';
import type { Unit } from './ratings.ts';
import { smallestSample } from './smallest_sample.ts';

/** A measure of agreement over units; null where it is not defined. */
export type Statistic<U extends Unit> = (units: readonly U[]) => number | null;

/** How far raters agree, over how many units that two or more of them rated, and the 95 % interval where there is one. */
export interface Agreement {
  readonly value: number | null;
  readonly interval: Interval | null;
  readonly units: number;
}

const replicates = 1000;

function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? NaN;
  return low + ((sorted[Math.ceil(at)] ?? NaN) - low) * (at - Math.floor(at));
}

/**
 * Returns the 95 % percentile interval of a statistic by resampling units (Efron & Tibshirani 1993, ch. 13), the same for the same
 * seed. Null below 20 units, where the statistic is not defined in one of twenty resamples, and where all resamples are alike (all
 * agree): then resampling knows nothing of how far the truth may be off.
 */
export function bootstrapInterval<U extends Unit>(
  units: readonly U[],
  statistic: Statistic<U>,
  seed: string,
): Interval | null {
  if (units.length < smallestSample) return null;
  const index = randomIndexes(seed);
  const resample = () => units.map((unit) => units[index(units.length)] ?? unit);
  const values = Array.from({ length: replicates }, () => statistic(resample())).filter((value) => value !== null);
  if (values.length < 0.95 * replicates) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [quantile(sorted, 0.025), quantile(sorted, 0.975)];
  return low < high ? { low, high } : null;
}

/** Measures agreement, with its interval. */
export function measureAgreement<U extends Unit>(
  units: readonly U[],
  statistic: Statistic<U>,
  seed: string,
): Agreement {
  const rated = units.filter((unit) => unit.length >= 2);
  return { value: statistic(rated), interval: bootstrapInterval(rated, statistic, seed), units: rated.length };
}

/** A unit and the month it was rated in, such as 2026-10. */
export interface MonthlyUnit<U extends Unit> {
  readonly month: string;
  readonly unit: U;
}

/** Agreement in one month. */
export interface MonthlyAgreement extends Agreement {
  readonly month: string;
}

/** Measures agreement month by month, in their order; months without units are left out. A month's figures do not depend on others. */
export function agreementByMonth<U extends Unit>(
  units: readonly MonthlyUnit<U>[],
  statistic: Statistic<U>,
  seed: string,
): MonthlyAgreement[] {
  const months = [...Map.groupBy(units, ({ month }) => month)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return months.map(([month, of]) => ({
    month,
    ...measureAgreement(
      of.map(({ unit }) => unit),
      statistic,
      `${seed}\n${month}`,
    ),
  }));
}
