import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Principal } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import {
  AccountError,
  type Administrator,
  type Grant,
  addPassword,
  columnsOf,
  makeAccountIn,
  normalEmail,
  signed,
} from './accounts.ts';
import { type AuditEntry, recordIn } from './audit.ts';
import type { Database } from './database.ts';
import { endSessions } from './sessions.ts';
import type { Store } from './store.ts';

const dayMs = 86_400_000;
const lifeMs = { invitation: 7 * dayMs, reset: dayMs };

/** What a link is for: to make an account, or to give one another password. */
export type LinkKind = 'invitation' | 'reset';

/** A link that does not open anything: used, over, or never made. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
}

/** What an open link is for. */
export interface OpenLink extends Grant {
  email: string;
  name: string;
  expiresAt: string;
}

export interface Invitation extends Grant {
  name: string;
  email: string;
}

/** Makes an invitation and returns what stands in its link, which is kept nowhere. Errors: AccessError, AccountError where the address has an account. */
export async function invite(
  store: Store,
  by: Administrator,
  { name, email: given, ...grant }: Invitation,
  now = new Date(),
): Promise<string> {
  if (!may(by.role, 'accounts')) throw new AccessError('accounts');
  const email = normalEmail(given);
  const token = makeToken();
  await store.db.transaction().execute(async (transaction) => {
    const taken = await transaction.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst();
    if (taken) throw new AccountError('taken');
    // A newer invitation takes the place of the last.
    await transaction.deleteFrom('links').where('email', '=', email).where('kind', '=', 'invitation').execute();
    await transaction
      .insertInto('links')
      .values({
        token_hash: hashOf(token),
        kind: 'invitation',
        user_id: null,
        email,
        name,
        ...columnsOf(grant),
        made_by: by.userId,
        expires_at: new Date(now.getTime() + lifeMs.invitation),
        used_at: null,
      })
      .execute();
    await recordIn(transaction, {
      ...signed(by),
      action: 'account_invited',
      subject: email,
      detail: { role: grant.role, brands: grant.brands, vendors: grant.vendors, agents: grant.agents },
    });
  });
  return token;
}

/** Makes a link by which somebody sets a new password, and returns what stands in it. Errors: AccessError, AccountError. */
export async function makeResetLink(store: Store, by: Administrator, email: string, now = new Date()): Promise<string> {
  if (!may(by.role, 'accounts')) throw new AccessError('accounts');
  return makeResetLinkFor(store, signed(by), email, now);
}

/** The same for whoever has the machine, or for nobody who is signed in: then it must go to the owner alone. Errors: AccountError. */
export async function makeResetLinkFor(
  store: Store,
  by: Pick<AuditEntry, 'actor' | 'requestId' | 'detail'>,
  given: string,
  now = new Date(),
): Promise<string> {
  const email = normalEmail(given);
  const token = makeToken();
  await store.db.transaction().execute(async (transaction) => {
    const account = await transaction
      .selectFrom('users')
      .innerJoin('grants', 'grants.user_id', 'users.id')
      .select(['user_id', 'email', 'name', 'role', 'brands', 'vendors', 'agents'])
      .where('email', '=', email)
      .executeTakeFirst();
    if (!account) throw new AccountError('missing');
    await transaction.deleteFrom('links').where('email', '=', email).where('kind', '=', 'reset').execute();
    await transaction
      .insertInto('links')
      .values({
        token_hash: hashOf(token),
        kind: 'reset',
        ...account,
        made_by: by.actor?.id ?? null,
        expires_at: new Date(now.getTime() + lifeMs.reset),
        used_at: null,
      })
      .execute();
    await recordIn(transaction, { ...by, action: 'reset_link_made', subject: email });
  });
  return token;
}

/** What a link is for, while it is open. Errors: LinkError. */
export async function openLink(store: Store, kind: LinkKind, token: string, now = new Date()): Promise<OpenLink> {
  const row = await store.db
    .selectFrom('links')
    .select(['email', 'name', 'role', 'brands', 'vendors', 'agents', 'expires_at'])
    .where('token_hash', '=', hashOf(token))
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (!row) throw new LinkError('this link was used, is over, or was never made');
  const { expires_at: expiresAt, ...link } = row;
  return { ...link, expiresAt: expiresAt.toISOString() };
}

/** Makes the account that an invitation is for and returns its id; of two who use a link at once, one does. Errors: LinkError, AccountError. */
export async function acceptInvitation(
  store: Store,
  token: string,
  { name, passwordHash }: { name: string; passwordHash: string },
  now = new Date(),
): Promise<{ userId: string; email: string }> {
  return store.db.transaction().execute(async (transaction) => {
    const used = await takeInvitationIn(transaction, { token_hash: hashOf(token) }, now);
    if (!used) throw new LinkError('this link was used, is over, or was never made');
    const userId = await makeAccountIn(transaction, null, { ...used, name, passwordHash });
    return { userId, email: used.email };
  });
}

/** Uses up the open invitation behind a link or to an address; null where there is none. */
export async function takeInvitationIn(
  transaction: Transaction<Database>,
  which: { token_hash: string } | { email: string },
  now: Date,
): Promise<Invitation | null> {
  const taken = await transaction
    .updateTable('links')
    .set({ used_at: now })
    .where((row) => row.and(which))
    .where('kind', '=', 'invitation')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['email', 'name', 'role', 'brands', 'vendors', 'agents'])
    .executeTakeFirst();
  return taken ?? null;
}

/** Invitations that somebody may still take, the newest first. Errors: AccessError. */
export async function listInvitations(store: Store, by: Principal, now = new Date()): Promise<OpenLink[]> {
  if (!may(by.role, 'accounts')) throw new AccessError('accounts');
  const rows = await store.db
    .selectFrom('links')
    .select(['email', 'name', 'role', 'brands', 'vendors', 'agents', 'expires_at'])
    .where('kind', '=', 'invitation')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('made_at', 'desc')
    .execute();
  return rows.map(({ expires_at: expiresAt, ...link }) => ({ ...link, expiresAt: expiresAt.toISOString() }));
}

/** Takes an invitation back; tells whether it was still open. Errors: AccessError. */
export async function withdrawInvitation(
  store: Store,
  by: Administrator,
  given: string,
  now = new Date(),
): Promise<boolean> {
  if (!may(by.role, 'accounts')) throw new AccessError('accounts');
  const email = normalEmail(given);
  return store.db.transaction().execute(async (transaction) => {
    const gone = await transaction
      .deleteFrom('links')
      .where('email', '=', email)
      .where('kind', '=', 'invitation')
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .returning('email')
      .executeTakeFirst();
    if (!gone) return false;
    await recordIn(transaction, { ...signed(by), action: 'invitation_withdrawn', subject: email });
    return true;
  });
}

/** Sets the password that a reset link is for and ends every session of the account. Errors: LinkError. */
export async function useResetLink(
  store: Store,
  token: string,
  passwordHash: string,
  now = new Date(),
): Promise<string> {
  return store.db.transaction().execute(async (transaction) => {
    const used = await transaction
      .updateTable('links')
      .set({ used_at: now })
      .where('token_hash', '=', hashOf(token))
      .where('kind', '=', 'reset')
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .returning(['email', 'user_id', 'name'])
      .executeTakeFirst();
    if (!used?.user_id) throw new LinkError('this link was used, is over, or was never made');
    const changed = await transaction
      .updateTable('credentials')
      .set({ password: passwordHash, updatedAt: now })
      .where('userId', '=', used.user_id)
      .where('providerId', '=', 'credential')
      .returning('id')
      .executeTakeFirst();
    if (!changed) await addPassword(transaction, used.user_id, passwordHash);
    await endSessions(transaction, used.user_id);
    await recordIn(transaction, {
      actor: { id: used.user_id, name: used.name },
      action: 'password_changed',
      subject: used.email,
      detail: { by: 'reset link' },
    });
    return used.email;
  });
}

function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
