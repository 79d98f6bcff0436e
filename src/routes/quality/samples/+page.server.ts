import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/access/roles.ts';
import { getContext } from '#lib/server/context.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { listRecurringSamples, stopRecurringSample } from '#lib/server/store/recurring_samples.ts';
import { listSamples } from '#lib/server/store/samples.ts';
import { requireAbility } from '#lib/server/view.ts';
import { formOf, readForm } from '../../forms.ts';
import { rowId } from '../ids.ts';
import type { Actions, PageServerLoad } from './$types';

const stopped = z.object({ id: rowId });

export const load: PageServerLoad = async ({ locals }) => {
  const { visitor } = requireAbility(locals.view, 'quality');
  const { store } = await getContext();
  const { principal } = visitor;
  const mayManage = may(principal.role, 'manage_quality');
  const recurring = mayManage ? await listRecurringSamples(store, principal) : [];
  return {
    samples: (await listSamples(store, principal)).map(
      ({ plan: _plan, draw: _draw, brands: _brands, vendors: _vendors, ...sample }) => sample,
    ),
    recurring: recurring.map(({ plan: _plan, size: _size, ...one }) => one),
    mayManage,
    now: new Date().toISOString(),
  };
};

export const actions: Actions = {
  async stop({ locals, request }) {
    const { visitor } = requireAbility(locals.view, 'manage_quality');
    const { store } = await getContext();
    const asked = readForm(stopped, await formOf(request));
    try {
      await stopRecurringSample(store, visitor.principal, asked?.id ?? 0);
    } catch (cause) {
      if (cause instanceof QualityError) error(404, { message: 'no such recurring sample', kind: 'not_found' });
      throw cause;
    }
    redirect(303, '/quality/samples');
  },
};
