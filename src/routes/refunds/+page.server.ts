import { z } from 'zod';
import { translator } from '#lib/i18n/translator.ts';
import { localDay } from '#lib/metrics/period.ts';
import { readOne } from '#lib/server/filter.ts';
import { namesOf } from '#lib/server/names.ts';
import { listTotals } from '#lib/server/refund_lists.ts';
import { legDimensions } from '#lib/server/refunds.ts';
import { orBadRequest, requireData, requireFilter } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';
import { sumLists } from './refund_sums.ts';
import { loadList, readListed } from './refund_list.ts';
import { loadOverview } from './refund_overview.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
  const data = requireData(locals.view);
  const filter = requireFilter(url.searchParams, data);
  const asked = orBadRequest(() => ({
    listed: readListed(url.searchParams),
    by: readOne(url.searchParams, 'by', z.enum(legDimensions), legDimensions.join(', ')) ?? 'vendor',
  }));
  const { warehouse, scope, config } = data;
  const words = { t: translator(locals.locale), locale: locals.locale, names: namesOf(config, locals.locale) };
  const today = localDay(warehouse.current.asOf, config.timezone);
  const tiers = config.valueTiers.map(({ fromMinor }) => fromMinor);
  const counting = listTotals(warehouse, scope, { ...filter.period, keys: filter.keys, tiers });
  const [totals, list, overview] = await Promise.all([
    counting,
    asked.listed && loadList(data, filter, asked.listed, counting),
    asked.listed
      ? null
      : loadOverview(data, filter, { words, today, by: asked.by, totals: counting, params: url.searchParams }),
  ]);
  return {
    filter: { ...filter, today },
    clock: filter.clock ?? 'calendar',
    sums: sumLists(totals),
    list,
    overview,
  };
};
