import { availableParallelism } from 'node:os';
import { type BetterAuthPlugin, betterAuth } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { hashPassword } from 'better-auth/crypto';
import { twoFactor } from 'better-auth/plugins';
import { z } from 'zod';
import { challenge } from './challenge.ts';
import { makePasswordGate } from './password_gate.ts';
import type { Store } from './store/store.ts';

const dayS = 86_400;

/** Passwords as the store keeps them: scrypt, salted. */
export { hashPassword };

export const passwordLength = { least: 10, most: 128 } as const;

/** Half of the processors, and never all four threads that Node has for such work: DuckDB runs on them too. */
const hashesAtOnce = Math.min(3, Math.max(1, Math.floor(availableParallelism() / 2)));
/** About five seconds of waiting. */
const mostWaitingPerThread = 40;

export interface AuthOptions {
  store: Store;
  /** Signs cookies and encrypts second factors: at least 32 characters. */
  secret: string;
  /** Where browsers reach the app, as in https://service.example.com. */
  baseUrl: string;
  /** Hands cookies to the framework; the last of better-auth's plugins. */
  cookies?: BetterAuthPlugin;
}

/** Starts a session for somebody whom an identity provider vouches for; what a second factor is asked for is the provider's affair. */
const startSession = createAuthEndpoint.serverOnly(
  { method: 'POST', body: z.object({ userId: z.string() }), requireHeaders: true },
  async (context) => {
    const { internalAdapter } = context.context;
    const user = await internalAdapter.findUserById(context.body.userId);
    const session = user && (await internalAdapter.createSession(user.id));
    if (!session) throw new APIError('UNAUTHORIZED');
    await setSessionCookie(context, { session, user });
    return { userId: user.id };
  },
);

/** better-auth over the store. Its own endpoints are not served: pages call it, so that everything it does passes the same gates. */
export function makeAuth({ store, secret, baseUrl, cookies }: AuthOptions) {
  const auth = betterAuth({
    appName: 'Aftersight',
    secret,
    baseURL: baseUrl,
    database: { db: store.db, type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    logger: { level: 'error' },
    user: { modelName: 'users' },
    session: { modelName: 'sessions', expiresIn: 7 * dayS, updateAge: dayS / 24 },
    account: { modelName: 'credentials', accountLinking: { enabled: false } },
    verification: { modelName: 'verifications' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
      revokeSessionsOnPasswordReset: true,
    },
    advanced: {
      cookiePrefix: 'aftersight',
      useSecureCookies: baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      // It would believe any header that says where a request comes from; the log has the address that counts.
      ipAddress: { disableIpTracking: true },
    },
    plugins: [
      twoFactor({ issuer: 'Aftersight', schema: { twoFactor: { modelName: 'second_factors' } } }),
      { id: 'start-session', endpoints: { startSession } },
      challenge,
      ...(cookies ? [cookies] : []),
    ],
  });
  const passwords = makePasswordGate({ atOnce: hashesAtOnce, mostWaiting: hashesAtOnce * mostWaitingPerThread });
  return Object.assign(auth, { passwords });
}

export type Auth = ReturnType<typeof makeAuth>;
