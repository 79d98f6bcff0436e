import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/access/roles.ts';
import { getContext } from '#lib/server/context.ts';
import { decide, openAppeals } from '#lib/server/quality/appeals.ts';
import { answerAppeal } from '#lib/server/store/appeals.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { requireAbility, requireData } from '#lib/server/view.ts';
import { formOf, readForm } from '../../forms.ts';
import { rowId } from '../ids.ts';
import type { Actions, PageServerLoad } from './$types';

const text = z.string().trim().min(2).max(2000);
const answered = z.object({ id: rowId, text });
const decided = z.object({ id: rowId, text, level: z.enum(['', '0', '1', '2', '3', '4', '5']) });

export const load: PageServerLoad = async ({ locals }) => {
  const { visitor } = requireAbility(locals.view, 'quality');
  const { store } = await getContext();
  const { principal } = visitor;
  return {
    appeals: await openAppeals(store, principal),
    mayDecide: may(principal.role, 'manage_quality'),
    userId: principal.userId,
  };
};

export const actions: Actions = {
  async answer({ locals, request }) {
    const { visitor } = requireAbility(locals.view, 'review');
    const { store } = await getContext();
    const asked = readForm(answered, await formOf(request));
    if (!asked) return fail(400, { problem: 'no_text' as const });
    const by = { ...visitor.principal, name: visitor.name };
    return unlessRefused(() => answerAppeal(store, by, asked.id, asked.text));
  },
  async decide({ locals, request }) {
    const { visitor } = requireAbility(locals.view, 'manage_quality');
    const { warehouse, scope } = requireData(locals.view);
    const { store } = await getContext();
    const asked = readForm(decided, await formOf(request));
    if (!asked) return fail(400, { problem: 'no_text' as const });
    const by = { ...visitor.principal, name: visitor.name };
    const verdict =
      asked.level === '' ? { kind: 'rejected' as const } : { kind: 'upheld' as const, level: Number(asked.level) };
    return unlessRefused(() => decide({ store, warehouse, scope }, by, asked.id, asked.text, verdict));
  },
};

async function unlessRefused(work: () => Promise<void>) {
  try {
    await work();
  } catch (cause) {
    if (cause instanceof QualityError) return fail(409, { problem: 'not_open' as const });
    throw cause;
  }
  return redirect(303, '/quality/appeals');
}
