import { getContext } from '#lib/server/context.ts';
import { listReviewerWork } from '#lib/server/store/reviewer_work.ts';
import { requireAbility } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { visitor } = requireAbility(locals.view, 'manage_quality');
  const { store } = await getContext();
  return { work: await listReviewerWork(store, visitor.principal) };
};
