import type { Transaction } from 'kysely';
import { type Principal, scopeOf, takesVendor } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import { recordIn } from './audit.ts';
import type { Database } from './database.ts';
import { QualityError } from './quality_error.ts';
import type { Store } from './store.ts';

/** Whose cases a reviewer is not given: those of an agent of a vendor, or of the whole vendor. */
export interface Conflict {
  userId: string;
  vendorId: string;
  agentId: string | null;
}

export interface StoredConflict extends Conflict {
  reviewerName: string;
  setBy: string | null;
  setAt: string;
}

type Named = Principal & { name: string };

/** Tells whether a case is of a reviewer's own team. */
export function isConflict(
  conflicts: readonly Conflict[],
  userId: string,
  { vendorId, agentId }: { vendorId: string | null; agentId: string | null },
): boolean {
  return conflicts.some(
    (one) => one.userId === userId && one.vendorId === vendorId && (one.agentId === null || one.agentId === agentId),
  );
}

/** The conflicts with vendors in the principal's scope, by reviewer. Errors: AccessError. */
export async function listConflicts(store: Store, by: Principal): Promise<StoredConflict[]> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  const rows = await store.db
    .selectFrom('review_conflicts')
    .innerJoin('users', 'users.id', 'review_conflicts.user_id')
    .leftJoin('users as setter', 'setter.id', 'review_conflicts.set_by')
    .selectAll('review_conflicts')
    .select(['users.name', 'setter.name as setter_name'])
    .orderBy('users.name')
    .orderBy('vendor_id')
    .orderBy('agent_id')
    .execute();
  return rows
    .filter(({ vendor_id }) => takesVendor(scopeOf(by), vendor_id))
    .map((row) => ({
      userId: row.user_id,
      reviewerName: row.name,
      vendorId: row.vendor_id,
      agentId: row.agent_id === '' ? null : row.agent_id,
      setBy: row.setter_name,
      setAt: row.set_at.toISOString(),
    }));
}

/** Keeps cases of a team from a reviewer from now on. Errors: AccessError; QualityError `missing` for a vendor outside the scope. */
export async function setConflict(store: Store, by: Named, conflict: Conflict, now = new Date()): Promise<void> {
  await change(store, by, conflict, 'review_conflict_set', (transaction, key) =>
    transaction
      .insertInto('review_conflicts')
      .values({ ...key, set_by: by.userId, set_at: now })
      .onConflict((other) => other.doNothing())
      .executeTakeFirst()
      .then(({ numInsertedOrUpdatedRows }) => numInsertedOrUpdatedRows),
  );
}

/** Gives a reviewer the cases of a team again. Errors: as `setConflict`. */
export async function liftConflict(store: Store, by: Named, conflict: Conflict): Promise<void> {
  await change(store, by, conflict, 'review_conflict_lifted', (transaction, key) =>
    transaction
      .deleteFrom('review_conflicts')
      .where('user_id', '=', key.user_id)
      .where('vendor_id', '=', key.vendor_id)
      .where('agent_id', '=', key.agent_id)
      .executeTakeFirst()
      .then(({ numDeletedRows }) => numDeletedRows),
  );
}

/** Refuses to hand a case to a reviewer of the same team. Errors: QualityError `conflict`. */
export async function refuseConflicts(
  transaction: Transaction<Database>,
  assignments: readonly { reviewerId: string; vendorId: string | null; agentId: string | null }[],
): Promise<void> {
  const rows = await transaction.selectFrom('review_conflicts').select(['user_id', 'vendor_id', 'agent_id']).execute();
  const conflicts = rows.map((row) => ({
    userId: row.user_id,
    vendorId: row.vendor_id,
    agentId: row.agent_id === '' ? null : row.agent_id,
  }));
  if (assignments.some((one) => isConflict(conflicts, one.reviewerId, one))) throw new QualityError('conflict');
}

async function change(
  store: Store,
  by: Named,
  { userId, vendorId, agentId }: Conflict,
  action: 'review_conflict_set' | 'review_conflict_lifted',
  work: (
    transaction: Transaction<Database>,
    key: { user_id: string; vendor_id: string; agent_id: string },
  ) => Promise<bigint | undefined>,
): Promise<void> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  if (!takesVendor(scopeOf(by), vendorId)) throw new QualityError('missing');
  await store.db.transaction().execute(async (transaction) => {
    const user = await transaction
      .selectFrom('users')
      .innerJoin('grants', 'grants.user_id', 'users.id')
      .select(['users.email', 'grants.role'])
      .where('users.id', '=', userId)
      .executeTakeFirst();
    if (!user || !may(user.role, 'review')) throw new QualityError('missing');
    const changed = await work(transaction, { user_id: userId, vendor_id: vendorId, agent_id: agentId ?? '' });
    if ((changed ?? 0n) === 0n) return;
    await recordIn(transaction, {
      actor: { id: by.userId, name: by.name },
      action,
      subject: user.email,
      detail: { vendor: vendorId, agent: agentId },
    });
  });
}
