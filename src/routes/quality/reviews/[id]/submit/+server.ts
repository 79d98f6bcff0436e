import { json } from '@sveltejs/kit';
import { getContext } from '#lib/server/context.ts';
import { submitReview } from '#lib/server/quality/reviews.ts';
import { openReview } from '#lib/server/store/reviews.ts';
import { requireAbility, requireData } from '#lib/server/view.ts';
import { readId } from '../../../ids.ts';
import { orRefused, readSave } from '../save.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { visitor } = requireAbility(event.locals.view, 'review');
  const { warehouse, scope } = requireData(event.locals.view);
  const save = await readSave(event.request);
  const { store } = await getContext();
  const by = { ...visitor.principal, name: visitor.name };
  const id = readId(event);
  return orRefused(
    async () => json(await submitReview({ store, warehouse, scope }, by, id, save)),
    () => openReview(store, by, id),
  );
};
