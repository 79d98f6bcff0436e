import { sql } from 'kysely';
import { type Principal, scopeOf } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import { refuseConflicts } from './conflicts.ts';
import { isTakenIn } from './owned.ts';
import { QualityError } from './quality_error.ts';
import { advanceRecurringSample } from './recurring_samples.ts';
import type { ReviewPart } from './reviews.ts';
import type { Store } from './store.ts';

const countOf = sql<number>`count(*)::integer`.as('count');

export type SampleKind = 'random' | 'risk' | 'calibration';

/** A case as it was drawn. */
export interface DrawnCase {
  caseId: string;
  place: number;
  stratum: string;
  brandId: string;
  vendorId: string | null;
  agentId: string | null;
  /** The local day it began, YYYY-MM-DD; null of a risk sample. */
  startedOn: string | null;
  /** The rules that picked it, of a risk sample. */
  reasons: readonly string[];
}

/** Who scores which case. */
export interface Assignment {
  caseId: string;
  reviewerId: string;
  part: ReviewPart;
}

export interface NewSample {
  name: string;
  kind: SampleKind;
  cardId: string;
  cardVersion: number;
  /** Objects that lib/qa reads: what was asked for, and what came of it. */
  plan: object;
  draw: object;
  snapshot: string;
  populationHash: string;
  seed: string;
  dueAt: Date;
  /** The recurring sample that this is a draw of, the first day of its period and of the next one. */
  recurring?: { id: number; from: string; next: string };
}

export interface StoredSample extends Omit<NewSample, 'dueAt' | 'recurring'> {
  id: number;
  /** The scope it was drawn in: null stands for all. */
  brands: readonly string[] | null;
  vendors: readonly string[] | null;
  dueAt: string;
  madeAt: string;
  makerName: string | null;
  cases: number;
  replaced: number;
  reviews: number;
  submitted: number;
}

/** Keeps a sample with its cases and who scores them, all or nothing; returns its id. Errors: AccessError; QualityError `conflict`, `taken` where its period was drawn already, `not_published` where its card is not in use. */
export async function makeSample(
  store: Store,
  by: Principal,
  sample: NewSample,
  cases: readonly DrawnCase[],
  assignments: readonly Assignment[],
): Promise<number> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  const { brands, vendors } = scopeOf(by);
  const owners = new Map(cases.map((one) => [one.caseId, one]));
  return store.db.transaction().execute(async (transaction) => {
    const card = await transaction
      .selectFrom('scorecards')
      .select('state')
      .where('card_id', '=', sample.cardId)
      .where('version', '=', sample.cardVersion)
      .forShare()
      .executeTakeFirst();
    if (card?.state !== 'published') throw new QualityError('not_published');
    if (sample.recurring) await advanceRecurringSample(transaction, sample.recurring);
    const { id } = await transaction
      .insertInto('samples')
      .values({
        name: sample.name,
        kind: sample.kind,
        card_id: sample.cardId,
        card_version: sample.cardVersion,
        brands: brands === null ? null : [...brands],
        vendors: vendors === null ? null : [...vendors],
        plan: JSON.stringify(sample.plan),
        draw: JSON.stringify(sample.draw),
        snapshot: sample.snapshot,
        population_hash: sample.populationHash,
        seed: sample.seed,
        due_at: sample.dueAt,
        recurring_id: sample.recurring?.id ?? null,
        made_by: by.userId,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const one of cases)
      await transaction
        .insertInto('sample_cases')
        .values({
          sample_id: id,
          case_id: one.caseId,
          place: one.place,
          stratum: one.stratum,
          brand_id: one.brandId,
          vendor_id: one.vendorId,
          agent_id: one.agentId,
          started_on: one.startedOn,
          reasons: [...one.reasons],
        })
        .execute();
    const owned = assignments.map((assignment) => {
      const owner = owners.get(assignment.caseId);
      if (!owner) throw new QualityError('missing');
      return { ...assignment, owner, vendorId: owner.vendorId, agentId: owner.agentId };
    });
    await refuseConflicts(transaction, owned);
    for (const { caseId, reviewerId, part, owner } of owned) {
      await transaction
        .insertInto('reviews')
        .values({
          sample_id: id,
          case_id: caseId,
          part,
          reviewer_id: reviewerId,
          brand_id: owner.brandId,
          vendor_id: owner.vendorId,
          agent_id: owner.agentId,
          state: 'assigned',
          content: '{}',
        })
        .execute();
    }
    return id;
  });
}

/** The samples with a case in the principal's scope, counting those alone, latest first; calibrations only for who scores. Errors: AccessError. */
export async function listSamples(store: Store, by: Principal): Promise<StoredSample[]> {
  if (!may(by.role, 'quality')) throw new AccessError('quality');
  let query = store.db
    .selectFrom('samples')
    .leftJoin('users', 'users.id', 'samples.made_by')
    .selectAll('samples')
    .select('users.name as maker_name')
    .select((of) => [
      of
        .selectFrom('sample_cases')
        .whereRef('sample_id', '=', 'samples.id')
        .where('replaced_at', 'is', null)
        .where(isTakenIn(scopeOf(by), 'sample_cases'))
        .select(countOf)
        .as('cases'),
      of
        .selectFrom('sample_cases')
        .whereRef('sample_id', '=', 'samples.id')
        .where('replaced_at', 'is not', null)
        .where(isTakenIn(scopeOf(by), 'sample_cases'))
        .select(countOf)
        .as('replaced'),
      of
        .selectFrom('reviews')
        .whereRef('sample_id', '=', 'samples.id')
        .where(isTakenIn(scopeOf(by), 'reviews'))
        .select(countOf)
        .as('reviews'),
      of
        .selectFrom('reviews')
        .whereRef('sample_id', '=', 'samples.id')
        .where('state', '=', 'submitted')
        .where(isTakenIn(scopeOf(by), 'reviews'))
        .select(countOf)
        .as('submitted'),
    ])
    .where((of) =>
      of.exists(
        of
          .selectFrom('sample_cases')
          .select('case_id')
          .whereRef('sample_id', '=', 'samples.id')
          .where(isTakenIn(scopeOf(by), 'sample_cases')),
      ),
    );
  if (!may(by.role, 'review')) query = query.where('samples.kind', '<>', 'calibration');
  const rows = await query.orderBy('samples.made_at', 'desc').orderBy('samples.id', 'desc').execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    brands: row.brands,
    vendors: row.vendors,
    cardId: row.card_id,
    cardVersion: row.card_version,
    plan: row.plan,
    draw: row.draw,
    snapshot: row.snapshot,
    populationHash: row.population_hash,
    seed: row.seed,
    dueAt: row.due_at.toISOString(),
    madeAt: row.made_at.toISOString(),
    makerName: row.maker_name,
    cases: row.cases ?? 0,
    replaced: row.replaced ?? 0,
    reviews: row.reviews ?? 0,
    submitted: row.submitted ?? 0,
  }));
}

/** One sample. Errors: AccessError; QualityError `missing`. */
export async function openSample(store: Store, by: Principal, id: number): Promise<StoredSample> {
  const found = (await listSamples(store, by)).find((one) => one.id === id);
  if (!found) throw new QualityError('missing');
  return found;
}
