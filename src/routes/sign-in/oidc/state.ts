import { type RequestEvent, error } from '@sveltejs/kit';
import { getContext } from '#lib/server/context.ts';
import { oidcCheckMs } from '#lib/server/store/oidc_checks.ts';

const cookie = 'aftersight_oidc';
const path = '/sign-in/oidc';

/** What a sign-in at the identity provider works with. Errors: 404 where none is configured. */
export async function openOidc() {
  const { auth, store, oidc, config } = await getContext();
  const { publicUrl } = config.web;
  if (!oidc || publicUrl === null) error(404, { message: 'no identity provider', kind: 'not_found' });
  return { auth, store, oidc, publicUrl };
}

/** Where the provider sends people back to; it must know this address. */
export function redirectUri(publicUrl: string): string {
  return `${publicUrl}${path}/callback`;
}

/** Binds a sign-in to the browser that began it. */
export function keepState({ cookies, url }: RequestEvent, state: string): void {
  const secure = url.protocol === 'https:';
  cookies.set(cookie, state, { path, httpOnly: true, sameSite: 'lax', secure, maxAge: oidcCheckMs / 1000 });
}

/** The state that this browser began with, given out once. */
export function takeState({ cookies }: RequestEvent): string | null {
  const state = cookies.get(cookie) ?? null;
  cookies.delete(cookie, { path });
  return state;
}
