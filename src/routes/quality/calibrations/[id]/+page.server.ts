import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/access/roles.ts';
import { getContext } from '#lib/server/context.ts';
import { resultsOf } from '#lib/server/quality/calibrations.ts';
import { isReady, keepDiscussion, openCalibration, openResults } from '#lib/server/store/calibrations.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { listReviews } from '#lib/server/store/reviews.ts';
import { requireAbility } from '#lib/server/view.ts';
import { formOf, readForm } from '../../../forms.ts';
import { readId } from '../../ids.ts';
import type { Actions, PageServerLoad } from './$types';

const discussion = z.object({
  text: z.string().trim().max(4000),
  basedOn: z.union([z.literal('').transform(() => null), z.iso.datetime()]),
});

export const load: PageServerLoad = async (event) => {
  const { visitor } = requireAbility(event.locals.view, 'review');
  const { store } = await getContext();
  const { principal } = visitor;
  const id = readId(event);
  const calibration = await orMissing(() => openCalibration(store, principal, id));
  const mine = await listReviews(store, principal, { mine: true, sampleId: id, states: ['assigned', 'draft'] });
  return {
    calibration,
    results: await resultsOf(store, principal, calibration),
    isReady: isReady(calibration),
    showsAll: event.url.searchParams.get('rows') === 'all',
    nextId: mine[0]?.id ?? null,
    mayManage: may(principal.role, 'manage_quality'),
  };
};

export const actions: Actions = {
  async open(event) {
    const { visitor } = requireAbility(event.locals.view, 'manage_quality');
    const { store } = await getContext();
    try {
      await orMissing(() => openResults(store, visitor.principal, readId(event)));
    } catch (cause) {
      if (cause instanceof QualityError) return fail(409, { problem: 'too_early' as const });
      throw cause;
    }
    return redirect(303, `/quality/calibrations/${event.params.id}`);
  },
  async discuss(event) {
    const { visitor } = requireAbility(event.locals.view, 'manage_quality');
    const { store } = await getContext();
    const asked = readForm(discussion, await formOf(event.request));
    if (!asked) error(400, { message: 'a discussion of at most 4,000 characters expected', kind: 'bad_request' });
    try {
      await orMissing(() => keepDiscussion(store, visitor.principal, readId(event), asked));
    } catch (cause) {
      if (cause instanceof QualityError) return fail(409, { problem: 'outdated' as const, text: asked.text });
      throw cause;
    }
    return redirect(303, `/quality/calibrations/${event.params.id}`);
  },
};

async function orMissing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof QualityError && cause.kind === 'missing')
      error(404, { message: 'no such calibration', kind: 'not_found' });
    throw cause;
  }
}
