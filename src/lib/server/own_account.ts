import { APIError } from 'better-auth/api';
import { type Auth, passwordLength } from './auth.ts';
import type { SignInRequest, Visitor } from './sign_in.ts';
import { type AuditAction, record } from './store/audit.ts';
import { begin, codeCounts, lockedUntil, ownCounts, succeeded } from './store/attempts.ts';
import { endChallenges } from './store/sessions.ts';
import type { Store } from './store/store.ts';

/** What better-auth says of a password that is not the account's, or of an account that has none. */
const wrongCodes: readonly string[] = ['INVALID_PASSWORD', 'CREDENTIAL_ACCOUNT_NOT_FOUND'];

/** How something that takes the password ended; wrong ones count, for whoever holds a stolen session. */
export type PasswordRefusal = { kind: 'wrong' } | { kind: 'locked'; until: Date };

export interface OwnSession {
  id: string;
  isThis: boolean;
  userAgent: string;
  since: string;
  seenAt: string;
}

/** A second factor that waits for its first code. */
export interface StartedFactor {
  uri: string;
  backupCodes: string[];
}

/** Whether somebody has a password here, rather than only an identity at a provider. */
export async function hasPassword(store: Store, { principal }: Visitor): Promise<boolean> {
  const found = await store.db
    .selectFrom('credentials')
    .select('id')
    .where('userId', '=', principal.userId)
    .where('providerId', '=', 'credential')
    .executeTakeFirst();
  return found !== undefined;
}

/** Changes the password and ends every other session of the account. */
export async function changePassword(
  auth: Auth,
  store: Store,
  visitor: Visitor,
  { current, next }: { current: string; next: string },
  request: SignInRequest,
): Promise<{ kind: 'changed' } | { kind: 'short' } | PasswordRefusal> {
  if (next.length < passwordLength.least || next.length > passwordLength.most) return { kind: 'short' };
  const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
  const done = await withPassword(auth, store, visitor, request, () =>
    auth.api.changePassword({ body, headers: request.headers }),
  );
  if (done.kind !== 'done') return done;
  await endChallenges(store.db, visitor.principal.userId);
  await say(store, visitor, 'password_changed', request);
  return { kind: 'changed' };
}

/** Makes a second factor, in force once `confirmSecondFactor` was given a code of it. */
export async function startSecondFactor(
  auth: Auth,
  store: Store,
  visitor: Visitor,
  password: string,
  request: SignInRequest,
): Promise<{ kind: 'started'; factor: StartedFactor } | { kind: 'on' } | PasswordRefusal> {
  if (visitor.hasSecondFactor) return { kind: 'on' };
  const body = { password, method: 'totp' as const };
  const done = await withPassword(auth, store, visitor, request, () =>
    auth.api.enableTwoFactor({ body, headers: request.headers }),
  );
  if (done.kind !== 'done') return done;
  if (!('totpURI' in done.answer)) throw new Error('a second factor without a key');
  const { totpURI: uri, backupCodes } = done.answer;
  return { kind: 'started', factor: { uri, backupCodes } };
}

/** Puts the second factor in force if the code is right and was not taken before; tells whether it was. */
export async function confirmSecondFactor(
  auth: Auth,
  store: Store,
  visitor: Visitor,
  code: string,
  request: SignInRequest,
): Promise<boolean> {
  if (visitor.hasSecondFactor) return true;
  const once = await begin(store, codeCounts({ userId: visitor.principal.userId, code }));
  if (once.until !== null) return false;
  try {
    await auth.api.verifyTOTP({ body: { code }, headers: request.headers });
  } catch (error) {
    if (error instanceof APIError) return false;
    throw error;
  }
  await say(store, visitor, 'second_factor_on', request);
  return true;
}

/** Takes the second factor away. */
export async function endSecondFactor(
  auth: Auth,
  store: Store,
  visitor: Visitor,
  password: string,
  request: SignInRequest,
): Promise<{ kind: 'off' } | PasswordRefusal> {
  const done = await withPassword(auth, store, visitor, request, () =>
    auth.api.disableTwoFactor({ body: { password }, headers: request.headers }),
  );
  if (done.kind !== 'done') return done;
  if (visitor.hasSecondFactor) await say(store, visitor, 'second_factor_off', request);
  return { kind: 'off' };
}

/** Sessions of one's own that are not over, this one first, then by when they were last used. */
export async function ownSessions(store: Store, visitor: Visitor, now = new Date()): Promise<OwnSession[]> {
  const rows = await store.db
    .selectFrom('sessions')
    .select(['id', 'userAgent', 'createdAt', 'updatedAt'])
    .where('userId', '=', visitor.principal.userId)
    .where('expiresAt', '>', now)
    .orderBy('updatedAt', 'desc')
    .execute();
  return rows
    .map(({ id, userAgent, createdAt, updatedAt }) => ({
      id,
      isThis: id === visitor.sessionId,
      userAgent: userAgent ?? '',
      since: createdAt.toISOString(),
      seenAt: updatedAt.toISOString(),
    }))
    .sort((a, b) => Number(b.isThis) - Number(a.isThis));
}

async function withPassword<T>(
  auth: Auth,
  store: Store,
  visitor: Visitor,
  request: SignInRequest,
  act: () => Promise<T>,
): Promise<{ kind: 'done'; answer: T } | PasswordRefusal> {
  const counts = ownCounts(visitor.principal);
  const attempt = await begin(store, counts);
  if (attempt.until !== null) return { kind: 'locked', until: attempt.until };
  try {
    const answer = await auth.passwords.run(act, { isKnown: true });
    await succeeded(store, counts, attempt.ids);
    return { kind: 'done', answer };
  } catch (error) {
    if (!(error instanceof APIError) || !wrongCodes.includes(error.body?.code ?? '')) {
      await succeeded(store, [], attempt.ids);
      throw error;
    }
    const until = attempt.isLast ? await lockedUntil(store.db, counts) : null;
    if (until === null) return { kind: 'wrong' };
    await say(store, visitor, 'sign_in_locked', request);
    return { kind: 'locked', until };
  }
}

async function say(
  store: Store,
  { principal, name, email }: Visitor,
  action: AuditAction,
  { address, requestId }: SignInRequest,
): Promise<void> {
  const actor = { id: principal.userId, name };
  await record(store, { actor, action, subject: email, detail: { address }, requestId });
}
