import { createHash } from 'node:crypto';
import { type Transaction, sql } from 'kysely';
import type { Principal } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import type { Database } from './database.ts';
import type { Store } from './store.ts';

/** What the log keeps; each is an action somebody may have to answer for. */
export const auditActions = [
  'sign_in',
  'sign_in_failed',
  'sign_in_locked',
  'second_factor_failed',
  'sign_out',
  'sign_out_everywhere',
  'password_changed',
  'second_factor_on',
  'second_factor_off',
  'second_factor_reset',
  'identity_linked',
  'identity_unlinked',
  'account_invited',
  'invitation_withdrawn',
  'account_made',
  'account_changed',
  'account_disabled',
  'account_enabled',
  'reset_link_made',
  'export',
  'reveal',
  'configuration_changed',
  'review_conflict_set',
  'review_conflict_lifted',
  'typical_case_removed',
  'backup',
  'restore',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Whoever has a shell on the machine. */
export const commandLine = { id: 'console', name: 'aftersight (command line)' };

/** Something that happened; the actor null where nobody was signed in. */
export interface AuditEntry {
  actor: { id: string; name: string } | null;
  action: AuditAction;
  /** What it was done to: an account's address, a file, a case. */
  subject: string;
  detail?: Record<string, string | number | boolean | null | readonly string[]>;
  requestId?: string | null;
}

export interface AuditRow {
  seq: number;
  at: string;
  actorId: string | null;
  actor: string;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
  requestId: string | null;
}

export interface AuditFilter {
  action: AuditAction | null;
  actorId: string | null;
  /** Instants, `to` exclusive. */
  from: string | null;
  to: string | null;
  limit: number;
  offset: number;
}

/** Whether the chain holds; where not, the first row that does not fit. */
export type ChainState = { isIntact: true; rows: number } | { isIntact: false; seq: number };

/** Adds an entry to the end of the chain, after whoever else is adding one. */
export async function record(store: Store, entry: AuditEntry, now = new Date()): Promise<void> {
  await store.db.transaction().execute((transaction) => recordIn(transaction, entry, now));
}

/** Adds an entry inside a transaction, so that it stands exactly if the change does. */
export async function recordIn(
  transaction: Transaction<Database>,
  { actor, action, subject, detail = {}, requestId = null }: AuditEntry,
  now = new Date(),
): Promise<void> {
  const head = await transaction.selectFrom('audit_head').select(['seq', 'hash']).forUpdate().executeTakeFirstOrThrow();
  const row: AuditRow = {
    seq: head.seq + 1,
    at: now.toISOString(),
    actorId: actor?.id ?? null,
    actor: actor?.name ?? '',
    action,
    subject,
    detail,
    requestId,
  };
  const hash = hashOf(head.hash, row);
  await transaction
    .insertInto('audit_log')
    .values({
      seq: row.seq,
      at: row.at,
      actor_id: row.actorId,
      actor: row.actor,
      action,
      subject,
      detail: JSON.stringify(detail),
      request_id: requestId,
      previous_hash: head.hash,
      hash,
    })
    .execute();
  await transaction.updateTable('audit_head').set({ seq: row.seq, hash }).execute();
}

/** The log, latest first, and how many entries fit. Errors: AccessError. */
export async function listAudit(
  store: Store,
  by: Principal,
  { action, actorId, from, to, limit, offset }: AuditFilter,
): Promise<{ rows: AuditRow[]; total: number }> {
  if (!may(by.role, 'audit')) throw new AccessError('audit');
  let query = store.db.selectFrom('audit_log');
  if (action !== null) query = query.where('action', '=', action);
  if (actorId !== null) query = query.where('actor_id', '=', actorId);
  if (from !== null) query = query.where('at', '>=', new Date(from));
  if (to !== null) query = query.where('at', '<', new Date(to));
  const [rows, { total }] = await Promise.all([
    query.selectAll().orderBy('seq', 'desc').limit(limit).offset(offset).execute(),
    query.select(sql<number>`count(*)::integer`.as('total')).executeTakeFirstOrThrow(),
  ]);
  return { rows: rows.map(toRow), total };
}

/** Who the log names as having done something, by name; a name that changed is the latest. Errors: AccessError. */
export async function listActors(store: Store, by: Principal): Promise<{ id: string; name: string }[]> {
  if (!may(by.role, 'audit')) throw new AccessError('audit');
  const rows = await store.db
    .selectFrom('audit_log')
    .distinctOn('actor_id')
    .select(['actor_id', 'actor'])
    .where('actor_id', 'is not', null)
    .orderBy('actor_id')
    .orderBy('seq', 'desc')
    .execute();
  return rows
    .flatMap(({ actor_id: id, actor: name }) => (id === null ? [] : [{ id, name }]))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Computes the chain anew from its first entry to the head: a row changed, removed or put in shows. */
export async function verifyAudit(store: Store): Promise<ChainState> {
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const head = await transaction.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow();
      let hash = '';
      let seq = 0;
      for (;;) {
        const rows = await transaction
          .selectFrom('audit_log')
          .selectAll()
          .where('seq', '>', seq)
          .orderBy('seq')
          .limit(1000)
          .execute();
        for (const stored of rows) {
          const row = toRow(stored);
          const isNext = row.seq === seq + 1 && stored.previous_hash === hash && stored.hash === hashOf(hash, row);
          if (!isNext) return { isIntact: false, seq: seq + 1 };
          ({ seq } = row);
          ({ hash } = stored);
        }
        if (rows.length === 0) break;
      }
      return head.seq === seq && head.hash === hash ? { isIntact: true, rows: seq } : { isIntact: false, seq: seq + 1 };
    });
}

function toRow(row: {
  seq: number;
  at: Date;
  actor_id: string | null;
  actor: string;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
  request_id: string | null;
}): AuditRow {
  const { seq, at, actor, action, subject, detail } = row;
  return {
    seq,
    at: at.toISOString(),
    actorId: row.actor_id,
    actor,
    action,
    subject,
    detail,
    requestId: row.request_id,
  };
}

/** SHA-256 of the hash before and the row as JSON with sorted keys, since a database keeps no order of keys. */
function hashOf(previous: string, row: AuditRow): string {
  const { detail, ...rest } = row;
  const sorted = Object.fromEntries(Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256')
    .update(`${previous}\n${JSON.stringify({ ...rest, detail: sorted })}`)
    .digest('hex');
}
