import { type Principal, scopeOf } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import { isTakenIn } from './owned.ts';
import { QualityError } from './quality_error.ts';
import { isReviewVisible } from './review_access.ts';
import { noteChange, openReview } from './reviews.ts';
import type { Store } from './store.ts';

const dayMs = 86_400_000;
/** How long after a review is final it can be disputed, and how long an answer may take before it is overdue. */
export const appealDays = { window: 7, answer: 3 } as const;

type Named = Principal & { name: string };

export interface StoredAppeal {
  id: number;
  reviewId: number;
  caseId: string;
  agentId: string | null;
  vendorId: string | null;
  criterionId: string;
  argument: string;
  madeBy: string;
  madeAt: string;
  answerDueAt: string;
  reviewerId: string;
  reviewerName: string;
  answer: string | null;
  answeredAt: string | null;
  decision: 'upheld' | 'rejected' | null;
  decisionText: string | null;
  decidedAt: string | null;
  state: 'open' | 'overdue' | 'answered' | 'decided';
}

/** Disputes a criterion of a final review. Errors: AccessError; QualityError `missing`, `not_open` once the window is over, `taken` where one is open. */
export async function makeAppeal(
  store: Store,
  by: Named,
  reviewId: number,
  { criterionId, argument }: { criterionId: string; argument: string },
  now = new Date(),
): Promise<number> {
  if (!may(by.role, 'appeal')) throw new AccessError('appeal');
  const review = await openReview(store, by, reviewId);
  const end = review.submittedAt === null ? 0 : Date.parse(review.submittedAt) + appealDays.window * dayMs;
  if (now.getTime() > end) throw new QualityError('not_open');
  return store.db.transaction().execute(async (transaction) => {
    const made = await transaction
      .insertInto('appeals')
      .values({
        review_id: reviewId,
        criterion_id: criterionId,
        argument,
        made_by: by.userId,
        made_at: now,
        answer_due_at: new Date(now.getTime() + appealDays.answer * dayMs),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) throw new QualityError('taken');
    await noteChange(
      transaction,
      reviewId,
      { id: by.userId, name: by.name },
      'appealed',
      { criterionId, argument },
      now,
    );
    return made.id;
  });
}

/** The reviewer's own word on an appeal. Errors: AccessError; QualityError `missing`, `not_open`. */
export async function answerAppeal(
  store: Store,
  by: Named,
  id: number,
  answer: string,
  now = new Date(),
): Promise<void> {
  if (!may(by.role, 'review')) throw new AccessError('review');
  await store.db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('appeals')
      .innerJoin('reviews', 'reviews.id', 'appeals.review_id')
      .select(['appeals.review_id', 'appeals.criterion_id', 'appeals.decided_at', 'appeals.answered_at'])
      .where('appeals.id', '=', id)
      .where('reviews.reviewer_id', '=', by.userId)
      .where(isTakenIn(scopeOf(by), 'reviews'))
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new QualityError('missing');
    if (row.decided_at !== null || row.answered_at !== null) throw new QualityError('not_open');
    await transaction
      .updateTable('appeals')
      .set({ answer, answered_by: by.userId, answered_at: now })
      .where('id', '=', id)
      .execute();
    const detail = { criterionId: row.criterion_id, answer };
    await noteChange(transaction, row.review_id, { id: by.userId, name: by.name }, 'answered', detail, now);
  });
}

/** What a decision that upholds an appeal makes of the review, on top of the revision it was made from. */
export interface Correction {
  revision: number;
  content: object;
  score: number;
  isCritical: boolean;
}

/** Decides an appeal; one that is upheld corrects the review. Errors: AccessError; QualityError `missing`, `not_open`, `outdated` where the review changed meanwhile. */
export async function decideAppeal(
  store: Store,
  by: Named,
  id: number,
  { text, correction }: { text: string; correction: Correction | null },
  now = new Date(),
): Promise<void> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  await store.db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('appeals')
      .innerJoin('reviews', 'reviews.id', 'appeals.review_id')
      .select(['appeals.review_id', 'appeals.criterion_id', 'appeals.decided_at', 'reviews.score', 'reviews.revision'])
      .where('appeals.id', '=', id)
      .where(isTakenIn(scopeOf(by), 'reviews'))
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new QualityError('missing');
    if (row.decided_at !== null) throw new QualityError('not_open');
    if (correction && correction.revision !== row.revision) throw new QualityError('outdated');
    const decision = correction ? ('upheld' as const) : ('rejected' as const);
    await transaction
      .updateTable('appeals')
      .set({ decision, decision_text: text, decided_by: by.userId, decided_at: now })
      .where('id', '=', id)
      .execute();
    if (correction)
      await transaction
        .updateTable('reviews')
        .set({
          content: JSON.stringify(correction.content),
          score: correction.score,
          is_critical: correction.isCritical,
          revision: row.revision + 1,
        })
        .where('id', '=', row.review_id)
        .execute();
    const scores = correction ? { scoreBefore: row.score, score: correction.score } : {};
    const detail = { criterionId: row.criterion_id, decision, text, ...scores };
    await noteChange(transaction, row.review_id, { id: by.userId, name: by.name }, 'decided', detail, now);
  });
}

/** The appeals against reviews that a principal may see, those waiting first. Errors: AccessError. */
export async function listAppeals(store: Store, by: Principal, now = new Date()): Promise<StoredAppeal[]> {
  if (!may(by.role, 'quality')) throw new AccessError('quality');
  const rows = await store.db
    .selectFrom('appeals')
    .innerJoin('reviews', 'reviews.id', 'appeals.review_id')
    .innerJoin('samples', 'samples.id', 'reviews.sample_id')
    .innerJoin('users as reviewer', 'reviewer.id', 'reviews.reviewer_id')
    .innerJoin('users as maker', 'maker.id', 'appeals.made_by')
    .selectAll('appeals')
    .select(['reviews.case_id', 'reviews.agent_id', 'reviews.vendor_id', 'reviews.reviewer_id'])
    .select(['reviewer.name as reviewer_name', 'maker.name as maker_name'])
    .where(isReviewVisible(by))
    .orderBy('decided_at', (order) => order.desc().nullsFirst())
    .orderBy('answer_due_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    reviewId: row.review_id,
    caseId: row.case_id,
    agentId: row.agent_id,
    vendorId: row.vendor_id,
    criterionId: row.criterion_id,
    argument: row.argument,
    madeBy: row.maker_name,
    madeAt: row.made_at.toISOString(),
    answerDueAt: row.answer_due_at.toISOString(),
    reviewerId: row.reviewer_id,
    reviewerName: row.reviewer_name,
    answer: row.answer,
    answeredAt: row.answered_at?.toISOString() ?? null,
    decision: row.decision,
    decisionText: row.decision_text,
    decidedAt: row.decided_at?.toISOString() ?? null,
    state: stateOf(row, now),
  }));
}

function stateOf(
  row: { decided_at: Date | null; answered_at: Date | null; answer_due_at: Date },
  now: Date,
): StoredAppeal['state'] {
  if (row.decided_at !== null) return 'decided';
  if (row.answered_at !== null) return 'answered';
  return row.answer_due_at < now ? 'overdue' : 'open';
}
