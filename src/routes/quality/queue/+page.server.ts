import { getContext } from '#lib/server/context.ts';
import { listReviews } from '#lib/server/store/reviews.ts';
import { requireAbility } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { visitor } = requireAbility(locals.view, 'review');
  const { store } = await getContext();
  const mine = await listReviews(store, visitor.principal, { mine: true });
  const order = { draft: 0, assigned: 1, submitted: 2 };
  const open = mine.filter(({ state }) => state !== 'submitted').sort((a, b) => order[a.state] - order[b.state]);
  return { open, done: mine.length - open.length, all: mine.length, now: new Date().toISOString() };
};
