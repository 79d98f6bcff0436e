import { redirect } from '@sveltejs/kit';
import { getContext } from '#lib/server/context.ts';
import { signOut } from '#lib/server/sign_in.ts';
import { requireView } from '#lib/server/view.ts';
import { requestOf } from '../forms.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { store, auth } = await getContext();
  await signOut(auth, store, requireView(event.locals.view).visitor, requestOf(event));
  redirect(303, '/sign-in');
};
