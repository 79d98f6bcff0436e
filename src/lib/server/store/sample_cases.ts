import { type Principal, scopeOf } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import { refuseConflicts } from './conflicts.ts';
import { isTakenIn } from './owned.ts';
import { QualityError } from './quality_error.ts';
import type { DrawnCase } from './samples.ts';
import type { Store } from './store.ts';

/** A case of a sample; one that was replaced stays, with why. */
export interface SampledCase extends DrawnCase {
  replaces: string | null;
  replacedFor: string | null;
  replacedAt: string | null;
}

/** The cases of a sample in the principal's scope, in the order of the draw. Errors: AccessError. */
export async function casesOfSample(store: Store, by: Principal, sampleId: number): Promise<SampledCase[]> {
  if (!may(by.role, 'quality')) throw new AccessError('quality');
  const rows = await store.db
    .selectFrom('sample_cases')
    .selectAll()
    .where('sample_id', '=', sampleId)
    .where(isTakenIn(scopeOf(by), 'sample_cases'))
    .orderBy('stratum')
    .orderBy('place')
    .execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    place: row.place,
    stratum: row.stratum,
    brandId: row.brand_id,
    vendorId: row.vendor_id,
    agentId: row.agent_id,
    startedOn: row.started_on,
    reasons: row.reasons,
    replaces: row.replaces,
    replacedFor: row.replaced_for,
    replacedAt: row.replaced_at?.toISOString() ?? null,
  }));
}

/** Who is to score a case of a sample, whether or not the principal may see their review. Errors: AccessError. */
export async function reviewersOfCase(
  store: Store,
  by: Principal,
  { sampleId, caseId }: { sampleId: number; caseId: string },
): Promise<string[]> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  const rows = await store.db
    .selectFrom('reviews')
    .select('reviewer_id')
    .where('sample_id', '=', sampleId)
    .where('case_id', '=', caseId)
    .where(isTakenIn(scopeOf(by), 'reviews'))
    .execute();
  return rows.map((row) => row.reviewer_id);
}

/**
 * Puts the next case of the draw in the place of one, for a reason, with the same reviewers. Errors: AccessError; QualityError `missing`,
 * `no_reason`, `submitted` where a review of it is final, `conflict` where the next is of a reviewer's own team.
 */
export async function replaceCase(
  store: Store,
  by: Principal,
  sampleId: number,
  { caseId, next, reason }: { caseId: string; next: DrawnCase; reason: string },
  now = new Date(),
): Promise<void> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  if (reason.trim() === '') throw new QualityError('no_reason');
  await store.db.transaction().execute(async (transaction) => {
    const replaced = await transaction
      .updateTable('sample_cases')
      .set({ replaced_for: reason.trim(), replaced_by: by.userId, replaced_at: now })
      .where('sample_id', '=', sampleId)
      .where('case_id', '=', caseId)
      .where('replaced_at', 'is', null)
      .where(isTakenIn(scopeOf(by), 'sample_cases'))
      .returning('case_id')
      .executeTakeFirst();
    if (!replaced) throw new QualityError('missing');
    const reviews = await transaction
      .selectFrom('reviews')
      .select(['id', 'state', 'reviewer_id', 'part'])
      .where('sample_id', '=', sampleId)
      .where('case_id', '=', caseId)
      .forUpdate()
      .execute();
    if (reviews.some(({ state }) => state === 'submitted')) throw new QualityError('submitted');
    await refuseConflicts(
      transaction,
      reviews.map(({ reviewer_id: reviewerId }) => ({ reviewerId, vendorId: next.vendorId, agentId: next.agentId })),
    );
    const owner = { brand_id: next.brandId, vendor_id: next.vendorId, agent_id: next.agentId };
    await transaction
      .insertInto('sample_cases')
      .values({
        sample_id: sampleId,
        case_id: next.caseId,
        place: next.place,
        stratum: next.stratum,
        ...owner,
        started_on: next.startedOn,
        reasons: [...next.reasons],
        replaces: caseId,
      })
      .execute();
    for (const review of reviews) {
      await transaction.deleteFrom('reviews').where('id', '=', review.id).execute();
      await transaction
        .insertInto('reviews')
        .values({
          sample_id: sampleId,
          case_id: next.caseId,
          part: review.part,
          reviewer_id: review.reviewer_id,
          ...owner,
          state: 'assigned',
          content: '{}',
        })
        .execute();
    }
  });
}
