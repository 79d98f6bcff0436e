import type { Locale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { localDay } from '#lib/metrics/period.ts';
import { type MetricId, metricIds } from '#lib/metrics/registry.ts';
import { attention } from '#lib/server/attention.ts';
import { readChoice } from '#lib/server/filter.ts';
import { namesOf } from '#lib/server/names.ts';
import { countOf, overview, overviewKeys } from '#lib/server/overview.ts';
import { pageMemory } from '#lib/server/page_memory.ts';
import { contractsInForce, targetStates } from '#lib/server/targets.ts';
import { type DataView, orBadRequest, requireData, requireFilter } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';
import { drawOverview } from './overview_charts.ts';
import { describeTiles } from './overview_tiles.ts';
import { qualityBeside } from './quality_beside.ts';

const primary: readonly MetricId[] = ['first_response', 'resolution_24h', 'autonomous_completion', 'dispute_rate'];
const attentionCount = 5;

const remembered = pageMemory<Awaited<ReturnType<typeof makePage>>>();

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = await remembered(requireData(locals.view), [locals.locale, url.search], (data) =>
    makePage(data, locals.locale, url.searchParams),
  );
  return { ...page, quality: await qualityBeside(locals, page.filter) };
};

async function makePage(data: DataView, locale: Locale, params: URLSearchParams) {
  const { warehouse, scope, config } = data;
  const filter = requireFilter(params, data);
  const keys = overviewKeys(filter.keys);
  const metric = orBadRequest(() => readChoice(params, 'metric', metricIds)) ?? 'first_response';
  const found = await overview(warehouse, scope, filter, keys);
  const contracts = contractsInForce(config, filter.period, keys);
  const states = targetStates(contracts, metricIds, (id, { brand, vendor }) =>
    countOf(found.now, id, [], (row) => row.brand === brand && row.vendor === vendor),
  );
  const words = { t: translator(locale), locale, names: namesOf(config, locale) };
  const today = localDay(warehouse.current.asOf, config.timezone);
  return {
    filter: { ...filter, keys, today },
    metric,
    tiles: describeTiles(primary, found, contracts, states, { filter, today }),
    others: describeTiles(
      metricIds.filter((id) => !primary.includes(id)),
      found,
      contracts,
      states,
      { filter, today },
    ),
    charts: drawOverview(words, { metric, found, filter, contracts, states, today, params }),
    attention: (await attention(warehouse, scope, filter, keys, states)).slice(0, attentionCount),
  };
}
