import { may, roleOf } from '#lib/access/roles.ts';
import { getContext } from '#lib/server/context.ts';
import { listWaiting } from '#lib/server/quality/waiting.ts';
import { listAppeals } from '#lib/server/store/appeals.ts';
import { listReviews } from '#lib/server/store/reviews.ts';
import { listSamples } from '#lib/server/store/samples.ts';
import { requireAbility } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { visitor } = requireAbility(locals.view, 'quality');
  const { store } = await getContext();
  const { principal } = visitor;
  const [reviews, samples, appeals] = await Promise.all([
    listReviews(store, principal, { states: ['submitted'], kinds: ['random', 'risk'] }),
    listSamples(store, principal),
    listAppeals(store, principal),
  ]);
  const isReviewer = may(principal.role, 'review');
  const mine = isReviewer ? await listReviews(store, principal, { mine: true, states: ['assigned', 'draft'] }) : [];
  return {
    recent: reviews
      .sort((a, b) => ((a.submittedAt ?? '') < (b.submittedAt ?? '') ? 1 : -1))
      .slice(0, 50)
      .map(({ content: _content, ...review }) => review),
    samples: samples.length,
    open: mine.length,
    appeals: appeals.filter(({ state }) => state !== 'decided').length,
    isReviewer,
    waiting: await listWaiting(store, principal),
    now: new Date().toISOString(),
    mayCoach: may(principal.role, 'coach') || roleOf(principal.role).reach === 'agents',
  };
};
