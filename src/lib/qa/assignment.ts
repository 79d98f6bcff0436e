import { drawOrder } from './draw_order.ts';
import { portableHash, type Hash } from './hash.ts';
import type { SampledCase } from './sample.ts';

/** A case to be reviewed, by as many different reviewers as `reviews` says. */
export interface ReviewTask {
  readonly caseId: string;
  readonly reviews: number;
}

/** Somebody who reviews, at most `limit` cases of this round. */
export interface Reviewer {
  readonly reviewerId: string;
  readonly limit: number;
}

export interface Assignment {
  readonly caseId: string;
  readonly reviewerId: string;
}

/** Who reviews what, in the order of the tasks, and the tasks that nobody is left for with the reviews they still need. */
export interface Plan {
  readonly assignments: readonly Assignment[];
  readonly unassigned: readonly ReviewTask[];
}

/** Makes tasks of sampled cases: a random `share` of them (0 to 1, rounded up) is scored twice, to measure how far reviewers agree. */
export function reviewTasks(
  cases: readonly SampledCase[],
  share: number,
  seed: string,
  hash: Hash = portableHash,
): ReviewTask[] {
  const twice = drawOrder(cases, `${seed}\ntwice`, hash).slice(0, Math.ceil(share * cases.length - 1e-9));
  const ids = new Set(twice.map(({ caseId }) => caseId));
  return cases.map(({ caseId }) => ({ caseId, reviews: ids.has(caseId) ? 2 : 1 }));
}

/**
 * Assigns cases to reviewers in turn: each review goes to the one with fewest so far, of equal ones the first in the list.
 * Nobody gets more than their limit, a case twice, or one that `conflicts` keeps from them (their own, their team's). Where only
 * somebody with a full list could take a case, one of theirs moves to another, so that as many reviews as possible are assigned.
 */
export function assignReviews(
  tasks: readonly ReviewTask[],
  reviewers: readonly Reviewer[],
  conflicts: (reviewerId: string, caseId: string) => boolean,
): Plan {
  const held = new Map(reviewers.map(({ reviewerId }) => [reviewerId, new Set<string>()]));
  const casesOf = (reviewerId: string) => held.get(reviewerId) ?? new Set<string>();

  const isFull = ({ reviewerId, limit }: Reviewer) => casesOf(reviewerId).size >= limit;

  function place(caseId: string, tried: Set<string>): boolean {
    const able = reviewers
      .filter(({ reviewerId }) => !casesOf(reviewerId).has(caseId) && !conflicts(reviewerId, caseId))
      .toSorted(
        (a, b) => Number(isFull(a)) - Number(isFull(b)) || casesOf(a.reviewerId).size - casesOf(b.reviewerId).size,
      );
    for (const reviewer of able) {
      if (tried.has(reviewer.reviewerId)) continue;
      tried.add(reviewer.reviewerId);
      const cases = casesOf(reviewer.reviewerId);
      const moved = isFull(reviewer) ? [...cases].find((other) => place(other, tried)) : null;
      if (moved === undefined) continue;
      if (moved !== null) cases.delete(moved);
      cases.add(caseId);
      return true;
    }
    return false;
  }

  const unassigned = tasks.flatMap(({ caseId, reviews }) => {
    const missing = Array.from({ length: reviews }).filter(() => !place(caseId, new Set())).length;
    return missing > 0 ? [{ caseId, reviews: missing }] : [];
  });
  const assignments = tasks.flatMap(({ caseId }) =>
    reviewers
      .filter(({ reviewerId }) => casesOf(reviewerId).has(caseId))
      .map(({ reviewerId }) => ({ caseId, reviewerId })),
  );
  return { assignments, unassigned };
}
