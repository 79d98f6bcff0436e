import type { Principal, Scope } from '#lib/access/principal.ts';
import { type Answer, answerProblems, levelsOf } from '#lib/qa/answers.ts';
import { reviewContentSchema } from '#lib/qa/review_schema.ts';
import { scoreReview } from '#lib/qa/score.ts';
import { type Criterion, criteriaOf } from '#lib/qa/scorecard.ts';
import { openCase } from '../case_file.ts';
import { type StoredAppeal, decideAppeal, listAppeals, makeAppeal } from '../store/appeals.ts';
import { QualityError } from '../store/quality_error.ts';
import { listReviews, openReview } from '../store/reviews.ts';
import type { Store } from '../store/store.ts';
import type { Warehouse } from '../warehouse.ts';
import { pinnedCard, pinnedCards } from './cards.ts';
import { factsOf } from './reviews.ts';

/** An appeal with the criterion it is about, as the card of the review has it, and how that was rated. */
export interface OpenAppeal extends StoredAppeal {
  criterion: Criterion | null;
  rating: Answer | null;
}

/** The appeals that a principal may see, with what they are about. Errors: AccessError. */
export async function openAppeals(store: Store, by: Principal): Promise<OpenAppeal[]> {
  const appeals = await listAppeals(store, by);
  if (appeals.length === 0) return [];
  const disputed = await listReviews(store, by, { ids: [...new Set(appeals.map(({ reviewId }) => reviewId))] });
  const reviews = new Map(disputed.map((review) => [review.id, review]));
  const cards = await pinnedCards(store, by, disputed);
  return appeals.flatMap((appeal): OpenAppeal[] => {
    const review = reviews.get(appeal.reviewId);
    const card = review && cards.get(`${review.cardId}@${review.cardVersion}`);
    if (!card) return [];
    const { answers } = reviewContentSchema.parse(review.content);
    const criterion = criteriaOf(card).find(({ id }) => id === appeal.criterionId) ?? null;
    return [{ ...appeal, criterion, rating: answers[appeal.criterionId] ?? null }];
  });
}

/** Disputes a criterion that a final review answers. Errors: as `makeAppeal`; QualityError `missing` for any other criterion. */
export async function dispute(
  store: Store,
  by: Principal & { name: string },
  reviewId: number,
  asked: { criterionId: string; argument: string },
): Promise<void> {
  const { content } = await openReview(store, by, reviewId);
  const { answers } = reviewContentSchema.parse(content);
  if (!Object.hasOwn(answers, asked.criterionId)) throw new QualityError('missing');
  await makeAppeal(store, by, reviewId, asked);
}

/** The rating that a decision puts in place of the disputed one: a level, 0 for not applicable. */
export type Verdict = { kind: 'rejected' } | { kind: 'upheld'; level: number };

/** Decides an appeal; one that is upheld rates the criterion anew, and the review's score follows. Errors: AccessError, QualityError: `incomplete` for a rating that the card does not allow. */
export async function decide(
  { store, warehouse, scope }: { store: Store; warehouse: Warehouse; scope: Scope },
  by: Principal & { name: string },
  id: number,
  text: string,
  verdict: Verdict,
): Promise<void> {
  if (verdict.kind === 'rejected') return decideAppeal(store, by, id, { text, correction: null });
  const appeal = (await listAppeals(store, by)).find((one) => one.id === id);
  if (!appeal) throw new QualityError('missing');
  const review = await openReview(store, by, appeal.reviewId);
  const card = await pinnedCard(store, by, review);
  const criterion = criteriaOf(card).find((one) => one.id === appeal.criterionId);
  if (!criterion) throw new QualityError('missing');
  const content = reviewContentSchema.parse(review.content);
  const answers = { ...content.answers, [criterion.id]: ratingOf(criterion, verdict.level) };
  if (answerProblems(card, answers).length > 0) throw new QualityError('incomplete');
  const file = await openCase(warehouse, scope, review.caseId);
  const scored = scoreReview(card, factsOf(review, file?.head ?? null), answers);
  if (scored.score === null) throw new QualityError('incomplete');
  const isCritical = scored.criteria.some(({ zeroes }) => zeroes !== null);
  const correction = { revision: review.revision, content: { ...content, answers }, score: scored.score, isCritical };
  await decideAppeal(store, by, id, { text, correction });
}

function ratingOf(criterion: Criterion, level: number): Answer {
  if (level === 0) return { kind: 'not_applicable' };
  if (levelsOf(criterion.scale) === null) return { kind: 'deductions', counts: {}, rootCauses: [] };
  return { kind: 'level', level, rootCauses: [] };
}
