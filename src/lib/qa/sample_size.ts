import { normalQuantile } from '#lib/metrics/intervals.ts';
import { smallestSample } from './smallest_sample.ts';

/** The standard deviation of scores that are all 0 or 100, half of each: no scores vary more. */
export const worstDeviation = 50;

/**
 * Returns how many cases a simple random sample needs for a 95 % interval of at most ± `margin` points, by Cochran's formula with
 * finite population correction (Sampling Techniques 1977, §4.6). `deviation` is the standard deviation expected of scores;
 * without it the worst case. Never less than what an estimate is given for, nor more than the population.
 */
export function requiredSize(populationSize: number, margin: number, deviation = worstDeviation): number {
  const infinite = ((normalQuantile * deviation) / margin) ** 2;
  const needed = Math.ceil(1 / (1 / infinite + 1 / populationSize) - 1e-9);
  return Math.min(populationSize, Math.max(needed, smallestSample));
}
