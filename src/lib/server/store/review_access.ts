import { type RawBuilder, sql } from 'kysely';
import { type Principal, scopeOf } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { isTakenIn } from './owned.ts';

/**
 * Writes the condition that a principal may see a row of `reviews` (with its sample as `samples`): one's own; a submitted one in the
 * scope, unless it belongs to a calibration or one still has to score the same case without knowing what others said. Who manages
 * quality sees all in the scope but the twin of a review of their own that is not final.
 */
export function isReviewVisible(by: Principal): RawBuilder<boolean> {
  const own = sql<boolean>`reviews.reviewer_id = ${by.userId}`;
  if (!may(by.role, 'quality')) return sql<boolean>`false`;
  const inScope = isTakenIn(scopeOf(by), 'reviews');
  const isBlind = sql<boolean>`exists (
    select 1 from reviews as mine
    where mine.sample_id = reviews.sample_id and mine.case_id = reviews.case_id
      and mine.reviewer_id = ${by.userId} and mine.state <> 'submitted'
  )`;
  if (may(by.role, 'manage_quality')) return sql<boolean>`(${inScope} and (${own} or not ${isBlind}))`;
  const isOpenTwin = sql<boolean>`exists (
    select 1 from reviews as twin
    where twin.sample_id = reviews.sample_id and twin.case_id = reviews.case_id and twin.state <> 'submitted'
  )`;
  const others = sql<boolean>`(
    reviews.state = 'submitted' and samples.kind <> 'calibration' and not ${isBlind} and not ${isOpenTwin}
  )`;
  return sql<boolean>`(${inScope} and (${own} or ${others}))`;
}
