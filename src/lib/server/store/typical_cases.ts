import { sql } from 'kysely';
import { type Principal, scopeOf } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import { recordIn } from './audit.ts';
import { isTakenIn, takesIn } from './owned.ts';
import { QualityError } from './quality_error.ts';
import { isToScore } from './review_access.ts';
import type { Store } from './store.ts';

/** A case kept for training; `quotes` are what lib/qa reads, a list. */
export interface TypicalCase {
  caseId: string;
  brandId: string;
  vendorId: string | null;
  agentId: string | null;
  title: string;
  lesson: string;
  example: 'good' | 'bad';
  tags: readonly string[];
  quotes: readonly object[];
}

export interface StoredTypicalCase extends TypicalCase {
  madeBy: string;
  madeAt: string;
}

/** Adds a case in the principal's scope to the library, or writes its entry anew. Errors: AccessError; QualityError `missing`. */
export async function keepTypicalCase(store: Store, by: Principal, one: TypicalCase, now = new Date()): Promise<void> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  if (!takesIn(scopeOf(by), one)) throw new QualityError('missing');
  const entry = {
    title: one.title,
    lesson: one.lesson,
    example: one.example,
    tags: [...one.tags],
    quotes: JSON.stringify(one.quotes),
    made_by: by.userId,
    made_at: now,
  };
  await store.db
    .insertInto('typical_cases')
    .values({
      case_id: one.caseId,
      brand_id: one.brandId,
      vendor_id: one.vendorId,
      agent_id: one.agentId,
      ...entry,
    })
    .onConflict((conflict) => conflict.column('case_id').doUpdateSet(entry))
    .execute();
}

/** The library as far as the principal's scope reaches, without cases they still have to score, latest first. Errors: AccessError. */
export async function listTypicalCases(store: Store, by: Principal): Promise<StoredTypicalCase[]> {
  if (!may(by.role, 'quality')) throw new AccessError('quality');
  const rows = await store.db
    .selectFrom('typical_cases')
    .innerJoin('users', 'users.id', 'typical_cases.made_by')
    .selectAll('typical_cases')
    .select('users.name as maker_name')
    .where(isTakenIn(scopeOf(by), 'typical_cases'))
    .where(sql<boolean>`not ${isToScore(by, 'typical_cases')}`)
    .orderBy('made_at', 'desc')
    .orderBy('case_id')
    .execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    brandId: row.brand_id,
    vendorId: row.vendor_id,
    agentId: row.agent_id,
    title: row.title,
    lesson: row.lesson,
    example: row.example,
    tags: row.tags,
    quotes: row.quotes,
    madeBy: row.maker_name,
    madeAt: row.made_at.toISOString(),
  }));
}

/** Takes a case out of the library; the log keeps who did. Errors: AccessError; QualityError `missing`. */
export async function removeTypicalCase(store: Store, by: Principal & { name: string }, caseId: string): Promise<void> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  await store.db.transaction().execute(async (transaction) => {
    const removed = await transaction
      .deleteFrom('typical_cases')
      .where('case_id', '=', caseId)
      .where(isTakenIn(scopeOf(by), 'typical_cases'))
      .returning('title')
      .executeTakeFirst();
    if (!removed) throw new QualityError('missing');
    await recordIn(transaction, {
      actor: { id: by.userId, name: by.name },
      action: 'typical_case_removed',
      subject: caseId,
      detail: { title: removed.title },
    });
  });
}
