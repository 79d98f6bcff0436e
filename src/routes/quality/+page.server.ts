import { may } from '#lib/access/roles.ts';
import { getContext } from '#lib/server/context.ts';
import { listWaiting } from '#lib/server/quality/waiting.ts';
import { listReviews } from '#lib/server/store/reviews.ts';
import { requireAbility } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

/** How many of the latest reviews the page shows. */
const shown = 20;

export const load: PageServerLoad = async ({ locals }) => {
  const { visitor } = requireAbility(locals.view, 'quality');
  const { store } = await getContext();
  const { principal } = visitor;
  const latest = { states: ['submitted'], kinds: ['random', 'risk'], latest: shown } as const;
  const reviews = await listReviews(store, principal, latest);
  const isReviewer = may(principal.role, 'review');
  const mine = isReviewer ? await listReviews(store, principal, { mine: true, states: ['assigned', 'draft'] }) : [];
  return {
    recent: reviews.map(({ content: _content, facts: _facts, ...review }) => review),
    open: mine.length,
    waiting: await listWaiting(store, principal),
    now: new Date().toISOString(),
  };
};
