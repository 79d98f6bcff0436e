import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** Where the hook sends a page's visitor whose role may not see it: an error thrown in the hook would have no frame around it. */
export const load: PageServerLoad = () => error(403, { message: 'forbidden', kind: 'forbidden' });
