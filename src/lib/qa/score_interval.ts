import { normalQuantile, wilsonInterval, type Interval } from '#lib/metrics/intervals.ts';
import { studentQuantile } from './student.ts';
import type { WeightedMean } from './weighted_mean.ts';

/**
 * Returns Wilson's 95 % interval of a share known as well as from `size` cases of a simple random sample; a variance of few degrees
 * of freedom counts for fewer cases (Korn & Graubard 1998, Survey Methodology 24:193–201). A share known for certain is a point.
 */
export function shareInterval(share: number, size: number, degreesOfFreedom = Infinity): Interval {
  const denominator = size * (normalQuantile / studentQuantile(degreesOfFreedom)) ** 2;
  const interval = Number.isFinite(denominator)
    ? wilsonInterval({ numerator: share * denominator, denominator })
    : null;
  return interval ?? { low: share, high: share };
}

// Below this, variance is what rounding leaves of scores that are all alike.
const negligible = 1e-12;

/**
 * Returns the 95 % interval of a mean of scores from 0 to 100: that of the share it is of 100, from as many cases as give a share
 * this variance (Franco et al. 2019, J. Survey Stat. Methodol. 7:334–364). It leans to the middle, as skewed scores need, and
 * stays within 0 and 100. Scores that are all alike count as shares of hits, since they say nothing about spread.
 */
export function scoreInterval({ mean, variance, equalShareSize, degreesOfFreedom }: WeightedMean): Interval {
  const share = mean / 100;
  const size = variance > negligible ? (100 ** 2 * share * (1 - share)) / variance : equalShareSize;
  const { low, high } = shareInterval(share, size, degreesOfFreedom);
  return { low: Math.min(mean, 100 * low), high: Math.max(mean, 100 * high) };
}
