import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/access/roles.ts';
import { getContext } from '#lib/server/context.ts';
import { openLibrary } from '#lib/server/quality/library.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { removeTypicalCase } from '#lib/server/store/typical_cases.ts';
import { requireAbility } from '#lib/server/view.ts';
import { formOf, readForm } from '../../forms.ts';
import type { Actions, PageServerLoad } from './$types';

const examples = ['good', 'bad'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { visitor } = requireAbility(locals.view, 'quality');
  const { store } = await getContext();
  const { searchParams } = url;
  const tag = searchParams.get('tag') ?? '';
  const sought = {
    example: examples.find((one) => one === searchParams.get('example')) ?? null,
    tag: tag === '' ? null : tag,
    words: (searchParams.get('q') ?? '').slice(0, 200),
  };
  return {
    ...(await openLibrary(store, visitor.principal, sought)),
    sought,
    examples,
    mayManage: may(visitor.principal.role, 'manage_quality'),
  };
};

export const actions: Actions = {
  async remove({ locals, request }) {
    const { visitor } = requireAbility(locals.view, 'manage_quality');
    const { store } = await getContext();
    const asked = readForm(z.object({ case: z.string().min(1).max(500) }), await formOf(request));
    if (!asked) error(400, { message: 'a case expected', kind: 'bad_request' });
    try {
      await removeTypicalCase(store, { ...visitor.principal, name: visitor.name }, asked.case);
    } catch (cause) {
      if (cause instanceof QualityError) error(404, { message: 'no such case', kind: 'not_found' });
      throw cause;
    }
    return redirect(303, '/quality/library');
  },
};
