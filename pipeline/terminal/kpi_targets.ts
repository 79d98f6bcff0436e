import type { Locale } from '#lib/i18n/locale.ts';
import { standingText } from '#lib/i18n/standing_text.ts';
import type { Translate } from '#lib/i18n/translator.ts';
import { figureOf } from '#lib/metrics/figure.ts';
import { formatRate, formatValue } from '#lib/metrics/format.ts';
import { type Bound, standingOf } from '#lib/metrics/goal.ts';
import { metricOf } from '#lib/metrics/registry.ts';
import type { KpiTotal } from '#lib/server/kpis.ts';
import { contractsInForce, goalOf } from '#lib/server/targets.ts';
import type { KpiContext } from './kpi_notes.ts';

/**
 * Writes what contracts ask of a total and whether it is met, as in ≥ 95.0% met; nothing where the total is not of one vendor, where
 * the contracts in force in its period do not all ask the same, or where it is on another clock than theirs.
 */
export function describeTarget(
  total: KpiTotal,
  context: Pick<KpiContext, 'config' | 'filter' | 'by'>,
  locale: Locale,
  t: Translate,
): string {
  const bound = findBound(total, context);
  if (bound === null) return '';
  const metric = metricOf(total.metric);
  const limit =
    metric.headline === 'rate' ? formatRate(bound.value, locale) : formatValue(bound.value, metric.unit, locale);
  const standing = standingOf(bound, figureOf(metric, total));
  return `${bound.sign} ${limit}${standing ? ` ${standingText(t, standing)}` : ''}`;
}

function findBound(
  { metric, key }: KpiTotal,
  { config, filter, by }: Pick<KpiContext, 'config' | 'filter' | 'by'>,
): Bound | null {
  const vendor = by === 'vendor' ? key : onlyOne(filter.keys.vendor);
  const brand = by === 'brand' ? key : onlyOne(filter.keys.brand);
  const isOfContract = by === 'vendor' || by === 'brand' || by === 'month' || by === null;
  if (!isOfContract || vendor === null || (by !== 'vendor' && brand === null)) return null;
  const contracts = contractsInForce(config, filter, { vendor: [vendor], ...(brand !== null && { brand: [brand] }) });
  const goal = goalOf(contracts, metric);
  if (goal?.kind !== 'one') return null;
  const { defaultClock, headline } = metricOf(metric);
  const clock = contracts[0]?.targets[metric]?.clock ?? defaultClock;
  return headline === 'median' && filter.clock !== null && filter.clock !== clock ? null : goal.bound;
}

function onlyOne(keys: readonly string[] | undefined): string | null {
  return keys?.length === 1 ? (keys[0] ?? null) : null;
}
