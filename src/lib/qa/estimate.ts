import type { Interval } from '#lib/metrics/intervals.ts';
import { combineReviews, type RandomReview, type RiskReview } from './reviews.ts';
import type { Sample } from './sample.ts';
import { scoreInterval } from './score_interval.ts';
import { smallestSample } from './smallest_sample.ts';
import { surveyOf, weightedMean, type Observation, type Survey } from './weighted_mean.ts';
import { zeroedInterval } from './zeroed_interval.ts';

/** A mean score of all cases of a population, or of a domain of it, from `n` scored ones, with its 95 % interval. */
export interface ScoreEstimate {
  readonly kind: 'estimate';
  readonly mean: number;
  readonly interval: Interval;
  readonly standardError: number;
  readonly n: number;
}

/** No number: fewer than `needed` cases are scored. */
export interface TooFew {
  readonly kind: 'too_few';
  readonly n: number;
  readonly needed: number;
}

/** No number: of these strata nothing is scored yet, and the others do not speak for them. */
export interface Uncovered {
  readonly kind: 'uncovered';
  readonly n: number;
  readonly strata: readonly string[];
}

export type Estimate = ScoreEstimate | TooFew | Uncovered;

/** What estimates have to know of the scorecard: whether a critical failure can make a review 0. */
export interface Scoring {
  readonly canBeZeroed: boolean;
}

/** Tells why no estimate can be made from `n` scored cases; null where one can. */
export function estimateRefusal(survey: Survey, n: number): TooFew | Uncovered | null {
  if (n < smallestSample) return { kind: 'too_few', n, needed: smallestSample };
  return survey.uncovered.length > 0 ? { kind: 'uncovered', n, strata: survey.uncovered } : null;
}

/** Counts the cases observed; one that two samples drew is one. */
export function casesOf(observations: readonly { readonly caseId: string }[]): number {
  return new Set(observations.map(({ caseId }) => caseId)).size;
}

/** Estimates the mean of a domain from what is scored of it. */
export function estimateOf(domain: readonly Observation[], scoring: Scoring): ScoreEstimate | TooFew {
  const n = casesOf(domain);
  const mean = weightedMean(domain);
  if (n < smallestSample || mean === null) return { kind: 'too_few', n, needed: smallestSample };
  return {
    kind: 'estimate',
    mean: mean.mean,
    interval: scoring.canBeZeroed ? zeroedInterval(domain, mean) : scoreInterval(mean),
    standardError: Math.sqrt(mean.variance),
    n,
  };
}

function estimateIn(survey: Survey, scoring: Scoring, isIn: (observation: Observation) => boolean): Estimate {
  const domain = survey.observations.filter(isIn);
  return estimateRefusal(survey, domain.length) ?? estimateOf(domain, scoring);
}

/** Estimates the mean score of the population a sample was drawn from. Errors: MixedReviewsError, UnsampledCaseError. */
export function estimateMean(sample: Sample, reviews: readonly RandomReview[], scoring: Scoring): Estimate {
  return estimateIn(surveyOf(sample, combineReviews(reviews)), scoring, () => true);
}

/** A part of the population, such as an agent's cases, with the mean score of all of it. */
export interface DomainEstimate {
  readonly domain: string;
  readonly estimate: Estimate;
}

/** Estimates the mean score of each domain within one sample, by domain; `domainOf` gives null for cases of none. Errors as `estimateMean`. */
export function estimateByDomain(
  sample: Sample,
  reviews: readonly RandomReview[],
  scoring: Scoring,
  domainOf: (caseId: string) => string | null,
): DomainEstimate[] {
  const survey = surveyOf(sample, combineReviews(reviews));
  const domains = new Set(
    survey.observations.map(({ caseId }) => domainOf(caseId)).filter((domain) => domain !== null),
  );
  return [...domains].toSorted().map((domain) => ({
    domain,
    estimate: estimateIn(survey, scoring, ({ caseId }) => domainOf(caseId) === domain),
  }));
}

/** What may be said of cases picked for risk: how many there were and their plain mean, which estimates nothing. */
export interface RiskFigures {
  readonly kind: 'risk';
  readonly n: number;
  readonly mean: number | null;
}

/** Sums up reviews of risk by themselves; null where there are none. */
export function riskFigures(reviews: readonly RiskReview[]): RiskFigures {
  const sum = reviews.reduce((total, { score }) => total + score, 0);
  return { kind: 'risk', n: reviews.length, mean: reviews.length === 0 ? null : sum / reviews.length };
}
