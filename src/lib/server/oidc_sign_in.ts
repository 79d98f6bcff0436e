import { APIError } from 'better-auth/api';
import type { OidcProblem, OidcRefusal } from '#lib/access/oidc_problems.ts';
import type { Auth } from './auth.ts';
import { type Identity, type Oidc, OidcError } from './oidc.ts';
import type { SignInRequest } from './sign_in.ts';
import { record } from './store/audit.ts';
import { begin, lockedUntil, oidcCounts, succeeded } from './store/attempts.ts';
import { ownerOf } from './store/identities.ts';
import { keepCheck, takeCheck } from './store/oidc_checks.ts';
import type { Store } from './store/store.ts';

export type OidcOutcome = { kind: 'in'; to: string | null } | { kind: OidcProblem };

/** Begins a sign-in at the identity provider: where to go, and the state to come back with. */
export async function startOidc(
  store: Store,
  oidc: Oidc,
  { redirectUri, to }: { redirectUri: string; to: string | null },
  request: SignInRequest,
): Promise<{ kind: 'go'; url: string; state: string } | { kind: OidcProblem }> {
  if (await isLocked(store, request)) return { kind: 'locked' };
  try {
    const { url, check } = await oidc.start(redirectUri);
    if (!(await keepCheck(store, check, { address: request.address, to }))) return { kind: 'locked' };
    return { kind: 'go', url, state: check.state };
  } catch (error) {
    if (!(error instanceof OidcError)) throw error;
    tell(error, request);
    return { kind: error.kind };
  }
}

/**
 * Ends it: `url` is what the provider sent somebody back to, `state` what their browser kept. The app asks for no second factor, which
 * is the provider's affair. Whoever it let in has a session.
 */
export async function finishOidc(
  auth: Auth,
  store: Store,
  oidc: Oidc,
  { url, state }: { url: URL; state: string | null },
  request: SignInRequest,
): Promise<OidcOutcome> {
  if (await isLocked(store, request)) return { kind: 'locked' };
  const isOwn = state !== null && url.searchParams.get('state') === state;
  const kept = isOwn ? await takeCheck(store, state) : null;
  if (kept === null) return { kind: 'over' };
  let identity: Identity;
  try {
    identity = await oidc.finish(url, kept.check);
  } catch (error) {
    if (!(error instanceof OidcError)) throw error;
    if (error.kind !== 'denied') tell(error, request);
    return error.kind === 'invalid' ? refuse(store, 'invalid', {}, request) : { kind: error.kind };
  }
  const owner = await ownerOf(store, identity, oidc.settings.newAccounts, request);
  const who = { email: owner.email, subject: identity.subject };
  if (owner.kind !== 'known') return refuse(store, owner.kind, who, request);
  if (!(await opensSession(auth, owner.userId, request))) return refuse(store, 'disabled', who, request);
  const { name, email } = owner;
  const { address, requestId } = request;
  const actor = { id: owner.userId, name };
  await succeeded(store, oidcCounts({ subject: identity.subject, address }), []);
  await record(store, { actor, action: 'sign_in', subject: email, detail: { address, by: 'oidc' }, requestId });
  return { kind: 'in', to: kept.to };
}

/** Starts a session; not for an account that has gone meanwhile. */
async function opensSession(auth: Auth, userId: string, { headers }: SignInRequest): Promise<boolean> {
  try {
    await auth.api.startSession({ body: { userId }, headers });
    return true;
  } catch (error) {
    if (error instanceof APIError) return false;
    throw error;
  }
}

/** Logs and counts whom the provider vouched for in vain, and answers that were not to be believed. */
async function refuse(
  store: Store,
  why: OidcRefusal,
  { email, subject }: { email?: string | null; subject?: string },
  request: SignInRequest,
): Promise<OidcOutcome> {
  const { address, requestId } = request;
  await begin(store, oidcCounts({ subject: subject ?? null, address }));
  const detail = { address, by: 'oidc', why };
  await record(store, { actor: null, action: 'sign_in_failed', subject: email ?? '', detail, requestId });
  return { kind: why };
}

/** Nobody is known before the provider answers, but by where they come from. */
async function isLocked(store: Store, { address }: SignInRequest): Promise<boolean> {
  return (await lockedUntil(store.db, oidcCounts({ subject: null, address }))) !== null;
}

/** Tells whoever runs this what the provider said; its answers are for them, not for who signs in. */
function tell(error: OidcError, { requestId }: SignInRequest): void {
  process.stderr.write(`${JSON.stringify({ requestId, error: error.message })}\n`);
}
