import { sql } from 'kysely';
import { type Principal, scopeOf } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import { isTakenIn } from './owned.ts';
import { isNotOver } from './review_access.ts';
import type { Store } from './store.ts';

/** How a reviewer's work went: counts of reviews and of appeals against them. */
export interface ReviewerWork {
  reviewerId: string;
  name: string;
  assigned: number;
  submitted: number;
  /** Not final though due. */
  overdue: number;
  /** Of final reviews; null without any. */
  medianActiveSeconds: number | null;
  /** Final reviews that somebody disputed. */
  appealed: number;
  appeals: number;
  decided: number;
  upheld: number;
  /** Points that scores changed by when an appeal was upheld, on average; null where none was. */
  meanChange: number | null;
}

const count = (condition = sql`true`) => sql<number>`(count(*) filter (where ${condition}))::integer`;

/** The work of everybody who was ever assigned a review in the principal's scope, by name. Errors: AccessError. */
export async function listReviewerWork(store: Store, by: Principal, now = new Date()): Promise<ReviewerWork[]> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  const inScope = isTakenIn(scopeOf(by), 'reviews');
  const work = await store.db
    .selectFrom('reviews')
    .innerJoin('samples', 'samples.id', 'reviews.sample_id')
    .innerJoin('users', 'users.id', 'reviews.reviewer_id')
    .select(['reviewer_id', 'users.name'])
    .select([
      count().as('assigned'),
      count(sql`reviews.state = 'submitted'`).as('submitted'),
      count(sql`reviews.state <> 'submitted' and ${isNotOver} and samples.due_at < ${now}`).as('overdue'),
      sql<number | null>`percentile_cont(0.5) within group (order by active_seconds)
        filter (where reviews.state = 'submitted')`.as('median'),
    ])
    .where(inScope)
    .groupBy(['reviewer_id', 'users.name'])
    .orderBy('users.name')
    .execute();
  const appeals = await store.db
    .selectFrom('appeals')
    .innerJoin('reviews', 'reviews.id', 'appeals.review_id')
    .select('reviewer_id')
    .select([
      sql<number>`count(distinct reviews.id)::integer`.as('appealed'),
      count().as('appeals'),
      count(sql`decision is not null`).as('decided'),
      count(sql`decision = 'upheld'`).as('upheld'),
    ])
    .where(inScope)
    .groupBy('reviewer_id')
    .execute();
  const changes = await store.db
    .selectFrom('review_changes')
    .innerJoin('reviews', 'reviews.id', 'review_changes.review_id')
    .select('reviewer_id')
    .select(
      sql<number>`avg((detail->>'score')::double precision - (detail->>'scoreBefore')::double precision)`.as('mean'),
    )
    .where('review_changes.kind', '=', 'decided')
    .where(sql<boolean>`detail->>'decision' = 'upheld'`)
    .where(inScope)
    .groupBy('reviewer_id')
    .execute();
  return work.map(({ reviewer_id: reviewerId, median, ...row }) => {
    const disputed = appeals.find((one) => one.reviewer_id === reviewerId);
    return {
      ...row,
      reviewerId,
      medianActiveSeconds: median,
      appealed: disputed?.appealed ?? 0,
      appeals: disputed?.appeals ?? 0,
      decided: disputed?.decided ?? 0,
      upheld: disputed?.upheld ?? 0,
      meanChange: changes.find((one) => one.reviewer_id === reviewerId)?.mean ?? null,
    };
  });
}
