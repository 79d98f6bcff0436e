import { APIError } from 'better-auth/api';
import type { Principal } from '#lib/access/principal.ts';
import { type Auth, hashPassword } from './auth.ts';
import { deviceId, makeDevice } from './known_device.ts';
import { BusyError } from './password_gate.ts';
import { normalEmail, principalOf } from './store/accounts.ts';
import { type AuditEntry, record } from './store/audit.ts';
import {
  type Begun,
  type Count,
  begin,
  codeCounts,
  factorCounts,
  lockedUntil,
  passwordCounts,
  succeeded,
} from './store/attempts.ts';
import { endSessions } from './store/sessions.ts';
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
  /** What the browser has kept of an earlier sign-in, null for none. */
  device: string | null;
}

/** How an attempt ended: in, with what the browser is to keep; `locked` until an instant, after too many that failed; `busy` for seconds. */
export type SignInOutcome =
  | { kind: 'in'; device: string }
  | { kind: 'second_factor' }
  | { kind: 'wrong' }
  | { kind: 'locked'; until: Date }
  | { kind: 'busy' };

/** Who sends a request, by its session; null for nobody, and for an account that is disabled. */
export async function whoIs(auth: Auth, store: Store, headers: Headers): Promise<Visitor | null> {
  if (!headers.get('cookie')?.includes('aftersight.')) return null;
  const found = await auth.api.getSession({ headers });
  if (!found) return null;
  const known = await principalOf(store, found.user.id);
  if (!known) return null;
  return { ...known, hasSecondFactor: found.user.twoFactorEnabled === true, sessionId: found.session.id };
}

/** Tries a password. What is wrong with it is never told: no account, wrong password and a disabled account look alike, and take as long. */
export async function signIn(
  auth: Auth,
  store: Store,
  { email: given, password }: { email: string; password: string },
  request: SignInRequest,
): Promise<SignInOutcome> {
  const { headers, address } = request;
  const email = normalEmail(given);
  const device = deviceId(auth.options.secret, email, request.device);
  const counts = passwordCounts({ email, device, address });
  const attempt = await begin(store, counts);
  if (attempt.until !== null) return { kind: 'locked', until: attempt.until };
  const account = await accountOf(store, email);
  try {
    const answer = await auth.passwords.run(
      () =>
        account?.isDisabled
          ? hashPassword(password).then(() => null)
          : auth.api.signInEmail({ body: { email, password }, headers }),
      { isKnown: device !== null },
    );
    if (answer === null)
      return await failed(store, { ...attempt, counts }, { subject: email, action: 'sign_in_failed' }, request);
    await succeeded(store, counts, attempt.ids);
    if ('twoFactorRedirect' in answer) return { kind: 'second_factor' };
    await say(store, 'sign_in', email, request, account);
    return { kind: 'in', device: makeDevice(auth.options.secret, email) };
  } catch (error) {
    if (error instanceof BusyError) {
      await succeeded(store, [], attempt.ids);
      return { kind: 'busy' };
    }
    if (!(error instanceof APIError)) throw error;
    return failed(store, { ...attempt, counts }, { subject: email, action: 'sign_in_failed' }, request);
  }
}

/** Tries the code of a second factor, or one of the codes kept for the day it is lost, after a right password. Each code is taken once. */
export async function verifySecondFactor(
  auth: Auth,
  store: Store,
  { code, isBackup }: { code: string; isBackup: boolean },
  request: SignInRequest,
): Promise<SignInOutcome> {
  const { headers } = request;
  const account = await auth.api.challenged({ headers });
  if (!account) return { kind: 'wrong' };
  const counts = factorCounts({ userId: account.id });
  const attempt = await begin(store, counts);
  if (attempt.until !== null) return { kind: 'locked', until: attempt.until };
  try {
    const once = isBackup ? null : await begin(store, codeCounts({ userId: account.id, code }));
    if (once !== null && once.until !== null) throw new APIError('UNAUTHORIZED');
    const { user } = isBackup
      ? await auth.api.verifyBackupCode({ body: { code }, headers })
      : await auth.api.verifyTOTP({ body: { code }, headers });
    // Whoever is in already is asked for their own code, whatever challenge they have.
    if (user.id !== account.id) throw new APIError('UNAUTHORIZED');
    await succeeded(store, counts, attempt.ids);
    await say(store, 'sign_in', account.email, request, account);
    return { kind: 'in', device: makeDevice(auth.options.secret, account.email) };
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    return failed(store, { ...attempt, counts }, { subject: account.email, action: 'second_factor_failed' }, request);
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
  await endSessions(store.db, visitor.principal.userId);
  await auth.api.signOut({ headers: request.headers });
  await say(store, 'sign_out_everywhere', visitor.email, request, { id: visitor.principal.userId, name: visitor.name });
}

/** Tells the log of an attempt that failed, and whether it was the last for a while. */
async function failed(
  store: Store,
  { counts, isLast }: Pick<Begun, 'isLast'> & { counts: readonly Count[] },
  { action, subject }: Pick<AuditEntry, 'action' | 'subject'>,
  request: SignInRequest,
): Promise<SignInOutcome> {
  await say(store, action, subject, request, null);
  const until = isLast ? await lockedUntil(store.db, counts) : null;
  if (until === null) return { kind: 'wrong' };
  await say(store, 'sign_in_locked', subject, request, null);
  return { kind: 'locked', until };
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
