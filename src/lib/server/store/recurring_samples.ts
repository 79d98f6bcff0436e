import type { Transaction } from 'kysely';
import { type Principal, coversScope, scopeOf } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import type { Database } from './database.ts';
import { QualityError } from './quality_error.ts';
import type { Store } from './store.ts';

export type Every = 'week' | 'month';

/** Why the last draw of a recurring sample did not come about; it is tried again with every new snapshot. */
export type RecurringProblem = 'no_account' | 'no_card' | 'no_reviewer' | 'design';

/** A sample that is drawn anew from each week or month. */
export interface NewRecurringSample {
  name: string;
  kind: 'random' | 'risk';
  every: Every;
  cardId: string;
  /** The plan without its period, and how many to draw: objects that lib/server/quality reads. */
  plan: object;
  size: object;
  /** Accounts that score, each at most `limit` cases of a draw. */
  reviewers: readonly string[];
  limit: number;
  dueDays: number;
  /** The first day of the first period, YYYY-MM-DD. */
  nextFrom: string;
}

export interface RecurringSample extends NewRecurringSample {
  id: number;
  madeBy: string;
  makerName: string;
  problem: RecurringProblem | null;
}

/** Keeps a recurring sample, drawn in the scope that its maker has by then; returns its id. Errors: AccessError. */
export async function addRecurringSample(store: Store, by: Principal, asked: NewRecurringSample): Promise<number> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  const { brands, vendors } = scopeOf(by);
  const { id } = await store.db
    .insertInto('recurring_samples')
    .values({
      name: asked.name,
      kind: asked.kind,
      every: asked.every,
      card_id: asked.cardId,
      brands: brands === null ? null : [...brands],
      vendors: vendors === null ? null : [...vendors],
      plan: JSON.stringify(asked.plan),
      size: JSON.stringify(asked.size),
      reviewers: [...asked.reviewers],
      reviewer_limit: asked.limit,
      due_days: asked.dueDays,
      next_from: asked.nextFrom,
      made_by: by.userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The recurring samples in force over cases that the principal sees, by name. Errors: AccessError. */
export async function listRecurringSamples(store: Store, by: Principal): Promise<RecurringSample[]> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  const scope = scopeOf(by);
  const rows = await rowsInForce(store);
  return rows.filter((row) => coversScope(scope, row)).map(toRecurringSample);
}

/** Every recurring sample in force, for the server that draws them in the scope of who made each. */
export async function recurringSamplesInForce(store: Store): Promise<RecurringSample[]> {
  return (await rowsInForce(store)).map(toRecurringSample);
}

/** Draws no more of a recurring sample. Errors: AccessError; QualityError `missing`. */
export async function stopRecurringSample(store: Store, by: Principal, id: number, now = new Date()): Promise<void> {
  const known = await listRecurringSamples(store, by);
  if (!known.some((one) => one.id === id)) throw new QualityError('missing');
  await store.db.updateTable('recurring_samples').set({ stopped_at: now }).where('id', '=', id).execute();
}

/** Notes why a draw did not come about. */
export async function noteRecurringProblem(store: Store, id: number, problem: RecurringProblem): Promise<void> {
  await store.db.updateTable('recurring_samples').set({ problem }).where('id', '=', id).execute();
}

/** Goes on to the period after the one drawn. Errors: QualityError `taken` where another server has drawn it, or it was stopped. */
export async function advanceRecurringSample(
  transaction: Transaction<Database>,
  { id, from, next }: { id: number; from: string; next: string },
): Promise<void> {
  const advanced = await transaction
    .updateTable('recurring_samples')
    .set({ next_from: next, problem: null })
    .where('id', '=', id)
    .where('next_from', '<=', from)
    .where('stopped_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!advanced) throw new QualityError('taken');
}

async function rowsInForce(store: Store) {
  return store.db
    .selectFrom('recurring_samples')
    .innerJoin('users', 'users.id', 'recurring_samples.made_by')
    .selectAll('recurring_samples')
    .select('users.name as maker_name')
    .where('stopped_at', 'is', null)
    .orderBy('recurring_samples.name')
    .orderBy('recurring_samples.id')
    .execute();
}

function toRecurringSample(row: Awaited<ReturnType<typeof rowsInForce>>[number]): RecurringSample {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    every: row.every,
    cardId: row.card_id,
    plan: row.plan,
    size: row.size,
    reviewers: row.reviewers,
    limit: row.reviewer_limit,
    dueDays: row.due_days,
    nextFrom: row.next_from,
    madeBy: row.made_by,
    makerName: row.maker_name,
    problem: row.problem,
  };
}
