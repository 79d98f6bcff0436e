import { getContext } from '#lib/server/context.ts';
import { loadLink, useLink } from '../../link_page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const { oidc } = await getContext();
  const provider = oidc?.settings.label[locals.locale] ?? null;
  return { ...(await loadLink('invitation', params.token)), provider };
};

export const actions: Actions = { default: (event) => useLink('invitation', event) };
