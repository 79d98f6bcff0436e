import type { Words } from '#lib/charts/words.ts';
import type { Period } from '#lib/metrics/period.ts';
import type { Filter } from '#lib/server/filter.ts';
import * as kpis from '#lib/server/kpis.ts';
import { type ListTotal, losses } from '#lib/server/refund_lists.ts';
import { type LegDimension, legTimes, paid, times } from '#lib/server/refunds.ts';
import type { DataView } from '#lib/server/view.ts';
import { describeLegs, drawLegs } from './leg_chart.ts';
import { type Head, describeShares, describeTiles, refundMetrics } from './refund_figures.ts';
import { describeIntercepts, describeLosses } from './refund_sums.ts';

/** Everything of the page but its lists, asked side by side. */
export async function loadOverview(
  { warehouse, scope, config }: DataView,
  filter: Filter,
  {
    words,
    today,
    by,
    totals,
    params,
  }: { words: Words; today: string; by: LegDimension; totals: Promise<ListTotal[]>; params: URLSearchParams },
) {
  const { period, comparedWith, keys } = filter;
  const clock = filter.clock ?? 'calendar';
  const asked = { ...period, keys, clock };
  const tiers = config.valueTiers.map(({ fromMinor }) => fromMinor);
  const head = async (span: Period): Promise<Head> => {
    const [counts, payments] = await Promise.all([
      kpis.counts(warehouse, scope, { ...span, keys, metrics: refundMetrics, by: null }),
      paid(warehouse, scope, { ...span, keys, clock }),
    ]);
    return { counts, paid: payments };
  };
  const [now, before, timed, legs, lost] = await Promise.all([
    head(period),
    comparedWith && head(comparedWith),
    times(warehouse, scope, { ...asked, tiers }),
    legTimes(warehouse, scope, { ...asked, by }),
    losses(warehouse, scope, asked),
  ]);
  const described = describeLegs(words, legs, by, params);
  return {
    by,
    tiers: config.valueTiers,
    tiles: describeTiles(now, before, { filter, today }),
    times: timed,
    legs: { ...described, chart: drawLegs(words, described.rows) },
    intercepts: describeIntercepts(await totals),
    losses: { vendor: describeLosses(words, 'vendor', lost), sku: describeLosses(words, 'sku', lost) },
    paid: now.paid,
    shares: describeShares(now.paid, before && before.paid),
  };
}
