import { type RawBuilder, sql } from 'kysely';
import { type Principal, scopeOf } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { isTakenIn } from './owned.ts';

const areResultsOpen = sql<boolean>`reviews.sample_id in (select results.sample_id from calibration_results as results)`;

/** The condition that a row of `reviews` can still be worked on: once the results of a calibration are open, nobody scores in it. */
export const isNotOver = sql<boolean>`(reviews.state = 'submitted' or not ${areResultsOpen})`;

/** The condition that a principal still has to score the case of a row: until then they learn nothing of what others found in it. */
export function isToScore(by: Principal, table: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${table}.case_id`)} in (
    select todo.case_id from reviews as todo
    where todo.reviewer_id = ${by.userId} and todo.state <> 'submitted'
      and not exists (select 1 from calibration_results as over where over.sample_id = todo.sample_id)
  )`;
}

/**
 * Writes the condition that a principal may see a row of `reviews` (with its sample as `samples`): one's own; a submitted one in the
 * scope, unless somebody still has to score the same case, or the principal has to in any sample. Of a calibration those see the others who scored the case too, once its
 * results are open. Who manages quality sees all in the scope, but nothing of a case that they have to score themselves.
 */
export function isReviewVisible(by: Principal): RawBuilder<boolean> {
  if (!may(by.role, 'quality')) return sql<boolean>`false`;
  const inScope = isTakenIn(scopeOf(by), 'reviews');
  const isBlind = isToScore(by, 'reviews');
  const isOwn = sql<boolean>`(reviews.reviewer_id = ${by.userId} and ${isNotOver})`;
  if (may(by.role, 'manage_quality')) {
    const isOthers = sql<boolean>`(reviews.reviewer_id <> ${by.userId} and not ${isBlind})`;
    return sql<boolean>`(${inScope} and (${isOwn} or ${isOthers}))`;
  }
  const isOpenTwin = sql<boolean>`(reviews.sample_id, reviews.case_id) in (
    select twin.sample_id, twin.case_id from reviews as twin where twin.state <> 'submitted'
  )`;
  const isMeasured = sql<boolean>`(samples.kind <> 'calibration' and not ${isBlind} and not ${isOpenTwin})`;
  const hasTakenPart = sql<boolean>`exists (
    select 1 from reviews as mine
    where mine.sample_id = reviews.sample_id and mine.case_id = reviews.case_id and mine.reviewer_id = ${by.userId}
      and mine.state = 'submitted'
  )`;
  const isCalibrated = may(by.role, 'review')
    ? sql<boolean>`(samples.kind = 'calibration' and ${areResultsOpen} and ${hasTakenPart} and not ${isBlind})`
    : sql<boolean>`false`;
  return sql<boolean>`(
    ${inScope} and (${isOwn} or (reviews.state = 'submitted' and (${isMeasured} or ${isCalibrated})))
  )`;
}
