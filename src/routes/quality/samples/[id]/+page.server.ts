import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/access/roles.ts';
import { getContext } from '#lib/server/context.ts';
import { replaceSampledCase } from '#lib/server/quality/replacement.ts';
import { coversSample, readDraw, readPlan, redrawSample } from '#lib/server/quality/samples.ts';
import { riskRules } from '#lib/server/sample_reads.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { listReviews } from '#lib/server/store/reviews.ts';
import { casesOfSample } from '#lib/server/store/sample_cases.ts';
import { openSample } from '#lib/server/store/samples.ts';
import { requireAbility, requireData } from '#lib/server/view.ts';
import { formOf, readForm } from '../../../forms.ts';
import { readId } from '../../ids.ts';
import type { Actions, PageServerLoad } from './$types';

const replacement = z.object({ case: z.string().min(1).max(200), reason: z.string().trim().min(2).max(200) });
const problems = ['missing', 'no_reason', 'submitted', 'changed', 'no_case', 'no_reviewer'] as const;

export const load: PageServerLoad = async (event) => {
  const { visitor } = requireAbility(event.locals.view, 'quality');
  const { store } = await getContext();
  const id = readId(event);
  try {
    const { plan, draw, brands, vendors, ...sample } = await openSample(store, visitor.principal, id);
    const [cases, reviews] = await Promise.all([
      casesOfSample(store, visitor.principal, id),
      listReviews(store, visitor.principal, { sampleId: id }),
    ]);
    const drawn = coversSample(visitor.principal, { brands, vendors }) ? readDraw(draw) : null;
    // Whose cases it was drawn from may name brands and vendors that the reader does not know.
    const { keys: _keys, ...shown } = readPlan(plan);
    return {
      sample,
      plan: shown,
      strata: drawn?.strata ?? null,
      spread: drawn?.spread ?? null,
      riskRules,
      cases,
      reviews: reviews.map(({ id: reviewId, caseId, part, state, reviewerName, score, isCritical, submittedAt }) => ({
        ...{ id: reviewId, caseId, part, state, reviewerName, score, isCritical, submittedAt },
      })),
      mayManage: may(visitor.principal.role, 'manage_quality'),
    };
  } catch (cause) {
    if (cause instanceof QualityError) error(404, { message: 'no such sample', kind: 'not_found' });
    throw cause;
  }
};

export const actions: Actions = {
  async redraw(event) {
    const { visitor } = requireAbility(event.locals.view, 'quality');
    const { warehouse } = requireData(event.locals.view);
    const { store } = await getContext();
    try {
      return { redrawn: await redrawSample({ store, warehouse }, visitor.principal, readId(event)) };
    } catch (cause) {
      if (cause instanceof QualityError) error(404, { message: 'no such sample', kind: 'not_found' });
      throw cause;
    }
  },
  async replace(event) {
    const { visitor } = requireAbility(event.locals.view, 'manage_quality');
    const { warehouse } = requireData(event.locals.view);
    const { store } = await getContext();
    const id = readId(event);
    const asked = readForm(replacement, await formOf(event.request));
    if (!asked) return fail(400, { problem: 'no_reason' as const });
    try {
      await replaceSampledCase({ store, warehouse }, visitor.principal, id, {
        caseId: asked.case,
        reason: asked.reason,
      });
    } catch (cause) {
      const kind = cause instanceof QualityError && (cause.kind === 'conflict' ? 'no_reviewer' : cause.kind);
      const problem = problems.find((one) => one === kind);
      if (!problem) throw cause;
      return fail(409, { problem });
    }
    redirect(303, `/quality/samples/${id}`);
  },
};
