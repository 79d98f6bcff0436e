import type { Locale } from '#lib/i18n/locale.ts';
import { localDay } from '#lib/metrics/period.ts';
import { metrics } from '#lib/metrics/registry.ts';
import { pageMemory } from '#lib/server/page_memory.ts';
import { type DataView, requireData, requireFilter } from '#lib/server/view.ts';
import { countOf, overview, overviewKeys } from '#lib/server/overview.ts';
import { figureOf } from '#lib/metrics/figure.ts';
import type { PageServerLoad } from './$types';

const remembered = pageMemory<Awaited<ReturnType<typeof makePage>>>();

export const load: PageServerLoad = ({ locals, url }) =>
  remembered(requireData(locals.view), [locals.locale, url.search], (data) =>
    makePage(data, locals.locale, url.searchParams),
  );

async function makePage(data: DataView, locale: Locale, params: URLSearchParams) {
  const { warehouse, scope, config } = data;
  const filter = requireFilter(params, data);
  const keys = overviewKeys(filter.keys);
  const found = await overview(warehouse, scope, { ...filter, comparedWith: null }, keys);
  return {
    filter: { ...filter, keys, today: localDay(warehouse.current.asOf, config.timezone) },
    metrics: metrics.map((metric) => ({
      id: metric.id,
      headline: metric.headline,
      unit: metric.unit,
      direction: metric.direction,
      description: metric.description[locale],
      figure: figureOf(metric, countOf(found.now, metric.id, found.medians)),
    })),
  };
}
