import { loadLink, useLink } from '../../link_page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) => loadLink('invitation', params.token);

export const actions: Actions = { default: (event) => useLink('invitation', event) };
