import type { Principal } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import { isReviewVisible } from './review_access.ts';
import type { ReviewPart } from './reviews.ts';
import type { Store } from './store.ts';

/** A review as it was submitted, of a case that others scored too. */
export interface StoredRating {
  sampleId: number;
  caseId: string;
  kind: 'random' | 'risk' | 'calibration';
  cardId: string;
  cardVersion: number;
  part: ReviewPart;
  reviewerId: string;
  reviewerName: string;
  content: object;
  /** What conditions of the card asked of the case. */
  facts: object | null;
  score: number | null;
  submittedAt: string;
}

/**
 * The reviews, as first submitted since an instant, of cases that two or more scored: blind doubles and calibrations with open
 * results. Who does not manage quality gets the cases they scored themselves. Errors: AccessError.
 */
export async function listRatings(store: Store, by: Principal, since: Date): Promise<StoredRating[]> {
  if (!may(by.role, 'review')) throw new AccessError('review');
  let query = store.db
    .selectFrom('reviews')
    .innerJoin('samples', 'samples.id', 'reviews.sample_id')
    .innerJoin('users', 'users.id', 'reviews.reviewer_id')
    .select(['reviews.sample_id', 'reviews.case_id', 'reviews.part', 'reviews.reviewer_id', 'reviews.submitted_at'])
    .select(['reviews.first_content', 'reviews.first_score', 'reviews.facts', 'users.name as reviewer_name'])
    .select(['samples.kind', 'samples.card_id', 'samples.card_version'])
    .where('reviews.state', '=', 'submitted')
    .where('reviews.submitted_at', '>=', since)
    .where(isReviewVisible(by))
    .where((of) =>
      of.or([
        of('samples.kind', '<>', 'calibration'),
        of.exists(
          of
            .selectFrom('calibration_results')
            .select('calibration_results.sample_id')
            .whereRef('calibration_results.sample_id', '=', 'samples.id'),
        ),
      ]),
    )
    .where((of) =>
      of.exists(
        of
          .selectFrom('reviews as twin')
          .select('twin.id')
          .whereRef('twin.sample_id', '=', 'reviews.sample_id')
          .whereRef('twin.case_id', '=', 'reviews.case_id')
          .whereRef('twin.id', '<>', 'reviews.id')
          .where('twin.state', '=', 'submitted'),
      ),
    );
  if (!may(by.role, 'manage_quality'))
    query = query.where((of) =>
      of.exists(
        of
          .selectFrom('reviews as mine')
          .select('mine.id')
          .whereRef('mine.sample_id', '=', 'reviews.sample_id')
          .whereRef('mine.case_id', '=', 'reviews.case_id')
          .where('mine.reviewer_id', '=', by.userId),
      ),
    );
  const rows = await query.orderBy('reviews.submitted_at').orderBy('reviews.id').execute();
  return rows.flatMap((row) =>
    row.first_content === null || row.submitted_at === null
      ? []
      : [
          {
            sampleId: row.sample_id,
            caseId: row.case_id,
            kind: row.kind,
            cardId: row.card_id,
            cardVersion: row.card_version,
            part: row.part,
            reviewerId: row.reviewer_id,
            reviewerName: row.reviewer_name,
            content: row.first_content,
            facts: row.facts,
            score: row.first_score,
            submittedAt: row.submitted_at.toISOString(),
          },
        ],
  );
}
