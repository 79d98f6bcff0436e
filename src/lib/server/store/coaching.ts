import { sql } from 'kysely';
import { type Principal, scopeOf } from '#lib/access/principal.ts';
import { may, roleOf } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import { isTakenIn, takesIn } from './owned.ts';
import { QualityError } from './quality_error.ts';
import { isToScore } from './review_access.ts';
import type { Store } from './store.ts';

const dayMs = 86_400_000;
/** Days after which a note that its agent has not acknowledged is overdue. */
export const acknowledgeDays = 3;

/** A note on a case; `content` is what lib/qa reads, an object. */
export interface NewNote {
  caseId: string;
  brandId: string;
  vendorId: string | null;
  agentId: string | null;
  reviewId: number | null;
  content: object;
}

export interface StoredNote extends NewNote {
  id: number;
  madeBy: string;
  madeAt: string;
  dueAt: string;
  acknowledgedBy: string | null;
  acknowledgedAt: string | null;
  reply: string | null;
  state: 'open' | 'overdue' | 'acknowledged';
  /** Whether somebody can sign in as the agent and acknowledge it. */
  hasAccount: boolean;
}

const isAgent = (by: Principal): boolean => roleOf(by.role).reach === 'agents';

/** Keeps a note to the agent of a case in the principal's scope; returns its id. Errors: AccessError; QualityError `missing`, `no_agent`. */
export async function writeNote(store: Store, by: Principal, note: NewNote, now = new Date()): Promise<number> {
  if (!may(by.role, 'coach')) throw new AccessError('coach');
  const { agentId } = note;
  if (!takesIn(scopeOf(by), note)) throw new QualityError('missing');
  if (agentId === null) throw new QualityError('no_agent');
  const { id } = await store.db
    .insertInto('coaching_notes')
    .values({
      case_id: note.caseId,
      brand_id: note.brandId,
      vendor_id: note.vendorId,
      agent_id: agentId,
      review_id: note.reviewId,
      content: JSON.stringify(note.content),
      made_by: by.userId,
      made_at: now,
      due_at: new Date(now.getTime() + acknowledgeDays * dayMs),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The notes in the scope of who writes such, but not on cases they still have to score, or to the agent who asks: those to acknowledge first, then the latest. Errors: AccessError. */
export async function listNotes(store: Store, by: Principal, now = new Date()): Promise<StoredNote[]> {
  if (!may(by.role, 'coach') && !isAgent(by)) throw new AccessError('coach');
  const rows = await store.db
    .selectFrom('coaching_notes')
    .innerJoin('users as maker', 'maker.id', 'coaching_notes.made_by')
    .leftJoin('users as agent', 'agent.id', 'coaching_notes.acknowledged_by')
    .selectAll('coaching_notes')
    .select(['maker.name as maker_name', 'agent.name as agent_name'])
    .select(
      sql<boolean>`exists (
        select 1 from grants
        where grants.disabled_at is null and coaching_notes.agent_id = any(grants.agents)
          and coaching_notes.vendor_id = any(grants.vendors)
      )`.as('has_account'),
    )
    .where(isTakenIn(scopeOf(by), 'coaching_notes'))
    .where(sql<boolean>`(coaching_notes.made_by = ${by.userId} or not ${isToScore(by, 'coaching_notes')})`)
    .orderBy('acknowledged_at', (order) => order.desc().nullsFirst())
    .orderBy('made_at', 'desc')
    .orderBy('coaching_notes.id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    brandId: row.brand_id,
    vendorId: row.vendor_id,
    agentId: row.agent_id,
    reviewId: row.review_id,
    content: row.content,
    madeBy: row.maker_name,
    madeAt: row.made_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    acknowledgedBy: row.agent_name,
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    reply: row.reply,
    state: row.acknowledged_at ? 'acknowledged' : row.due_at < now ? 'overdue' : 'open',
    hasAccount: row.has_account,
  }));
}

/** Marks a note as read by its agent, with an answer or none. Errors: AccessError; QualityError `missing`, `not_open` where it is already. */
export async function acknowledgeNote(
  store: Store,
  by: Principal,
  id: number,
  reply: string | null,
  now = new Date(),
): Promise<void> {
  if (!isAgent(by)) throw new AccessError('coach');
  await store.db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('coaching_notes')
      .select('acknowledged_at')
      .where('id', '=', id)
      .where(isTakenIn(scopeOf(by), 'coaching_notes'))
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new QualityError('missing');
    if (row.acknowledged_at) throw new QualityError('not_open');
    await transaction
      .updateTable('coaching_notes')
      .set({ acknowledged_by: by.userId, acknowledged_at: now, reply })
      .where('id', '=', id)
      .execute();
  });
}
