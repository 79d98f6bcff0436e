import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/access/roles.ts';
import { timelineOf } from '#lib/server/case_timeline.ts';
import { getContext } from '#lib/server/context.ts';
import { dispute } from '#lib/server/quality/appeals.ts';
import { conductOf } from '#lib/server/quality/conduct.ts';
import { nextReview, openReview } from '#lib/server/quality/reviews.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { historyOf } from '#lib/server/store/reviews.ts';
import { requireAbility, requireData } from '#lib/server/view.ts';
import { formOf, readForm } from '../../../forms.ts';
import { readId } from '../../ids.ts';
import type { Actions, PageServerLoad } from './$types';

const appeal = z.object({ criterion: z.string().min(1).max(80), argument: z.string().trim().min(4).max(2000) });

export const load: PageServerLoad = async (event) => {
  const { visitor } = requireAbility(event.locals.view, 'quality');
  const { config, warehouse, scope } = requireData(event.locals.view);
  const { store } = await getContext();
  const { principal } = visitor;
  const id = readId(event);
  try {
    const opened = await openReview({ store, warehouse, scope }, principal, id);
    const { review, content, card, facts, file } = opened;
    const isMine = review.reviewerId === principal.userId && review.state !== 'submitted';
    const { asOf } = warehouse.current;
    return {
      review,
      content,
      card,
      facts,
      isMine,
      mayAppeal: may(principal.role, 'appeal') && review.state === 'submitted',
      nextId: isMine ? await nextReview(store, principal, review) : null,
      history: review.state === 'submitted' ? await historyOf(store, principal, id) : [],
      asOf,
      head: file?.head ?? null,
      conduct: file ? await conductOf(warehouse, scope, file.head.case_key) : null,
      rows: file ? timelineOf(file, asOf, config.timezone) : null,
      verdicts: file?.verdicts ?? [],
    };
  } catch (cause) {
    if (cause instanceof QualityError) error(404, { message: 'no such review', kind: 'not_found' });
    throw cause;
  }
};

export const actions: Actions = {
  async appeal(event) {
    const { visitor } = requireAbility(event.locals.view, 'appeal');
    const { store } = await getContext();
    const asked = readForm(appeal, await formOf(event.request));
    if (!asked) return fail(400, { problem: 'no_text' as const });
    const by = { ...visitor.principal, name: visitor.name };
    try {
      await dispute(store, by, readId(event), { criterionId: asked.criterion, argument: asked.argument });
    } catch (cause) {
      if (!(cause instanceof QualityError)) throw cause;
      if (cause.kind === 'missing') error(404, { message: 'no such review', kind: 'not_found' });
      return fail(409, { problem: cause.kind === 'taken' ? ('taken' as const) : ('not_open' as const) });
    }
    return redirect(303, `/quality/reviews/${event.params.id}`);
  },
};
