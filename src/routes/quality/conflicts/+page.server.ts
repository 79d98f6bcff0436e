import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { getContext } from '#lib/server/context.ts';
import { type Conflict, liftConflict, listConflicts, setConflict } from '#lib/server/store/conflicts.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { listReviewers } from '#lib/server/store/reviewers.ts';
import { requireAbility } from '#lib/server/view.ts';
import { formOf, readForm } from '../../forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const asked = z
  .object({ reviewer: z.string().min(1).max(80), vendor: z.string().min(1).max(80), agent: z.string().trim().max(120) })
  .transform(({ reviewer, vendor, agent }): Conflict => ({
    userId: reviewer,
    vendorId: vendor,
    agentId: agent === '' ? null : agent,
  }));

export const load: PageServerLoad = async ({ locals }) => {
  const { visitor, config } = requireAbility(locals.view, 'manage_quality');
  const { store } = await getContext();
  const { principal } = visitor;
  const [conflicts, reviewers] = await Promise.all([listConflicts(store, principal), listReviewers(store, principal)]);
  return {
    conflicts,
    reviewers: reviewers.map(({ principal: { userId }, name }) => ({ userId, name })),
    vendorIds: config.vendors.map(({ id }) => id),
  };
};

export const actions: Actions = {
  set: (event) => change(event, setConflict),
  lift: (event) => change(event, liftConflict),
};

async function change({ locals, request }: RequestEvent, work: typeof setConflict | typeof liftConflict) {
  const { visitor, config } = requireAbility(locals.view, 'manage_quality');
  const { store } = await getContext();
  const conflict = readForm(asked, await formOf(request));
  const isKnown = config.vendors.some(({ id }) => id === conflict?.vendorId);
  if (!conflict || !(isKnown || work === liftConflict)) return fail(400, { problem: true });
  try {
    await work(store, { ...visitor.principal, name: visitor.name }, conflict);
  } catch (cause) {
    if (cause instanceof QualityError) return fail(400, { problem: true });
    throw cause;
  }
  return redirect(303, '/quality/conflicts');
}
