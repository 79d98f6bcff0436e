import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';

/** Who is asked for a second factor: whoever has the cookie that a right password left, until it is used or ten minutes are over; else null. */
const challenged = createAuthEndpoint.serverOnly({ method: 'POST', requireHeaders: true }, async (call) => {
  const { createAuthCookie, internalAdapter, secret } = call.context;
  const identifier = await call.getSignedCookie(createAuthCookie('two_factor').name, secret);
  const found = identifier ? await internalAdapter.findVerificationValue(identifier) : null;
  const user = found && (await internalAdapter.findUserById(found.value));
  return user && { id: user.id, name: user.name, email: user.email };
});

/** Lets failed codes be counted for the account they were meant for; better-auth tells nobody whose challenge a cookie is. */
export const challenge = { id: 'challenge', endpoints: { challenged } } satisfies BetterAuthPlugin;
