import type { LostPoints } from './lost_points.ts';

interface ReviewOfKind<K> {
  readonly kind: K;
  readonly caseId: string;
  readonly reviewerId: string;
  readonly score: number;
  readonly lost: readonly LostPoints[];
}

/** A finished review of a case drawn at random: the only ones that estimates are made from. */
export type RandomReview = ReviewOfKind<'random'>;
/** A finished review of a case picked because something seemed wrong with it; such cases say nothing about the others. */
export type RiskReview = ReviewOfKind<'risk'>;
/** A review made to compare reviewers; it is no measurement of the service. */
export type CalibrationReview = ReviewOfKind<'calibration'>;
export type Review = RandomReview | RiskReview | CalibrationReview;

/** What is known of the quality of a case drawn at random, its reviews combined. */
export interface ScoredCase {
  readonly caseId: string;
  /** How many reviews were combined. */
  readonly reviews: number;
  readonly score: number;
  /** Which part of them is 0. */
  readonly zeroed: number;
  readonly lost: readonly LostPoints[];
}

/** Reviews of risk or calibration among those of a random sample. */
export class MixedReviewsError extends Error {
  override readonly name = 'MixedReviewsError';

  constructor(review: Review) {
    super(`the review of case ${review.caseId} is of kind ${review.kind}: estimates take random ones only`);
  }
}

/**
 * Combines the reviews of each case: a case scored twice counts once, with the mean of its scores and of its lost points, so that
 * reviewers who differ widen the interval instead of making the sample look larger. Errors: MixedReviewsError.
 */
export function combineReviews(reviews: readonly RandomReview[]): ScoredCase[] {
  const byCase = Map.groupBy(reviews, (review) => {
    if (review.kind !== 'random') throw new MixedReviewsError(review);
    return review.caseId;
  });
  return [...byCase].map(([caseId, of]) => ({
    caseId,
    reviews: of.length,
    score: of.reduce((sum, { score }) => sum + score, 0) / of.length,
    zeroed: of.filter(({ score }) => score === 0).length / of.length,
    lost: of.flatMap(({ lost }) => lost.map((one) => ({ ...one, points: one.points / of.length }))),
  }));
}
