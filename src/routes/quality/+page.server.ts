import { may, roleOf } from '#lib/access/roles.ts';
import { getContext } from '#lib/server/context.ts';
import { listWaiting } from '#lib/server/quality/waiting.ts';
import { listAppeals } from '#lib/server/store/appeals.ts';
import { listReviews } from '#lib/server/store/reviews.ts';
import { listSamples } from '#lib/server/store/samples.ts';
import { requireAbility } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

const recentReviews = 50;

export const load: PageServerLoad = async ({ locals }) => {
  const { visitor } = requireAbility(locals.view, 'quality');
  const { store } = await getContext();
  const { principal } = visitor;
  const [reviews, samples, appeals] = await Promise.all([
    listReviews(store, principal, { states: ['submitted'], kinds: ['random', 'risk'], latest: recentReviews }),
    listSamples(store, principal),
    listAppeals(store, principal),
  ]);
  const isReviewer = may(principal.role, 'review');
  const mine = isReviewer ? await listReviews(store, principal, { mine: true, states: ['assigned', 'draft'] }) : [];
  return {
    recent: reviews.map(({ content: _content, facts: _facts, ...review }) => review),
    samples: samples.length,
    open: mine.length,
    appeals: appeals.filter(({ state }) => state !== 'decided').length,
    isReviewer,
    waiting: await listWaiting(store, principal),
    now: new Date().toISOString(),
    mayCoach: may(principal.role, 'coach') || roleOf(principal.role).reach === 'agents',
  };
};
