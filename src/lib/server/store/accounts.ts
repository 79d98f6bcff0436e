import { type Selectable, type Transaction, sql } from 'kysely';
import type { Principal } from '#lib/access/principal.ts';
import { type Role, may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import { type AuditEntry, recordIn } from './audit.ts';
import type { Database } from './database.ts';
import { endSessions } from './sessions.ts';
import type { Store } from './store.ts';

/** What an account may see: null stands for all. */
export interface Grant {
  role: Role;
  brands: readonly string[] | null;
  vendors: readonly string[] | null;
  agents: readonly string[] | null;
}

/** An operator who changes accounts, and the request by which. */
export interface Administrator extends Principal {
  readonly name: string;
  readonly requestId?: string;
}

/** What an account begins with; null where it has no password, since an identity provider signs it in. */
export interface NewAccount extends Grant {
  name: string;
  email: string;
  passwordHash: string | null;
}

export interface Account extends Grant {
  userId: string;
  name: string;
  email: string;
  hasSecondFactor: boolean;
  /** Whether an identity provider signs it in. */
  hasIdentity: boolean;
  isDisabled: boolean;
  madeAt: string;
  lastSeenAt: string | null;
}

/** An account that cannot be made or changed as asked. */
export class AccountError extends Error {
  override readonly name = 'AccountError';
  readonly kind: 'taken' | 'missing' | 'last_operator' | 'own';

  constructor(kind: AccountError['kind']) {
    super(
      {
        taken: 'this address has an account',
        missing: 'no such account',
        last_operator: 'the last operator stays',
        own: 'one does not do this to oneself',
      }[kind],
    );
    this.kind = kind;
  }
}

export type Actor = AuditEntry['actor'];

/** Writes an address as it is compared and kept. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Who an account is, with its name; null for one that is not there or disabled. */
export async function principalOf(
  store: Store,
  userId: string,
): Promise<{ principal: Principal; name: string; email: string } | null> {
  const row = await store.db
    .selectFrom('users')
    .innerJoin('grants', 'grants.user_id', 'users.id')
    .select(['users.name', 'users.email', 'role', 'brands', 'vendors', 'agents'])
    .where('users.id', '=', userId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  const { name, email, ...grant } = row;
  return { principal: { userId, ...grant }, name, email };
}

/** Every account, by name. Errors: AccessError. */
export async function listAccounts(store: Store, by: Principal): Promise<Account[]> {
  if (!may(by.role, 'accounts')) throw new AccessError('accounts');
  const rows = await store.db
    .selectFrom('users')
    .innerJoin('grants', 'grants.user_id', 'users.id')
    .leftJoin(
      (query) =>
        query
          .selectFrom('sessions')
          .select(['userId', sql<Date>`max("updatedAt")`.as('seen_at')])
          .groupBy('userId')
          .as('seen'),
      (join) => join.onRef('seen.userId', '=', 'users.id'),
    )
    .leftJoin(
      (query) =>
        query
          .selectFrom('audit_log')
          .select(['actor_id', sql<Date>`max(at)`.as('acted_at')])
          .groupBy('actor_id')
          .as('acted'),
      (join) => join.onRef('acted.actor_id', '=', 'users.id'),
    )
    .select([
      'users.id',
      'users.name',
      'users.email',
      'users.twoFactorEnabled',
      'users.createdAt',
      'role',
      'brands',
      'vendors',
      'agents',
      'disabled_at',
      sql<boolean>`exists (
        select 1 from credentials where "userId" = users.id and "providerId" <> 'credential'
      )`.as('has_identity'),
      // A session that ended takes with it when it was used; the log keeps at least the sign-in.
      sql<Date | null>`greatest(seen.seen_at, acted.acted_at)`.as('seen_at'),
    ])
    .orderBy('users.name')
    .orderBy('users.email')
    .execute();
  return rows.map((row) => ({
    userId: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    brands: row.brands,
    vendors: row.vendors,
    agents: row.agents,
    hasSecondFactor: row.twoFactorEnabled ?? false,
    hasIdentity: row.has_identity,
    isDisabled: row.disabled_at !== null,
    madeAt: row.createdAt.toISOString(),
    lastSeenAt: row.seen_at?.toISOString() ?? null,
  }));
}

export async function countAccounts(store: Store): Promise<number> {
  const { count } = await store.db
    .selectFrom('users')
    .select(sql<number>`count(*)::integer`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Makes an account with a password that is hashed already. Errors: AccountError where the address is taken. */
export async function makeAccount(store: Store, actor: Actor, account: NewAccount): Promise<string> {
  return store.db.transaction().execute(async (transaction) => makeAccountIn(transaction, actor, account));
}

/** Makes an account inside a transaction, with its entry in the log. Errors: AccountError where the address is taken. */
export async function makeAccountIn(
  transaction: Transaction<Database>,
  actor: Actor,
  account: NewAccount,
  requestId: string | null = null,
): Promise<string> {
  const userId = crypto.randomUUID();
  const made = await transaction
    .insertInto('users')
    .values({ id: userId, name: account.name, email: normalEmail(account.email), emailVerified: true })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw new AccountError('taken');
  await equip(transaction, actor, userId, account, requestId);
  return userId;
}

/** Gives a new account its password and grant, and the log its entry. */
export async function equip(
  transaction: Transaction<Database>,
  actor: Actor,
  userId: string,
  { name: _name, email, passwordHash, ...grant }: NewAccount,
  requestId: string | null,
): Promise<void> {
  if (passwordHash !== null) await addPassword(transaction, userId, passwordHash);
  await transaction
    .insertInto('grants')
    .values({ user_id: userId, ...columnsOf(grant) })
    .execute();
  const subject = normalEmail(email);
  await recordIn(transaction, { actor, action: 'account_made', subject, detail: detailOf(grant), requestId });
}

/** Gives an account the password that it lacks. */
export async function addPassword(
  transaction: Transaction<Database>,
  userId: string,
  passwordHash: string,
): Promise<void> {
  await transaction
    .insertInto('credentials')
    .values({
      id: crypto.randomUUID(),
      accountId: userId,
      providerId: 'credential',
      userId,
      password: passwordHash,
      updatedAt: new Date(),
    })
    .execute();
}

/** Changes what an account may see; its sessions stay and see the new scope from the next request on. Errors: AccessError, AccountError. */
export async function changeGrant(store: Store, by: Administrator, userId: string, grant: Grant): Promise<void> {
  if (!may(by.role, 'accounts')) throw new AccessError('accounts');
  await store.db.transaction().execute(async (transaction) => {
    const before = await grantFor(transaction, userId);
    if (before.role === 'operator' && grant.role !== 'operator') await keepAnOperator(transaction, userId);
    await transaction
      .updateTable('grants')
      .set({ ...columnsOf(grant), changed_at: new Date() })
      .where('user_id', '=', userId)
      .execute();
    await recordIn(transaction, {
      ...signed(by),
      action: 'account_changed',
      subject: before.email,
      detail: {
        ...detailOf(grant),
        roleBefore: before.role,
        brandsBefore: before.brands,
        vendorsBefore: before.vendors,
        agentsBefore: before.agents,
      },
    });
  });
}

/** Shuts an account out and ends its sessions, or lets it in again. Errors: AccessError, AccountError. */
export async function setDisabled(store: Store, by: Administrator, userId: string, isDisabled: boolean): Promise<void> {
  if (!may(by.role, 'accounts')) throw new AccessError('accounts');
  await store.db.transaction().execute(async (transaction) => {
    const before = await grantFor(transaction, userId);
    if (isDisabled && before.role === 'operator') await keepAnOperator(transaction, userId);
    await transaction
      .updateTable('grants')
      .set({ disabled_at: isDisabled ? new Date() : null, changed_at: new Date() })
      .where('user_id', '=', userId)
      .execute();
    if (isDisabled) await endSessions(transaction, userId);
    await recordIn(transaction, {
      ...signed(by),
      action: isDisabled ? 'account_disabled' : 'account_enabled',
      subject: before.email,
    });
  });
}

/** Who stands behind an entry of the log, and by which request. */
export function signed({ userId, name, requestId = '' }: Administrator): Pick<AuditEntry, 'actor' | 'requestId'> {
  return { actor: { id: userId, name }, requestId: requestId === '' ? null : requestId };
}

/** What an account may see and whose it is, inside a transaction. Errors: AccountError. */
export async function grantFor(
  transaction: Transaction<Database>,
  userId: string,
): Promise<Pick<Selectable<Database['grants']>, 'role' | 'brands' | 'vendors' | 'agents'> & { email: string }> {
  const row = await transaction
    .selectFrom('grants')
    .innerJoin('users', 'users.id', 'grants.user_id')
    .select(['role', 'brands', 'vendors', 'agents', 'email'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (!row) throw new AccountError('missing');
  return row;
}

/** Two operators who shut each other out at once wait for one another here. */
async function keepAnOperator(transaction: Transaction<Database>, leaving: string): Promise<void> {
  const operators = await transaction
    .selectFrom('grants')
    .select('user_id')
    .where('role', '=', 'operator')
    .where('disabled_at', 'is', null)
    .forUpdate()
    .execute();
  if (!operators.some(({ user_id }) => user_id !== leaving)) throw new AccountError('last_operator');
}

/** A grant as the columns of a row. */
export function columnsOf({ role, brands, vendors, agents }: Grant) {
  const list = (ids: readonly string[] | null) => (ids === null ? null : [...ids]);
  return { role, brands: list(brands), vendors: list(vendors), agents: list(agents) };
}

function detailOf({ role, brands, vendors, agents }: Grant) {
  return { role, brands, vendors, agents };
}
