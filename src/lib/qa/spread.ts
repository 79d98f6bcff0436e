import { combineReviews, type RandomReview } from './reviews.ts';
import type { Sample } from './sample.ts';
import { surveyOf } from './weighted_mean.ts';

/** Needs two values or more. */
function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/**
 * Estimates the standard deviation of scores in each stratum of a sample, for `allocateNeyman` and `requiredSize` next time. A
 * stratum with fewer than two scored cases takes that of all scored ones; without two of these there is none. Errors as `estimateMean`.
 */
export function deviationsOf(sample: Sample, reviews: readonly RandomReview[]): Map<string, number> {
  const { observations } = surveyOf(sample, combineReviews(reviews));
  const byStratum = Map.groupBy(observations, ({ stratum }) => stratum.name);
  if (observations.length < 2) return new Map();
  const overall = deviationOf(observations.map(({ value }) => value));
  return new Map(
    sample.strata.map(({ stratum }) => {
      const own = byStratum.get(stratum) ?? [];
      return [stratum, own.length < 2 ? overall : deviationOf(own.map(({ value }) => value))];
    }),
  );
}
