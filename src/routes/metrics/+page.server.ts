import { localDay } from '#lib/metrics/period.ts';
import { metrics } from '#lib/metrics/registry.ts';
import { requireData, requireFilter } from '#lib/server/view.ts';
import { countOf, overview, overviewKeys } from '#lib/server/overview.ts';
import { figureOf } from '#lib/metrics/figure.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const data = requireData(locals.view);
  const { warehouse, scope, config } = data;
  const filter = requireFilter(url.searchParams, data);
  const keys = overviewKeys(filter.keys);
  const found = await overview(warehouse, scope, { ...filter, comparedWith: null }, keys);
  return {
    filter: { ...filter, keys, today: localDay(warehouse.current.asOf, config.timezone) },
    metrics: metrics.map((metric) => ({
      id: metric.id,
      headline: metric.headline,
      unit: metric.unit,
      direction: metric.direction,
      description: metric.description[locals.locale],
      figure: figureOf(metric, countOf(found.now, metric.id, found.medians)),
    })),
  };
};
