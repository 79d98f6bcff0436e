import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { getContext } from '#lib/server/context.ts';
import { namesOf } from '#lib/server/names.ts';
import { keepCase, openLibrary } from '#lib/server/quality/library.ts';
import { quotableCase } from '#lib/server/quality/quotes.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { requireAbility, requireData } from '#lib/server/view.ts';
import { formOf } from '../../../forms.ts';
import type { Actions, PageServerLoad } from './$types';

const entry = z.object({
  title: z.string().trim().min(1).max(80),
  lesson: z.string().trim().min(1).max(2000),
  example: z.enum(['good', 'bad']),
  tags: z.array(z.string().max(30)).max(10),
  messageIds: z.array(z.string().max(500)).max(20),
});

export const load: PageServerLoad = async ({ locals, url }) => {
  const { visitor } = requireAbility(locals.view, 'manage_quality');
  const { warehouse, scope, config } = requireData(locals.view);
  const { store } = await getContext();
  const caseId = readCase(url);
  const quotable = await quotableCase(warehouse, scope, caseId);
  if (!quotable) error(404, { message: 'no such case', kind: 'not_found' });
  const { entries } = await openLibrary(store, visitor.principal, { example: null, tag: null, words: '' });
  const reason = quotable.head.reason_agent;
  const kept = entries.find((one) => one.caseId === caseId) ?? null;
  return {
    caseId,
    messages: quotable.messages,
    isKept: kept !== null,
    given: {
      title: kept?.title ?? '',
      lesson: kept?.lesson ?? '',
      example: kept?.example ?? ('good' as const),
      tags: kept?.tags ?? (reason === null ? [] : [namesOf(config, locals.locale).reason_agent?.[reason] ?? reason]),
      messageIds: kept?.quotes.map(({ messageId }) => messageId) ?? [],
    },
  };
};

export const actions: Actions = {
  async default({ locals, request, url }) {
    const { visitor } = requireAbility(locals.view, 'manage_quality');
    const { warehouse, scope } = requireData(locals.view);
    const { store } = await getContext();
    const caseId = readCase(url);
    const form = await formOf(request);
    const text = (name: string) => String(form.get(name) ?? '');
    const given = {
      title: text('title'),
      lesson: text('lesson'),
      example: text('example'),
      tags: [
        ...new Set(
          text('tags')
            .split(/[,，、]/)
            .map((tag) => tag.trim()),
        ),
      ].filter((tag) => tag !== ''),
      messageIds: form.getAll('messages').map(String),
    };
    const asked = entry.safeParse(given);
    if (!asked.success) return fail(400, { problem: 'fields' as const, given });
    try {
      await keepCase({ store, warehouse, scope }, visitor.principal, { caseId, ...asked.data });
    } catch (cause) {
      if (cause instanceof QualityError) return fail(404, { problem: 'missing' as const, given });
      throw cause;
    }
    return redirect(303, '/quality/library');
  },
};

function readCase({ searchParams }: URL): string {
  const caseId = searchParams.get('case') ?? '';
  if (caseId === '' || caseId.length > 500) error(400, { message: 'a case expected', kind: 'bad_request' });
  return caseId;
}
