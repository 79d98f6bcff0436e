import { error } from '@sveltejs/kit';
import { may } from '#lib/access/roles.ts';
import { getContext } from '#lib/server/context.ts';
import { readPlan, redrawSample } from '#lib/server/quality/samples.ts';
import { riskRules } from '#lib/server/sample_reads.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { listReviews } from '#lib/server/store/reviews.ts';
import { casesOfSample, openSample } from '#lib/server/store/samples.ts';
import { requireAbility, requireData } from '#lib/server/view.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { visitor } = requireAbility(event.locals.view, 'quality');
  const { store } = await getContext();
  const id = readId(event);
  try {
    const { plan, draw: _draw, ...sample } = await openSample(store, visitor.principal, id);
    const [cases, reviews] = await Promise.all([
      casesOfSample(store, visitor.principal, id),
      listReviews(store, visitor.principal, { sampleId: id }),
    ]);
    return {
      sample,
      plan: readPlan(plan),
      riskRules,
      cases,
      reviews: reviews.map(({ content: _content, ...review }) => review),
      mayManage: may(visitor.principal.role, 'manage_quality'),
    };
  } catch (cause) {
    if (cause instanceof QualityError) error(404, { message: 'no such sample', kind: 'not_found' });
    throw cause;
  }
};

export const actions: Actions = {
  async redraw(event) {
    const { visitor } = requireAbility(event.locals.view, 'quality');
    const { warehouse } = requireData(event.locals.view);
    const { store } = await getContext();
    return { redrawn: await redrawSample({ store, warehouse }, visitor.principal, readId(event)) };
  },
};

function readId({ params }: Pick<RequestEvent, 'params'>): number {
  if (!/^[1-9]\d{0,8}$/.test(params.id)) error(404, { message: 'no such sample', kind: 'not_found' });
  return Number(params.id);
}
