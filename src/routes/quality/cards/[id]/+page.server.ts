import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { readScorecard } from '#lib/qa/scorecard_reading.ts';
import { scorecardDraftSchema } from '#lib/qa/scorecard_draft.ts';
import { getContext } from '#lib/server/context.ts';
import { openDraft, saveDraft } from '#lib/server/quality/cards.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { requireAbility } from '#lib/server/view.ts';
import { formOf, readForm } from '../../../forms.ts';
import type { Actions, PageServerLoad } from './$types';

const kept = z.object({
  card: z
    .string()
    .max(500_000)
    .transform((text) => scorecardDraftSchema.safeParse(parsed(text)).data ?? null),
  basedOn: z.iso.datetime(),
});

export const load: PageServerLoad = async ({ locals, params }) => {
  const { visitor, config } = requireAbility(locals.view, 'manage_quality');
  const { store } = await getContext();
  const brandIds = config.brands.map(({ id }) => id);
  try {
    const { draft, version, changedAt } = await openDraft(store, visitor.principal, params.id);
    return { draft, version, changedAt, brandIds };
  } catch (cause) {
    if (cause instanceof QualityError) error(404, { message: 'no such draft', kind: 'not_found' });
    throw cause;
  }
};

export const actions: Actions = {
  async default({ locals, params, request }) {
    const { visitor, config } = requireAbility(locals.view, 'manage_quality');
    const { store } = await getContext();
    const asked = readForm(kept, await formOf(request));
    if (!asked?.card) return fail(400, { problem: 'unreadable' as const });
    const draft = { ...asked.card, id: params.id };
    try {
      await saveDraft(store, visitor.principal, draft, asked.basedOn);
    } catch (cause) {
      if (cause instanceof QualityError) return fail(409, { problem: 'outdated' as const });
      throw cause;
    }
    const brands = config.brands.map(({ id }) => id);
    const { problems } = readScorecard({ ...draft, version: 1, state: 'draft' }, brands);
    if (problems.length === 0) redirect(303, `/quality/cards#${params.id}`);
    return { problem: 'unfinished' as const };
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
