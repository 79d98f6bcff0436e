import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/access/roles.ts';
import { getContext } from '#lib/server/context.ts';
import { CardError, beginCard, listCards, publish, reviseCard } from '#lib/server/quality/cards.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { archiveCard } from '#lib/server/store/scorecards.ts';
import { requireAbility } from '#lib/server/view.ts';
import { formOf, readForm } from '../../forms.ts';
import { rowId } from '../ids.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const pick = z.object({ card: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/), version: rowId });

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
  /** Makes a draft of what a published version says; one that there is already is gone on with. */
  async revise(event) {
    const { by, store, asked } = await asks(event);
    try {
      await reviseCard(store, by, { cardId: asked.card, cardVersion: asked.version });
    } catch (cause) {
      if (!(cause instanceof QualityError)) throw cause;
      if (cause.kind === 'missing') error(404, { message: 'no such card', kind: 'not_found' });
    }
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
      error(404, { message: 'no such card in use', kind: 'not_found' });
    });
    redirect(303, `/quality/cards#${asked.card}`);
  },
};

async function asks({ locals, request }: RequestEvent) {
  const { visitor, config } = requireAbility(locals.view, 'manage_quality');
  const { store } = await getContext();
  const asked = readForm(pick, await formOf(request));
  if (!asked) error(400, { message: 'a card and its version expected', kind: 'bad_request' });
  return { by: visitor.principal, store, asked, brands: config.brands.map(({ id }) => id) };
}
