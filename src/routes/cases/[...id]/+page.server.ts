import { error } from '@sveltejs/kit';
import { openCase, recordsOf } from '#lib/server/case_file.ts';
import { lifeOf } from '#lib/server/case_life.ts';
import { risksOf } from '#lib/server/case_risks.ts';
import { timelineOf } from '#lib/server/case_timeline.ts';
import { requireData } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { config, warehouse, scope } = requireData(locals.view);
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
    counts: { messages: file.messages.length, events: file.events.length },
    verdicts: file.verdicts,
    refunds: file.refunds,
    neighbours: file.neighbours,
    risks: risksOf(file),
    records: url.searchParams.has('records') ? await recordsOf(warehouse, scope, file.head) : null,
  };
};
