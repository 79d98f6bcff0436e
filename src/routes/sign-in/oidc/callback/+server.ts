import { redirect } from '@sveltejs/kit';
import { finishOidc } from '#lib/server/oidc_sign_in.ts';
import { requestOf } from '../../../forms.ts';
import { openOidc, redirectUri, takeState } from '../state.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { auth, store, oidc, publicUrl } = await openOidc();
  const url = new URL(redirectUri(publicUrl) + event.url.search);
  const outcome = await finishOidc(auth, store, oidc, { url, state: takeState(event) }, requestOf(event));
  if (outcome.kind !== 'in') redirect(303, `/sign-in?problem=${outcome.kind}`);
  // The next request knows who it is, and where that role starts.
  redirect(303, outcome.to === null ? '/sign-in' : `/sign-in?to=${encodeURIComponent(outcome.to)}`);
};
