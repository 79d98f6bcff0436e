import type { Transaction } from 'kysely';
import { may } from '#lib/access/roles.ts';
import type { NewAccounts } from '../config.ts';
import type { Identity } from '../oidc.ts';
import { AccessError } from './access_error.ts';
import { type Administrator, grantFor, makeAccountIn, normalEmail, signed } from './accounts.ts';
import { recordIn } from './audit.ts';
import type { Database } from './database.ts';
import { takeInvitationIn } from './links.ts';
import { endSessions } from './sessions.ts';
import type { Store } from './store.ts';

/** Whose an identity is, or why it is nobody's here. */
export type IdentityOwner =
  | { kind: 'known'; userId: string; name: string; email: string }
  | { kind: 'unverified' | 'unknown' | 'disabled' | 'linked_otherwise'; email: string | null };

/** Where an entry of the log comes from. */
interface Origin {
  address: string;
  requestId: string;
}

/**
 * Finds the account of an identity: the one linked to it, else the one with its verified address, which is linked now, else one made from an
 * open invitation to that address or, where configured, for its domain. An address whose account is linked to another identity of the same
 * provider is refused: it may have been given to somebody else there.
 */
export async function ownerOf(
  store: Store,
  { issuer, subject, verifiedEmail, name }: Identity,
  newAccounts: NewAccounts | null,
  origin: Origin,
  now = new Date(),
): Promise<IdentityOwner> {
  return store.db.transaction().execute(async (transaction) => {
    const linked = await accountWhere(transaction, { issuer, subject });
    if (linked) return ownerFrom(linked);
    if (verifiedEmail === null) return { kind: 'unverified', email: null };
    const email = normalEmail(verifiedEmail);
    const known = await accountWhere(transaction, { email });
    if (known?.isDisabled) return ownerFrom(known);
    if (known && (await hasIdentity(transaction, known.userId, issuer))) return { kind: 'linked_otherwise', email };

    const userId = known?.userId ?? (await makeFor(transaction, { email, name, newAccounts, origin, now }));
    if (userId === null) return { kind: 'unknown', email };
    await transaction
      .insertInto('credentials')
      .values({ id: crypto.randomUUID(), accountId: subject, providerId: issuer, userId, updatedAt: now })
      .onConflict((conflict) => conflict.columns(['providerId', 'accountId']).doNothing())
      .execute();
    const account = await accountWhere(transaction, { email });
    if (!account) throw new Error('an account that was just there is gone');
    await recordIn(transaction, {
      actor: { id: userId, name: account.name },
      action: 'identity_linked',
      subject: email,
      detail: { issuer, address: origin.address },
      requestId: origin.requestId,
    });
    return ownerFrom(account);
  });
}

/**
 * Parts an account from its identities at the provider, so that the next sign-in there links it anew, and ends its sessions. Tells whether
 * there was one. Errors: AccessError, AccountError.
 */
export async function unlinkIdentity(store: Store, by: Administrator, userId: string): Promise<boolean> {
  if (!may(by.role, 'accounts')) throw new AccessError('accounts');
  return store.db.transaction().execute(async (transaction) => {
    const { email } = await grantFor(transaction, userId);
    const gone = await transaction
      .deleteFrom('credentials')
      .where('userId', '=', userId)
      .where('providerId', '<>', 'credential')
      .returning('providerId')
      .execute();
    if (gone.length === 0) return false;
    await endSessions(transaction, userId);
    const issuer = gone.map(({ providerId }) => providerId);
    await recordIn(transaction, { ...signed(by), action: 'identity_unlinked', subject: email, detail: { issuer } });
    return true;
  });
}

interface Found {
  userId: string;
  name: string;
  email: string;
  isDisabled: boolean;
}

function ownerFrom({ isDisabled, userId, name, email }: Found): IdentityOwner {
  return isDisabled ? { kind: 'disabled', email } : { kind: 'known', userId, name, email };
}

async function accountWhere(
  transaction: Transaction<Database>,
  by: { issuer: string; subject: string } | { email: string },
): Promise<Found | null> {
  const all = transaction
    .selectFrom('users')
    .leftJoin('grants', 'grants.user_id', 'users.id')
    .select(['users.id', 'users.name', 'users.email', 'grants.user_id', 'disabled_at']);
  const row =
    'email' in by
      ? await all.where('users.email', '=', by.email).executeTakeFirst()
      : await all
          .innerJoin('credentials', 'credentials.userId', 'users.id')
          .where('providerId', '=', by.issuer)
          .where('accountId', '=', by.subject)
          .executeTakeFirst();
  if (!row) return null;
  const { id: userId, name, email } = row;
  return { userId, name, email, isDisabled: row.user_id === null || row.disabled_at !== null };
}

async function hasIdentity(transaction: Transaction<Database>, userId: string, issuer: string): Promise<boolean> {
  const found = await transaction
    .selectFrom('credentials')
    .select('id')
    .where('userId', '=', userId)
    .where('providerId', '=', issuer)
    .executeTakeFirst();
  return found !== undefined;
}

async function makeFor(
  transaction: Transaction<Database>,
  {
    email,
    name,
    newAccounts,
    origin,
    now,
  }: { email: string; name: string | null; newAccounts: NewAccounts | null; origin: Origin; now: Date },
): Promise<string | null> {
  const invited = await takeInvitationIn(transaction, { email }, now);
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const grant = invited ?? (newAccounts?.domains.includes(domain) ? newAccounts : null);
  if (grant === null) return null;
  const { role, brands, vendors, agents } = grant;
  const account = { email, name: name ?? invited?.name ?? email, passwordHash: null, role, brands, vendors, agents };
  return makeAccountIn(transaction, null, account, origin.requestId);
}
