import { redirect } from '@sveltejs/kit';
import { localDay } from '#lib/metrics/period.ts';
import { readCursor } from '#lib/server/case_cursor.ts';
import * as caseFinder from '#lib/server/case_finder.ts';
import * as caseList from '#lib/server/case_list.ts';
import { clocksOf } from '#lib/server/case_list_parameters.ts';
import { readCaseList } from '#lib/server/case_list_filter.ts';
import { orBadRequest, requireData, requireFilter } from '#lib/server/view.ts';
import { maximumRows } from '#lib/server/workbook.ts';
import type { PageServerLoad } from './$types';
import { withAddedKeys } from './added_keys.ts';
import { loadPage } from './case_page.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
  const cleaned = withAddedKeys(url);
  if (cleaned !== null) redirect(303, cleaned);
  const data = requireData(locals.view);
  const filter = requireFilter(url.searchParams, data);
  const { asked, cursor } = orBadRequest(() => ({
    asked: readCaseList(url.searchParams, filter),
    cursor: readCursor(url.searchParams.get('after')),
  }));
  const { warehouse, scope, config } = data;
  const [list, kinds, options] = await Promise.all([
    loadPage(data, asked, cursor),
    asked.metric && caseList.kindTotals(warehouse, scope, { ...asked, metric: asked.metric }),
    caseFinder.keyOptions(warehouse, scope, asked),
  ]);
  const isNowhere = asked.search !== null && list.total === 0;
  return {
    filter: { ...filter, today: localDay(warehouse.current.asOf, config.timezone) },
    asked,
    clocks: clocksOf(asked.clock),
    list,
    kinds,
    options,
    outside: isNowhere ? await caseFinder.byId(warehouse, scope, asked.search?.text ?? '') : [],
    workbookRows: maximumRows,
  };
};
