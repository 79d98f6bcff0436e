import { json } from '@sveltejs/kit';
import { getContext } from '#lib/server/context.ts';
import { saveDraftReview } from '#lib/server/quality/reviews.ts';
import { openReview } from '#lib/server/store/reviews.ts';
import { requireAbility } from '#lib/server/view.ts';
import { readId } from '../../../ids.ts';
import { orRefused, readSave } from '../save.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { visitor } = requireAbility(event.locals.view, 'review');
  const save = await readSave(event.request);
  const { store } = await getContext();
  const id = readId(event);
  return orRefused(
    async () => json(await saveDraftReview(store, visitor.principal, id, save)),
    () => openReview(store, visitor.principal, id),
  );
};
