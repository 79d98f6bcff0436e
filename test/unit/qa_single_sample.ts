import { type Drivers, driversIn } from '#lib/qa/drivers.ts';
import { type ScoreEstimate, type Scoring, type TooFew, estimateOf } from '#lib/qa/estimate.ts';
import { type Pool, type SurveyedCase, poolOf } from '#lib/qa/pool.ts';
import { type RandomReview, combineReviews } from '#lib/qa/reviews.ts';
import type { Sample } from '#lib/qa/sample.ts';
import { weightOf } from '#lib/qa/weighted_mean.ts';

/** The pool of one sample with its reviews, of a domain of its cases. */
export function poolOfSample(
  sample: Sample,
  reviews: readonly RandomReview[],
  isIn: (caseId: string) => boolean = () => true,
): Pool {
  const scores = new Map(combineReviews(reviews).map((one) => [one.caseId, one]));
  const owner = { brandId: 'b', vendorId: null, agentId: null, startedOn: '2026-10-01' };
  const cases = sample.cases.map(({ caseId, stratum }): SurveyedCase => ({
    ...owner,
    caseId,
    stratum,
    scored: scores.get(caseId) ?? null,
  }));
  const scored = Map.groupBy(
    cases.filter((one) => one.scored),
    ({ stratum }) => stratum,
  );
  const surveyed = {
    id: 1,
    seed: sample.seed,
    frame: { period: { from: '2026-10-01', to: '2026-11-01' }, brands: null, vendors: null },
    strata: new Map(
      sample.strata.map(({ stratum, size }) => [stratum, { size, scored: scored.get(stratum)?.length ?? 0 }]),
    ),
    size: sample.strata.reduce((sum, { size }) => sum + size, 0),
    scored: cases.filter((one) => one.scored).length,
    cases,
  };
  return poolOf([surveyed], ({ caseId }) => isIn(caseId));
}

/** Estimates the mean of a sample's population, or of a domain of it. */
export function estimateMean(
  sample: Sample,
  reviews: readonly RandomReview[],
  scoring: Scoring,
  isIn?: (caseId: string) => boolean,
): ScoreEstimate | TooFew {
  return estimateOf(poolOfSample(sample, reviews, isIn).observations, scoring);
}

/** What costs the score of a sample's population. */
export function driversOf(sample: Sample, reviews: readonly RandomReview[]): Drivers | TooFew {
  const { observations } = poolOfSample(sample, reviews);
  return driversIn(observations.map((one) => ({ caseId: one.caseId, weight: weightOf(one), lost: one.scored.lost })));
}
