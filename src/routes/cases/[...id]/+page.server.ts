import { error, fail } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/access/roles.ts';
import { openCase, recordsOf } from '#lib/server/case_file.ts';
import { lifeOf } from '#lib/server/case_life.ts';
import { risksOf } from '#lib/server/case_risks.ts';
import { timelineOf } from '#lib/server/case_timeline.ts';
import { conductOf } from '#lib/server/quality/conduct.ts';
import { getContext } from '#lib/server/context.ts';
import { revealMessage } from '#lib/server/reveal.ts';
import { requireAbility, requireData, requireView } from '#lib/server/view.ts';
import { formOf, readForm } from '../../forms.ts';
import { reviewsOfCase } from './case_reviews.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { config, warehouse, scope } = requireData(locals.view);
  const { visitor } = requireView(locals.view);
  const { store } = await getContext();
  const { asOf, snapshot } = warehouse.current;
  const file = await openCase(warehouse, scope, params.id);
  if (!file) error(404, { message: 'no such case', kind: 'not_found' });
  return {
    asOf,
    snapshot,
    head: file.head,
    product: file.product,
    life: lifeOf(file, asOf, config.timezone),
    rows: timelineOf(file, asOf, config.timezone),
    mayReveal: config.pii === 'keep' && may(visitor.principal.role, 'reveal'),
    counts: { messages: file.messages.length, events: file.events.length },
    verdicts: file.verdicts,
    refunds: file.refunds,
    neighbours: file.neighbours,
    risks: risksOf(file),
    reviews: await reviewsOfCase(store, visitor.principal, params.id, locals.locale),
    conduct: await conductOf(warehouse, scope, file.head.case_key),
    records: url.searchParams.has('records') ? await recordsOf(warehouse, scope, file.head) : null,
  };
};

const reveal = z.object({ message: z.string().min(1).max(500), reason: z.string().trim().max(500) });
const leastReason = 4;

export const actions: Actions = {
  /** Shows the original of one message in the answer to this one request. */
  async reveal({ locals, params, request, setHeaders }) {
    const { visitor } = requireAbility(locals.view, 'reveal');
    const { warehouse } = requireData(locals.view);
    const asked = readForm(reveal, await formOf(request));
    if (!asked) error(400, { message: 'message and reason expected', kind: 'bad_request' });
    const { message: messageId, reason } = asked;
    if (reason.length < leastReason) return fail(400, { reveal: { messageId, kind: 'no_reason' as const } });
    const { store, config, originals: key } = await getContext();
    const originals = { dataDir: config.dataDir, key };
    const wish = { caseId: params.id, messageId, reason, requestId: locals.requestId };
    const revealed = await revealMessage({ warehouse, store, originals }, visitor, wish);
    if (revealed.kind === 'unknown') error(404, { message: 'no such message', kind: 'not_found' });
    setHeaders({ 'cache-control': 'no-store' });
    if (revealed.kind !== 'texts') return fail(409, { reveal: { messageId, kind: revealed.kind } });
    return { reveal: { messageId, ...revealed } };
  },
};
