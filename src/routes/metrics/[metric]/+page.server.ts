import { error } from '@sveltejs/kit';
import { dimensions, isTime, keyDimensions } from '#lib/metrics/dimensions.ts';
import { daysOf, localDay } from '#lib/metrics/period.ts';
import { type MetricId, isMetricId, metricOf } from '#lib/metrics/registry.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { sqlOfKpi } from '#lib/server/definitions.ts';
import { readChoice } from '#lib/server/filter.ts';
import { study } from '#lib/server/metric_study.ts';
import { namesOf } from '#lib/server/names.ts';
import { pageMemory } from '#lib/server/page_memory.ts';
import { contractsInForce, goalOf } from '#lib/server/targets.ts';
import { type DataView, orBadRequest, requireData, requireFilter } from '#lib/server/view.ts';
import { qualityBeside } from '../../quality_beside.ts';
import type { PageServerLoad } from './$types';
import { drawCross, drawDistribution, drawTrend } from './metric_charts.ts';
import { describeKeys } from './metric_keys.ts';

const grains = ['day', 'week', 'month'] as const;

const remembered = pageMemory<Awaited<ReturnType<typeof makePage>>>();

export const load: PageServerLoad = async ({ locals, url, params }) => {
  const id = params.metric;
  if (!isMetricId(id)) error(404, { message: 'no such KPI', kind: 'not_found' });
  const page = await remembered(requireData(locals.view), [locals.locale, id, url.search], (data) =>
    makePage(data, locals.locale, id, url.searchParams),
  );
  return { ...page, quality: await qualityBeside(locals, page.filter) };
};

async function makePage(data: DataView, locale: Locale, id: MetricId, params: URLSearchParams) {
  const { warehouse, scope, config } = data;
  const metric = metricOf(id);
  const filter = requireFilter(params, data);
  const asked = orBadRequest(() => ({
    grain: readChoice(params, 'grain', grains) ?? (daysOf(filter.period) > 92 ? 'week' : 'day'),
    by: readChoice(params, 'by', dimensions) ?? 'vendor',
    andBy: readChoice(params, 'and', keyDimensions),
  }));
  const found = await study(warehouse, scope, { metric: id, filter, ...asked });
  const words = { t: translator(locale), locale, names: namesOf(config, locale) };
  const today = localDay(warehouse.current.asOf, config.timezone);
  const goal = goalOf(contractsInForce(config, filter.period, filter.keys), id);
  const context = { metric: id, found, filter, goal, today, params, ...asked };
  return {
    filter: { ...filter, today },
    ...asked,
    metric: {
      id,
      version: metric.version,
      grain: metric.grain,
      dayOf: metric.dayOf,
      direction: metric.direction,
      headline: metric.headline,
      unit: metric.unit,
      defaultClock: metric.defaultClock,
      window: metric.window?.at(-1) ?? null,
      description: metric.description[locale],
    },
    goal,
    now: found.now,
    before: found.before,
    keys: describeKeys(words, context),
    trend: drawTrend(words, context),
    cross:
      asked.andBy === null || asked.andBy === asked.by || isTime(asked.by)
        ? null
        : drawCross(words, { ...context, andBy: asked.andBy }),
    distribution: drawDistribution(words, context),
    sql: await sqlOfKpi(id),
  };
}
