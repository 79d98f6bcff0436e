import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may, roleOf } from '#lib/access/roles.ts';
import { getContext } from '#lib/server/context.ts';
import { listNotes } from '#lib/server/quality/coaching.ts';
import { acknowledgeNote } from '#lib/server/store/coaching.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { requireAbility } from '#lib/server/view.ts';
import { formOf, readForm } from '../../forms.ts';
import { rowId } from '../ids.ts';
import type { Actions, PageServerLoad } from './$types';

const states = ['open', 'overdue', 'acknowledged'] as const;
const acknowledged = z.object({
  id: rowId,
  reply: z.string().trim().max(2000),
});

export const load: PageServerLoad = async ({ locals, url }) => {
  const { visitor } = requireAbility(locals.view, 'quality');
  const { role } = visitor.principal;
  const isAgent = roleOf(role).reach === 'agents';
  if (!isAgent && !may(role, 'coach')) error(403, { message: 'needs coach', kind: 'forbidden' });
  const { store } = await getContext();
  const all = await listNotes(store, visitor.principal);
  const state = states.find((one) => one === url.searchParams.get('state')) ?? null;
  return {
    notes: all.filter((note) => state === null || note.state === state),
    count: all.length,
    open: all.filter((note) => note.state !== 'acknowledged').length,
    states,
    state,
    isAgent,
  };
};

export const actions: Actions = {
  async acknowledge({ locals, request }) {
    const { visitor } = requireAbility(locals.view, 'quality');
    if (roleOf(visitor.principal.role).reach !== 'agents') error(403, { message: 'not an agent', kind: 'forbidden' });
    const { store } = await getContext();
    const asked = readForm(acknowledged, await formOf(request));
    if (!asked) error(400, { message: 'id and reply expected', kind: 'bad_request' });
    try {
      await acknowledgeNote(store, visitor.principal, asked.id, asked.reply === '' ? null : asked.reply);
    } catch (cause) {
      if (!(cause instanceof QualityError)) throw cause;
      if (cause.kind === 'missing') error(404, { message: 'no such note', kind: 'not_found' });
      return fail(409, { problem: 'not_open' as const });
    }
    return redirect(303, `/quality/coaching#note-${asked.id}`);
  },
};
