import type { ReviewScore } from './score.ts';

/** Points of 100 that a review lost at a criterion, to one root cause; null: none was named. */
export interface LostPoints {
  readonly criterionId: string;
  readonly rootCauseId: string | null;
  readonly points: number;
}

/** Lists where a review lost points. What a criterion lost is shared evenly by the root causes named, so that all together are 100 − score. */
export function lostPointsOf(review: ReviewScore): LostPoints[] {
  return review.criteria.flatMap(({ criterionId, lost, lostToCritical, rootCauses }) => {
    const causes = rootCauses.length === 0 ? [null] : [...new Set(rootCauses)];
    const points = (lost + lostToCritical) / causes.length;
    return points > 0 ? causes.map((rootCauseId) => ({ criterionId, rootCauseId, points })) : [];
  });
}
