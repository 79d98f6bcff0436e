import type { Words } from '#lib/charts/words.ts';
import type { Period } from '#lib/metrics/period.ts';
import type { Filter } from '#lib/server/filter.ts';
import * as kpis from '#lib/server/kpis.ts';
import { intercepts, losses } from '#lib/server/refund_lists.ts';
import { type LegDimension, legTimes, shares, times } from '#lib/server/refunds.ts';
import type { DataView } from '#lib/server/view.ts';
import { describeLegs, drawLegs } from './leg_chart.ts';
import { describeIntercepts, describeLosses, describeShares, describeTiles, refundMetrics } from './refund_figures.ts';

/** Everything of the page but its lists, asked side by side. */
export async function loadOverview(
  { warehouse, scope, config }: DataView,
  filter: Filter,
  { words, today, by, params }: { words: Words; today: string; by: LegDimension; params: URLSearchParams },
) {
  const { period, comparedWith, keys } = filter;
  const asked = { ...period, keys };
  const clock = filter.clock ?? 'calendar';
  const tiers = config.valueTiers.map(({ fromMinor }) => fromMinor);
  const totals = (span: Period) =>
    kpis.totals(warehouse, scope, { ...span, keys, clock: filter.clock, metrics: refundMetrics, by: null });
  const counts = (dimension: 'vendor' | 'sku') =>
    kpis.counts(warehouse, scope, { ...asked, metrics: ['refunded_without_goods'], by: dimension });
  const [now, before, timed, legs, called, lost, byVendor, bySku, paid, paidBefore] = await Promise.all([
    totals(period),
    comparedWith ? totals(comparedWith) : [],
    times(warehouse, scope, { ...asked, clock, tiers }),
    legTimes(warehouse, scope, { ...asked, clock, by }),
    intercepts(warehouse, scope, { ...asked, tiers }),
    losses(warehouse, scope, asked),
    counts('vendor'),
    counts('sku'),
    shares(warehouse, scope, asked),
    comparedWith ? shares(warehouse, scope, { ...comparedWith, keys }) : null,
  ]);
  const described = describeLegs(words, legs, by, params);
  return {
    by,
    tiers: config.valueTiers,
    tiles: describeTiles(now, before, { filter, today }),
    times: timed,
    legs: { ...described, chart: drawLegs(words, described.rows) },
    intercepts: describeIntercepts(called),
    losses: {
      vendor: describeLosses(words, 'vendor', lost, byVendor),
      sku: describeLosses(words, 'sku', lost, bySku),
    },
    paid,
    shares: describeShares(paid, paidBefore),
  };
}

export type RefundOverview = Awaited<ReturnType<typeof loadOverview>>;
