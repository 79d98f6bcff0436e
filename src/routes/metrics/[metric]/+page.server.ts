import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { dimensions, isTime, keyDimensions } from '#lib/metrics/dimensions.ts';
import { daysOf, localDay } from '#lib/metrics/period.ts';
import { isMetricId, metricOf } from '#lib/metrics/registry.ts';
import { translator } from '#lib/i18n/translator.ts';
import { sqlOfKpi } from '#lib/server/definitions.ts';
import { readOne } from '#lib/server/filter.ts';
import { study } from '#lib/server/metric_study.ts';
import { namesOf } from '#lib/server/names.ts';
import { contractsInForce, goalOf } from '#lib/server/targets.ts';
import { orBadRequest, requireData, requireFilter } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';
import { drawCross, drawDistribution, drawTrend } from './metric_charts.ts';
import { describeKeys } from './metric_keys.ts';

const grains = ['day', 'week', 'month'] as const;

export const load: PageServerLoad = async ({ locals, url, params }) => {
  const data = requireData(locals.view);
  const { warehouse, scope, config } = data;
  if (!isMetricId(params.metric)) error(404, { message: 'no such KPI', kind: 'not_found' });
  const metric = metricOf(params.metric);
  const filter = requireFilter(url.searchParams, data);
  const asked = orBadRequest(() => ({
    grain:
      readOne(url.searchParams, 'grain', z.enum(grains), grains.join(', ')) ??
      (daysOf(filter.period) > 92 ? 'week' : 'day'),
    by: readOne(url.searchParams, 'by', z.enum(dimensions), dimensions.join(', ')) ?? 'vendor',
    andBy: readOne(url.searchParams, 'and', z.enum(keyDimensions), keyDimensions.join(', ')),
  }));
  const found = await study(warehouse, scope, { metric: params.metric, filter, ...asked });
  const words = { t: translator(locals.locale), locale: locals.locale, names: namesOf(config, locals.locale) };
  const today = localDay(warehouse.current.asOf, config.timezone);
  const goal = goalOf(contractsInForce(config, filter.period, filter.keys), params.metric);
  const context = { metric: params.metric, found, filter, goal, today, params: url.searchParams, ...asked };
  return {
    filter: { ...filter, today },
    ...asked,
    metric: {
      id: params.metric,
      version: metric.version,
      grain: metric.grain,
      dayOf: metric.dayOf,
      direction: metric.direction,
      headline: metric.headline,
      unit: metric.unit,
      defaultClock: metric.defaultClock,
      window: metric.window?.at(-1) ?? null,
      description: metric.description[locals.locale],
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
    sql: await sqlOfKpi(params.metric),
  };
};
