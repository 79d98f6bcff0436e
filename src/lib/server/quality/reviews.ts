import type { Principal, Scope } from '#lib/access/principal.ts';
import { AnswerError, answerProblems } from '#lib/qa/answers.ts';
import type { CaseFacts } from '#lib/qa/applicability.ts';
import { type ReviewContent, factsSchema, reviewContentSchema } from '#lib/qa/review_schema.ts';
import { type ReviewScore, scoreReview } from '#lib/qa/score.ts';
import type { Scorecard } from '#lib/qa/scorecard.ts';
import { type CaseFile, type CaseHead, openCase } from '../case_file.ts';
import { QualityError } from '../store/quality_error.ts';
import * as reviews from '../store/reviews.ts';
import type { Store } from '../store/store.ts';
import type { Warehouse } from '../warehouse.ts';
import { pinnedCard } from './cards.ts';

/** A review with all that its reviewer looks at; the file null where the case left the data. */
export interface OpenReview {
  review: Omit<reviews.StoredReview, 'content' | 'facts'>;
  content: ReviewContent;
  card: Scorecard;
  facts: CaseFacts;
  score: ReviewScore;
  file: CaseFile | null;
}

/** Opens a review. Errors: AccessError, QualityError. */
export async function openReview(
  { store, warehouse, scope }: { store: Store; warehouse: Warehouse; scope: Scope },
  by: Principal,
  id: number,
): Promise<OpenReview> {
  const { content: stored, facts: kept, ...review } = await reviews.openReview(store, by, id);
  const [card, file] = await Promise.all([pinnedCard(store, by, review), openCase(warehouse, scope, review.caseId)]);
  const content = reviewContentSchema.parse(stored);
  const facts = factsOf({ facts: kept }, file?.head ?? null);
  return { review, content, card, facts, score: scoreReview(card, facts, content.answers), file };
}

/** What conditions of a card ask of a case: as it was when the review became final, until then as it is. */
export function factsOf({ facts }: Pick<reviews.StoredReview, 'facts'>, head: CaseHead | null): CaseFacts {
  if (facts !== null) return factsSchema.parse(facts);
  return {
    request_type: head?.request_type ?? null,
    channel: head?.channel ?? null,
    severity: head?.severity ?? null,
    brand: head?.brand_id ?? null,
    platform: head?.platform ?? null,
  };
}

/** Keeps what a reviewer wrote so far. Errors: as `saveReview` of the store; AnswerError for answers that the card does not allow. */
export async function saveDraftReview(
  store: Store,
  by: Principal,
  id: number,
  save: reviews.ReviewSave & { content: ReviewContent },
): Promise<{ revision: number; savedAt: string }> {
  const card = await pinnedCard(store, by, await reviews.openReview(store, by, id));
  const problems = answerProblems(card, save.content.answers);
  if (problems.length > 0) throw new AnswerError(card, problems);
  return reviews.saveReview(store, by, id, save);
}

/** Makes a review final; returns its score and the one to do next. Errors: as `saveReview`; QualityError `incomplete` where a criterion that applies has no answer. */
export async function submitReview(
  { store, warehouse, scope }: { store: Store; warehouse: Warehouse; scope: Scope },
  by: Principal & { name: string },
  id: number,
  save: reviews.ReviewSave & { content: ReviewContent },
): Promise<{ score: number; next: number | null }> {
  const { review, card, facts } = await openReview({ store, warehouse, scope }, by, id);
  const scored = scoreReview(card, facts, save.content.answers);
  if (scored.score === null) throw new QualityError('incomplete');
  const isCritical = scored.criteria.some(({ zeroes }) => zeroes !== null);
  await reviews.submitReview(store, by, id, save, { score: scored.score, isCritical, facts });
  return { score: scored.score, next: await nextReview(store, by, review) };
}

/** The open review that follows one in a reviewer's queue, round to its beginning; null when all others are done. */
export async function nextReview(
  store: Store,
  by: Principal,
  after: Pick<reviews.StoredReview, 'id' | 'dueAt'>,
): Promise<number | null> {
  const open = await reviews.listReviews(store, by, { mine: true, states: ['assigned', 'draft'] });
  const others = open.filter(({ id }) => id !== after.id);
  const isLater = ({ id, dueAt }: Pick<reviews.StoredReview, 'id' | 'dueAt'>): boolean =>
    dueAt > after.dueAt || (dueAt === after.dueAt && id > after.id);
  return (others.find(isLater) ?? others[0])?.id ?? null;
}
