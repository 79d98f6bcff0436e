import { redirect } from '@sveltejs/kit';
import { startOidc } from '#lib/server/oidc_sign_in.ts';
import { requestOf } from '../../forms.ts';
import { keepState, openOidc, redirectUri } from './state.ts';
import type { RequestHandler } from './$types';

/** A link rather than a form: the policy for forms lets none lead to another host. */
export const GET: RequestHandler = async (event) => {
  const { store, oidc, publicUrl } = await openOidc();
  const to = event.url.searchParams.get('to');
  const started = await startOidc(store, oidc, { redirectUri: redirectUri(publicUrl), to }, requestOf(event));
  if (started.kind !== 'go') redirect(303, `/sign-in?problem=${started.kind}`);
  keepState(event, started.state);
  redirect(303, started.url);
};
