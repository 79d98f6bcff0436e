import { may } from '#lib/access/roles.ts';
import { getContext } from '#lib/server/context.ts';
import { isReady, listCalibrations } from '#lib/server/store/calibrations.ts';
import { requireAbility } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { visitor } = requireAbility(locals.view, 'review');
  const { store } = await getContext();
  const calibrations = await listCalibrations(store, visitor.principal);
  return {
    calibrations: calibrations.map((one) => ({ ...one, isReady: isReady(one) })),
    mayManage: may(visitor.principal.role, 'manage_quality'),
  };
};
