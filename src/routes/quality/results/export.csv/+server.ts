import { error } from '@sveltejs/kit';
import { translator } from '#lib/i18n/translator.ts';
import { getContext } from '#lib/server/context.ts';
import { namesOf } from '#lib/server/names.ts';
import { openResults } from '#lib/server/quality/results.ts';
import { resultsCsv } from '../results_csv.ts';
import { record } from '#lib/server/store/audit.ts';
import { requireAbility, requireData, requireFilter } from '#lib/server/view.ts';
import { readAsked } from '../asked.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
  requireAbility(locals.view, 'export');
  const { visitor, config } = requireAbility(locals.view, 'quality');
  const { principal, name } = visitor;
  const filter = requireFilter(url.searchParams, requireData(locals.view));
  const { store } = await getContext();
  const results = await openResults(store, principal, readAsked(url.searchParams, filter));
  if (!results) error(404, { message: 'no random sample', kind: 'not_found' });
  const subject = `quality-${filter.period.from}-${filter.period.to}.csv`;
  const actor = { id: principal.userId, name };
  const detail = { search: url.search.slice(0, 500) };
  await record(store, { actor, action: 'export', subject, detail, requestId: locals.requestId });
  const words = { t: translator(locals.locale), locale: locals.locale, names: namesOf(config, locals.locale) };
  return new Response(resultsCsv(words, results), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${subject}"`,
    },
  });
};
