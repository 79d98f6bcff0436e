import type { Locale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { localDay } from '#lib/metrics/period.ts';
import { readChoice } from '#lib/server/filter.ts';
import { namesOf } from '#lib/server/names.ts';
import { pageMemory } from '#lib/server/page_memory.ts';
import { listTotals } from '#lib/server/refund_lists.ts';
import { legDimensions } from '#lib/server/refunds.ts';
import { type DataView, orBadRequest, requireData, requireFilter } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';
import { sumLists } from './refund_sums.ts';
import { loadList, readListed } from './refund_list.ts';
import { loadOverview } from './refund_overview.ts';

const remembered = pageMemory<Awaited<ReturnType<typeof makePage>>>();

export const load: PageServerLoad = ({ locals, url }) =>
  remembered(requireData(locals.view), [locals.locale, url.search], (data) =>
    makePage(data, locals.locale, url.searchParams),
  );

async function makePage(data: DataView, locale: Locale, params: URLSearchParams) {
  const filter = requireFilter(params, data);
  const asked = orBadRequest(() => ({
    listed: readListed(params),
    by: readChoice(params, 'by', legDimensions) ?? 'vendor',
  }));
  const { warehouse, scope, config } = data;
  const words = { t: translator(locale), locale, names: namesOf(config, locale) };
  const today = localDay(warehouse.current.asOf, config.timezone);
  const tiers = config.valueTiers.map(({ fromMinor }) => fromMinor);
  const counting = listTotals(warehouse, scope, { ...filter.period, keys: filter.keys, tiers });
  const [totals, list, overview] = await Promise.all([
    counting,
    asked.listed && loadList(data, filter, asked.listed, counting),
    asked.listed ? null : loadOverview(data, filter, { words, today, by: asked.by, totals: counting, params }),
  ]);
  return {
    filter: { ...filter, today },
    clock: filter.clock ?? 'calendar',
    sums: sumLists(totals),
    list,
    overview,
  };
}
