import type { Interval } from '#lib/metrics/intervals.ts';
import { scoreInterval } from './score_interval.ts';
import { smallestSample } from './smallest_sample.ts';
import { weightedMean, type Observation } from './weighted_mean.ts';
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

/** What estimates have to know of the scorecard: whether a critical failure can make a review 0. */
export interface Scoring {
  readonly canBeZeroed: boolean;
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

/** A part of the population, such as an agent's cases, with the mean score of all of it. */
export interface DomainEstimate {
  readonly domain: string;
  readonly estimate: ScoreEstimate | TooFew;
}
