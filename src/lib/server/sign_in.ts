import { APIError } from 'better-auth/api';
import type { Principal } from '#lib/access/principal.ts';
import type { Auth } from './auth.ts';
import { normalEmail, principalOf } from './store/accounts.ts';
import { type AuditEntry, record } from './store/audit.ts';
import { type Attempt, countFailure, forgetFailures, lockedUntil } from './store/failures.ts';
import type { Store } from './store/store.ts';

/** Somebody who is signed in, with the session they came by. */
export interface Visitor {
  principal: Principal;
  name: string;
  email: string;
  hasSecondFactor: boolean;
  sessionId: string;
}

/** What one request to sign in comes with. */
export interface SignInRequest {
  headers: Headers;
  address: string;
  requestId: string;
}

/** How an attempt ended; `locked` until an instant, after too many that failed. */
export type SignInOutcome =
  { kind: 'in' } | { kind: 'second_factor' } | { kind: 'wrong' } | { kind: 'locked'; until: Date };

/** Who sends a request, by its session; null for nobody, and for an account that is disabled. */
export async function whoIs(auth: Auth, store: Store, headers: Headers): Promise<Visitor | null> {
  if (!headers.get('cookie')?.includes('aftersight.')) return null;
  const found = await auth.api.getSession({ headers });
  if (!found) return null;
  const known = await principalOf(store, found.user.id);
  if (!known) return null;
  return { ...known, hasSecondFactor: found.user.twoFactorEnabled === true, sessionId: found.session.id };
}

/** Tries a password. What is wrong with it is never told: no account, wrong password and a disabled account look alike. */
export async function signIn(
  auth: Auth,
  store: Store,
  { email: given, password }: { email: string; password: string },
  request: SignInRequest,
): Promise<SignInOutcome> {
  const attempt: Attempt = { email: normalEmail(given), address: request.address };
  const until = await lockedUntil(store, attempt);
  if (until !== null) return { kind: 'locked', until };
  try {
    const account = await accountOf(store, attempt.email);
    if (account?.isDisabled) throw new APIError('UNAUTHORIZED');
    const body = { email: attempt.email, password };
    const answer = await auth.api.signInEmail({ body, headers: request.headers });
    if ('twoFactorRedirect' in answer) return { kind: 'second_factor' };
    await forgetFailures(store, attempt);
    await say(store, 'sign_in', attempt.email, request, account);
    return { kind: 'in' };
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    return failed(store, attempt, request);
  }
}

/** Tries the code of a second factor, or one of the codes kept for the day it is lost, after a right password. */
export async function verifySecondFactor(
  auth: Auth,
  store: Store,
  { code, isBackup }: { code: string; isBackup: boolean },
  request: SignInRequest,
): Promise<SignInOutcome> {
  const attempt: Attempt = { email: `second factor ${request.address}`, address: request.address };
  const until = await lockedUntil(store, attempt);
  if (until !== null) return { kind: 'locked', until };
  try {
    const { headers } = request;
    const { user } = isBackup
      ? await auth.api.verifyBackupCode({ body: { code }, headers })
      : await auth.api.verifyTOTP({ body: { code }, headers });
    await forgetFailures(store, attempt);
    await say(store, 'sign_in', user.email, request, { id: user.id, name: user.name });
    return { kind: 'in' };
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    await countFailure(store, attempt);
    return { kind: 'wrong' };
  }
}

/** Ends the session of a request. */
export async function signOut(auth: Auth, store: Store, visitor: Visitor, request: SignInRequest): Promise<void> {
  await auth.api.signOut({ headers: request.headers });
  await say(store, 'sign_out', visitor.email, request, { id: visitor.principal.userId, name: visitor.name });
}

/** Ends every session of an account, also this one. */
export async function signOutEverywhere(
  auth: Auth,
  store: Store,
  visitor: Visitor,
  request: SignInRequest,
): Promise<void> {
  await store.db.deleteFrom('sessions').where('userId', '=', visitor.principal.userId).execute();
  await auth.api.signOut({ headers: request.headers });
  await say(store, 'sign_out_everywhere', visitor.email, request, { id: visitor.principal.userId, name: visitor.name });
}

async function failed(store: Store, attempt: Attempt, request: SignInRequest): Promise<SignInOutcome> {
  await countFailure(store, attempt);
  const until = await lockedUntil(store, attempt);
  await say(store, until === null ? 'sign_in_failed' : 'sign_in_locked', attempt.email, request, null);
  return until === null ? { kind: 'wrong' } : { kind: 'locked', until };
}

async function say(
  store: Store,
  action: AuditEntry['action'],
  subject: string,
  { address, requestId }: SignInRequest,
  account: { id: string; name: string } | null,
): Promise<void> {
  const actor = account && { id: account.id, name: account.name };
  await record(store, { actor, action, subject, detail: { address }, requestId });
}

async function accountOf(
  store: Store,
  email: string,
): Promise<{ id: string; name: string; isDisabled: boolean } | null> {
  const row = await store.db
    .selectFrom('users')
    .leftJoin('grants', 'grants.user_id', 'users.id')
    .select(['users.id', 'users.name', 'disabled_at', 'grants.user_id'])
    .where('email', '=', email)
    .executeTakeFirst();
  return row ? { id: row.id, name: row.name, isDisabled: row.user_id === null || row.disabled_at !== null } : null;
}
