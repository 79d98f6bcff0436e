import type { Principal } from '#lib/access/principal.ts';
import { alignmentWith } from '#lib/qa/alignment.ts';
import type { Answer } from '#lib/qa/answers.ts';
import { reviewContentSchema } from '#lib/qa/review_schema.ts';
import { type Scorecard, criteriaOf } from '#lib/qa/scorecard.ts';
import type { StoredCalibration } from '../store/calibrations.ts';
import { listReviews } from '../store/reviews.ts';
import type { Store } from '../store/store.ts';
import { pinnedCard } from './cards.ts';
import { factsOf } from './reviews.ts';

/** A rating in a calibration, null where there is none, and whether it is another than the reference. */
export interface CalibratedRating {
  answer: Answer | null;
  differs: boolean;
}

/** What everybody gave one case, in the order of the raters: reference first. */
export interface CalibratedCase {
  caseId: string;
  scores: (number | null)[];
  criteria: { criterionId: string; ratings: CalibratedRating[] }[];
}

/** How near a reviewer came to the reference over the cases that both scored. */
export interface RaterAlignment {
  userId: string;
  name: string;
  cases: number;
  /** The mean over cases, from 0 to 1; null without any. */
  alignment: number | null;
  /** Cases in which only one of the two failed a critical criterion. */
  criticalMismatches: number;
  /** By how many points they score higher than the reference, in the mean. */
  difference: number | null;
}

/** What came of a calibration; as far as the principal may see it. */
export interface CalibrationResults {
  card: Scorecard;
  raters: { userId: string; name: string; isReference: boolean }[];
  cases: CalibratedCase[];
  alignments: RaterAlignment[];
}

/** Sets the ratings of a calibration beside each other; null until its results are open. Errors: AccessError, QualityError. */
export async function resultsOf(
  store: Store,
  by: Principal,
  calibration: StoredCalibration,
): Promise<CalibrationResults | null> {
  if (!calibration.results) return null;
  const [card, visible] = await Promise.all([
    pinnedCard(store, by, calibration),
    listReviews(store, by, { sampleId: calibration.sampleId, states: ['submitted'] }),
  ]);
  const reviews = visible.map((review) => ({ ...review, answers: reviewContentSchema.parse(review.content).answers }));
  const raters = calibration.raters
    .filter(({ userId }) => reviews.some(({ reviewerId }) => reviewerId === userId))
    .map(({ userId, name, part }) => ({ userId, name, isReference: part === 'reference' }));
  const byCase = [...Map.groupBy(reviews, ({ caseId }) => caseId)];
  const cases = byCase.map(([caseId, of]): CalibratedCase => {
    const given = raters.map(({ userId }) => of.find(({ reviewerId }) => reviewerId === userId) ?? null);
    const reference = of.find(({ part }) => part === 'reference') ?? null;
    return {
      caseId,
      scores: given.map((review) => review?.score ?? null),
      criteria: criteriaOf(card).flatMap(({ id }) => {
        const answers = given.map((review) => review?.answers[id] ?? null);
        if (answers.every((answer) => answer === null)) return [];
        const expected = reference?.answers[id] ?? null;
        return [
          {
            criterionId: id,
            ratings: answers.map((answer) => ({
              answer,
              differs: answer !== null && expected !== null && !isSame(answer, expected),
            })),
          },
        ];
      }),
    };
  });
  const alignments = raters
    .filter(({ isReference }) => !isReference)
    .map(({ userId, name }): RaterAlignment => {
      const compared = byCase.flatMap(([, of]) => {
        const own = of.find(({ reviewerId }) => reviewerId === userId);
        const reference = of.find(({ part }) => part === 'reference');
        if (!own || !reference) return [];
        const facts = factsOf(reference, null);
        return [{ own, reference, aligned: alignmentWith(card, facts, own.answers, reference.answers) }];
      });
      const means = compared.flatMap(({ aligned }) => aligned.alignment ?? []);
      const apart = compared.flatMap(({ own, reference }) =>
        own.score === null || reference.score === null ? [] : [own.score - reference.score],
      );
      return {
        userId,
        name,
        cases: compared.length,
        alignment: meanOf(means),
        criticalMismatches: compared.filter(({ aligned }) =>
          aligned.criteria.some(({ criticalMismatch }) => criticalMismatch),
        ).length,
        difference: meanOf(apart),
      };
    });
  return { card, raters, cases, alignments };
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Tells whether two answers rate alike; what they name as causes may differ. */
export function isSame(a: Answer, b: Answer): boolean {
  if (a.kind === 'level' && b.kind === 'level') return a.level === b.level;
  if (a.kind !== 'deductions' || b.kind !== 'deductions') return a.kind === b.kind;
  const ids = new Set([...Object.keys(a.counts), ...Object.keys(b.counts)]);
  return [...ids].every((id) => (a.counts[id] ?? 0) === (b.counts[id] ?? 0));
}
