import { json } from '@sveltejs/kit';
import { getContext } from '#lib/server/context.ts';
import { openReview, saveReview } from '#lib/server/store/reviews.ts';
import { requireAbility } from '#lib/server/view.ts';
import { orRefused, readId, readSave } from '../save.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { visitor } = requireAbility(event.locals.view, 'review');
  const save = await readSave(event.request);
  const { store } = await getContext();
  const id = readId(event);
  return orRefused(
    async () => json(await saveReview(store, visitor.principal, id, save)),
    () => openReview(store, visitor.principal, id),
  );
};
