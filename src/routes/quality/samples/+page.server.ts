import { may } from '#lib/access/roles.ts';
import { getContext } from '#lib/server/context.ts';
import { listSamples } from '#lib/server/store/samples.ts';
import { requireAbility } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { visitor } = requireAbility(locals.view, 'quality');
  const { store } = await getContext();
  return {
    samples: (await listSamples(store, visitor.principal)).map(({ plan: _plan, draw: _draw, ...sample }) => sample),
    mayManage: may(visitor.principal.role, 'manage_quality'),
  };
};
