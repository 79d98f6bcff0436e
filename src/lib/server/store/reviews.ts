import type { Selectable, Transaction } from 'kysely';
import { type Principal, scopeOf } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import type { Database } from './database.ts';
import { isTakenIn } from './owned.ts';
import { QualityError } from './quality_error.ts';
import { isNotOver, isReviewVisible } from './review_access.ts';
import type { Store } from './store.ts';

export type ReviewState = 'assigned' | 'draft' | 'submitted';
export type ReviewPart = 'first' | 'second' | 'reference';

/** A review as the store knows it; `content` is what the workspace wrote, an object. */
export interface StoredReview {
  id: number;
  sampleId: number;
  sampleName: string;
  kind: 'random' | 'risk' | 'calibration';
  caseId: string;
  brandId: string;
  vendorId: string | null;
  agentId: string | null;
  part: ReviewPart;
  reviewerId: string;
  reviewerName: string;
  cardId: string;
  cardVersion: number;
  state: ReviewState;
  content: object;
  /** What conditions of the card asked of the case when the review became final; null until then. */
  facts: object | null;
  revision: number;
  /** 0 to 100; null until it is submitted. */
  score: number | null;
  isCritical: boolean | null;
  activeSeconds: number;
  dueAt: string;
  savedAt: string | null;
  submittedAt: string | null;
}

/** One save of a draft, on top of the revision that the workspace has. */
export interface ReviewSave {
  revision: number;
  content: object;
  /** Seconds of work on the review since the last save, at most an hour. */
  workedSeconds: number;
}

export interface ReviewFilter {
  mine?: boolean;
  states?: readonly ReviewState[];
  kinds?: readonly StoredReview['kind'][];
  sampleId?: number;
  caseId?: string;
  ids?: readonly number[];
  submittedSince?: Date;
  /** So many that were submitted last, the latest first. */
  latest?: number;
}

type Row = Awaited<ReturnType<ReturnType<typeof visibleReviews>['execute']>>[number];

function visibleReviews(db: Store['db'] | Transaction<Database>, by: Principal) {
  return db
    .selectFrom('reviews')
    .innerJoin('samples', 'samples.id', 'reviews.sample_id')
    .innerJoin('users', 'users.id', 'reviews.reviewer_id')
    .selectAll('reviews')
    .select(['samples.name', 'samples.kind', 'samples.card_id', 'samples.card_version', 'samples.due_at'])
    .select('users.name as reviewer_name')
    .where(isReviewVisible(by));
}

/** The reviews that a principal may see, those due first. Errors: AccessError. */
export async function listReviews(store: Store, by: Principal, filter: ReviewFilter = {}): Promise<StoredReview[]> {
  if (!may(by.role, 'quality')) throw new AccessError('quality');
  let query = visibleReviews(store.db, by);
  if (filter.mine) query = query.where('reviews.reviewer_id', '=', by.userId);
  if (filter.states) query = query.where('reviews.state', 'in', filter.states);
  if (filter.kinds) query = query.where('samples.kind', 'in', filter.kinds);
  if (filter.sampleId !== undefined) query = query.where('reviews.sample_id', '=', filter.sampleId);
  if (filter.caseId !== undefined) query = query.where('reviews.case_id', '=', filter.caseId);
  if (filter.ids) query = query.where('reviews.id', 'in', filter.ids);
  if (filter.submittedSince) query = query.where('reviews.submitted_at', '>=', filter.submittedSince);
  query =
    filter.latest === undefined
      ? query.orderBy('samples.due_at').orderBy('reviews.id')
      : query.orderBy('reviews.submitted_at', 'desc').orderBy('reviews.id', 'desc').limit(filter.latest);
  return (await query.execute()).map(toReview);
}

/** One review. Errors: AccessError; QualityError where there is none that the principal may see. */
export async function openReview(store: Store, by: Principal, id: number): Promise<StoredReview> {
  if (!may(by.role, 'quality')) throw new AccessError('quality');
  const row = await visibleReviews(store.db, by).where('reviews.id', '=', id).executeTakeFirst();
  if (!row) throw new QualityError('missing');
  return toReview(row);
}

/** Keeps what a reviewer wrote so far. Errors: AccessError; QualityError `outdated` where another window saved, `submitted`, `missing`. */
export async function saveReview(
  store: Store,
  by: Principal,
  id: number,
  { revision, content, workedSeconds }: ReviewSave,
  now = new Date(),
): Promise<{ revision: number; savedAt: string }> {
  return store.db.transaction().execute(async (transaction) => {
    const own = await lockOwn(transaction, by, id, revision);
    const seconds = Math.min(3600, Math.max(0, Math.round(workedSeconds)));
    await transaction
      .updateTable('reviews')
      .set({
        state: 'draft',
        content: JSON.stringify(content),
        revision: revision + 1,
        active_seconds: own.active_seconds + seconds,
        started_at: own.started_at ?? now,
        saved_at: now,
      })
      .where('id', '=', id)
      .execute();
    return { revision: revision + 1, savedAt: now.toISOString() };
  });
}

/** Makes a draft final, with the score that its answers give. Errors: as `saveReview`. */
export async function submitReview(
  store: Store,
  by: Principal & { name: string },
  id: number,
  { revision, content, workedSeconds }: ReviewSave,
  { score, isCritical, facts }: { score: number; isCritical: boolean; facts: object },
  now = new Date(),
): Promise<void> {
  await store.db.transaction().execute(async (transaction) => {
    const own = await lockOwn(transaction, by, id, revision);
    const seconds = Math.min(3600, Math.max(0, Math.round(workedSeconds)));
    await transaction
      .updateTable('reviews')
      .set({
        state: 'submitted',
        content: JSON.stringify(content),
        facts: JSON.stringify(facts),
        revision: revision + 1,
        score,
        is_critical: isCritical,
        active_seconds: own.active_seconds + seconds,
        started_at: own.started_at ?? now,
        saved_at: now,
        submitted_at: now,
        first_content: JSON.stringify(content),
        first_score: score,
      })
      .where('id', '=', id)
      .execute();
    await noteChange(transaction, id, { id: by.userId, name: by.name }, 'submitted', { score, isCritical }, now);
  });
}

/** An entry of a review's history. */
export interface ReviewChange {
  at: string;
  actor: string;
  kind: string;
  detail: Record<string, unknown>;
}

/** What happened to a review since it is final. Errors: as `openReview`. */
export async function historyOf(store: Store, by: Principal, id: number): Promise<ReviewChange[]> {
  await openReview(store, by, id);
  const rows = await store.db
    .selectFrom('review_changes')
    .select(['at', 'actor', 'kind', 'detail'])
    .where('review_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString(), detail: { ...row.detail } }));
}

/** Adds to the history of a review, which only grows. */
export async function noteChange(
  transaction: Transaction<Database>,
  reviewId: number,
  actor: { id: string; name: string },
  kind: string,
  detail: object,
  now: Date,
): Promise<void> {
  await transaction
    .insertInto('review_changes')
    .values({
      review_id: reviewId,
      at: now,
      actor_id: actor.id,
      actor: actor.name,
      kind,
      detail: JSON.stringify(detail),
    })
    .execute();
}

/** Takes hold of a review of one's own for a change. */
async function lockOwn(
  transaction: Transaction<Database>,
  by: Principal,
  id: number,
  revision: number,
): Promise<Selectable<Database['reviews']>> {
  if (!may(by.role, 'review')) throw new AccessError('review');
  const row = await transaction
    .selectFrom('reviews')
    .selectAll()
    .where('id', '=', id)
    .where('reviewer_id', '=', by.userId)
    .where(isTakenIn(scopeOf(by), 'reviews'))
    .where(isNotOver)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new QualityError('missing');
  if (row.state === 'submitted') throw new QualityError('submitted');
  if (row.revision !== revision) throw new QualityError('outdated');
  return row;
}

function toReview(row: Row): StoredReview {
  return {
    id: row.id,
    sampleId: row.sample_id,
    sampleName: row.name,
    kind: row.kind,
    caseId: row.case_id,
    brandId: row.brand_id,
    vendorId: row.vendor_id,
    agentId: row.agent_id,
    part: row.part,
    reviewerId: row.reviewer_id,
    reviewerName: row.reviewer_name,
    cardId: row.card_id,
    cardVersion: row.card_version,
    state: row.state,
    content: row.content,
    facts: row.facts,
    revision: row.revision,
    score: row.score,
    isCritical: row.is_critical,
    activeSeconds: row.active_seconds,
    dueAt: row.due_at.toISOString(),
    savedAt: row.saved_at?.toISOString() ?? null,
    submittedAt: row.submitted_at?.toISOString() ?? null,
  };
}
