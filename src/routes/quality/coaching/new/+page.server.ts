import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { getContext } from '#lib/server/context.ts';
import { writeNote } from '#lib/server/quality/coaching.ts';
import { quotableCase } from '#lib/server/quality/quotes.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { requireAbility, requireData } from '#lib/server/view.ts';
import { formOf } from '../../../forms.ts';
import { rowId } from '../../ids.ts';
import type { Actions, PageServerLoad } from './$types';

const about = z.object({
  case: z.string().min(1).max(500),
  review: rowId.nullable(),
});
const written = z.object({ text: z.string().trim().min(1).max(4000), messages: z.array(z.string().max(500)).max(20) });

export const load: PageServerLoad = async ({ locals, url }) => {
  requireAbility(locals.view, 'coach');
  const { warehouse, scope } = requireData(locals.view);
  const { case: caseId, review } = readAbout(url);
  const quotable = await quotableCase(warehouse, scope, caseId);
  if (!quotable) error(404, { message: 'no such case', kind: 'not_found' });
  return { caseId, review, agentId: quotable.head.agent_id, messages: quotable.messages };
};

export const actions: Actions = {
  async default({ locals, request, url }) {
    const { visitor } = requireAbility(locals.view, 'coach');
    const { warehouse, scope } = requireData(locals.view);
    const { store } = await getContext();
    const { case: caseId, review: reviewId } = readAbout(url);
    const form = await formOf(request);
    const given = { text: String(form.get('text') ?? ''), messages: form.getAll('messages').map(String) };
    const asked = written.safeParse(given);
    if (!asked.success) return fail(400, { problem: 'no_text' as const, given });
    const { text, messages: messageIds } = asked.data;
    try {
      await writeNote({ store, warehouse, scope }, visitor.principal, { caseId, reviewId, text, messageIds });
    } catch (cause) {
      if (!(cause instanceof QualityError)) throw cause;
      return fail(409, { problem: cause.kind === 'no_agent' ? ('no_agent' as const) : ('missing' as const), given });
    }
    return redirect(303, '/quality/coaching');
  },
};

function readAbout({ searchParams }: URL): z.output<typeof about> {
  const read = about.safeParse({ case: searchParams.get('case'), review: searchParams.get('review') });
  if (!read.success) error(400, { message: 'a case and perhaps a review expected', kind: 'bad_request' });
  return read.data;
}
