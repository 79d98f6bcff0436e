import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/access/roles.ts';
import { draftOf } from '#lib/qa/scorecard_draft.ts';
import { getContext } from '#lib/server/context.ts';
import { CardError, beginCard, listCards, pinnedCard, publish, saveDraft } from '#lib/server/quality/cards.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { archiveCard } from '#lib/server/store/scorecards.ts';
import { requireAbility } from '#lib/server/view.ts';
import { readForm } from '../../forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const pick = z.object({ card: z.string().min(1).max(60), version: z.coerce.number().int().min(1) });

export const load: PageServerLoad = async ({ locals }) => {
  const { visitor, config } = requireAbility(locals.view, 'quality');
  const { store } = await getContext();
  const brands = config.brands.map(({ id }) => id);
  return {
    cards: await listCards(store, visitor.principal, brands),
    mayManage: may(visitor.principal.role, 'manage_quality'),
  };
};

export const actions: Actions = {
  async begin({ locals }) {
    const { visitor } = requireAbility(locals.view, 'manage_quality');
    const { store } = await getContext();
    redirect(303, `/quality/cards/${await beginCard(store, visitor.principal)}`);
  },
  /** Makes a draft of what a published version says. */
  async revise(event) {
    const { by, store, asked } = await asks(event);
    const card = await pinnedCard(store, by, { cardId: asked.card, cardVersion: asked.version });
    await saveDraft(store, by, draftOf(card));
    redirect(303, `/quality/cards/${asked.card}`);
  },
  async publish(event) {
    const { by, store, asked, brands } = await asks(event);
    try {
      await publish(store, by, { cardId: asked.card, version: asked.version }, brands);
    } catch (cause) {
      if (cause instanceof CardError) return fail(400, { problems: [...cause.problems] });
      if (cause instanceof QualityError) return fail(409, { problems: [] });
      throw cause;
    }
    redirect(303, `/quality/cards#${asked.card}`);
  },
  async archive(event) {
    const { by, store, asked } = await asks(event);
    await archiveCard(store, by, asked.card, asked.version).catch((cause: unknown) => {
      if (!(cause instanceof QualityError)) throw cause;
    });
    redirect(303, `/quality/cards#${asked.card}`);
  },
};

async function asks({ locals, request }: RequestEvent) {
  const { visitor, config } = requireAbility(locals.view, 'manage_quality');
  const { store } = await getContext();
  const asked = readForm(pick, await request.formData()) ?? { card: '', version: 0 };
  return { by: visitor.principal, store, asked, brands: config.brands.map(({ id }) => id) };
}
