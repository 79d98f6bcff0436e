import { type Principal, scopeOf } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import { QualityError } from './quality_error.ts';
import { isTakenIn } from './owned.ts';
import type { ReviewPart } from './reviews.ts';
import type { Store } from './store.ts';

/** Somebody who scores in a calibration, and how far they are. */
export interface Rater {
  userId: string;
  name: string;
  /** `reference`: what the others are compared with. */
  part: ReviewPart;
  cases: number;
  submitted: number;
}

export interface StoredCalibration {
  sampleId: number;
  name: string;
  cardId: string;
  cardVersion: number;
  dueAt: string;
  /** The one who sets the reference first. */
  raters: Rater[];
  /** Null while everybody still scores on their own. */
  results: { openedAt: string; openedBy: string } | null;
  discussion: string;
  discussedBy: string | null;
  discussedAt: string | null;
}

/** The calibrations that a principal takes part in, or manages, latest first. Errors: AccessError. */
export async function listCalibrations(store: Store, by: Principal): Promise<StoredCalibration[]> {
  if (!may(by.role, 'review')) throw new AccessError('review');
  let query = store.db
    .selectFrom('samples')
    .innerJoin('reviews', 'reviews.sample_id', 'samples.id')
    .innerJoin('users', 'users.id', 'reviews.reviewer_id')
    .leftJoin('calibration_results as results', 'results.sample_id', 'samples.id')
    .leftJoin('users as opener', 'opener.id', 'results.opened_by')
    .leftJoin('users as discusser', 'discusser.id', 'results.discussed_by')
    .select(['samples.id', 'samples.name', 'samples.card_id', 'samples.card_version', 'samples.due_at'])
    .select(['reviews.reviewer_id', 'users.name as reviewer_name', 'reviews.part', 'reviews.state'])
    .select(['results.opened_at', 'results.discussion', 'results.discussed_at'])
    .select(['opener.name as opened_by', 'discusser.name as discussed_by'])
    .where('samples.kind', '=', 'calibration')
    .where(isTakenIn(scopeOf(by), 'reviews'));
  if (!may(by.role, 'manage_quality'))
    query = query.where((of) =>
      of.exists(
        of
          .selectFrom('reviews as mine')
          .select('mine.id')
          .whereRef('mine.sample_id', '=', 'samples.id')
          .where('mine.reviewer_id', '=', by.userId),
      ),
    );
  const rows = await query
    .orderBy('samples.made_at', 'desc')
    .orderBy('samples.id', 'desc')
    .orderBy('users.name')
    .execute();
  return [...Map.groupBy(rows, ({ id }) => id)].map(([sampleId, of]): StoredCalibration => {
    const [row] = of;
    if (!row) throw new QualityError('missing');
    const raters = [...Map.groupBy(of, ({ reviewer_id }) => reviewer_id)].map(([userId, reviews]) => ({
      userId,
      name: reviews[0]?.reviewer_name ?? userId,
      part: reviews.some(({ part }) => part === 'reference') ? ('reference' as const) : ('first' as const),
      cases: reviews.length,
      submitted: reviews.filter(({ state }) => state === 'submitted').length,
    }));
    return {
      sampleId,
      name: row.name,
      cardId: row.card_id,
      cardVersion: row.card_version,
      dueAt: row.due_at.toISOString(),
      raters: raters.sort((a, b) => Number(b.part === 'reference') - Number(a.part === 'reference')),
      results: row.opened_at && { openedAt: row.opened_at.toISOString(), openedBy: row.opened_by ?? '' },
      discussion: row.discussion ?? '',
      discussedBy: row.discussed_by,
      discussedAt: row.discussed_at?.toISOString() ?? null,
    };
  });
}

/** One calibration. Errors: AccessError; QualityError `missing`. */
export async function openCalibration(store: Store, by: Principal, sampleId: number): Promise<StoredCalibration> {
  const found = (await listCalibrations(store, by)).find((one) => one.sampleId === sampleId);
  if (!found) throw new QualityError('missing');
  return found;
}

/** Tells whether results may be opened: everybody is done, or the deadline has passed. */
export function isReady({ raters, dueAt, results }: StoredCalibration, now = new Date()): boolean {
  const isDone = raters.every(({ cases, submitted }) => submitted === cases);
  return results === null && (isDone || Date.parse(dueAt) < now.getTime());
}

/** Opens the results of a calibration once nobody scores in it, in the scope or outside, or it is due; what is not submitted by then stays out. Errors: AccessError; QualityError `missing`, `too_early`. */
export async function openResults(store: Store, by: Principal, sampleId: number, now = new Date()): Promise<void> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  const calibration = await openCalibration(store, by, sampleId);
  if (calibration.results) return;
  const stillScores = await store.db
    .selectFrom('reviews')
    .select('id')
    .where('sample_id', '=', sampleId)
    .where('state', '<>', 'submitted')
    .limit(1)
    .executeTakeFirst();
  if (stillScores && Date.parse(calibration.dueAt) >= now.getTime()) throw new QualityError('too_early');
  await store.db
    .insertInto('calibration_results')
    .values({ sample_id: sampleId, opened_by: by.userId, opened_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Keeps what was agreed on in the discussion of the results, on top of what was kept at an instant (null: nothing). Errors: AccessError; QualityError `missing`, `outdated` where somebody kept another text since. */
export async function keepDiscussion(
  store: Store,
  by: Principal,
  sampleId: number,
  { text, basedOn }: { text: string; basedOn: string | null },
  now = new Date(),
): Promise<void> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  const { results } = await openCalibration(store, by, sampleId);
  if (!results) throw new QualityError('missing');
  const kept = await store.db
    .updateTable('calibration_results')
    .set({ discussion: text, discussed_by: by.userId, discussed_at: now })
    .where('sample_id', '=', sampleId)
    .where('discussed_at', basedOn === null ? 'is' : '=', basedOn === null ? null : new Date(basedOn))
    .returning('sample_id')
    .executeTakeFirst();
  if (!kept) throw new QualityError('outdated');
}
