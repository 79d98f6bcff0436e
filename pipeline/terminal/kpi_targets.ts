import type { Locale } from '#lib/i18n/locale.ts';
import type { Translate } from '#lib/i18n/translator.ts';
import { formatRate, formatValue } from '#lib/metrics/format.ts';
import { metricOf } from '#lib/metrics/registry.ts';
import type { Target } from '#lib/server/config.ts';
import type { KpiTotal } from '#lib/server/kpis.ts';
import type { KpiContext } from './kpi_notes.ts';

const hourSeconds = 3600;

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
  const bound = boundOf(total, context);
  if (bound === null) return '';
  const { headline, unit } = metricOf(total.metric);
  const perUnit = headline === 'median' && unit === 'hours' ? hourSeconds : 1;
  const limit = bound.value / perUnit;
  const shown = headline === 'rate' ? formatRate(limit, locale) : formatValue(limit, unit, locale);
  const reached = headline === 'rate' ? total.rate : total.median;
  if (reached === null) return `${bound.sign} ${shown}`;
  const isMet = bound.sign === '≥' ? reached >= limit : reached <= limit;
  return `${bound.sign} ${shown} ${t(isMet ? 'kpi.isMet' : 'kpi.isUnmet')}`;
}

interface Bound {
  sign: '≥' | '≤';
  value: number;
}

function boundOf(
  { metric, key }: KpiTotal,
  { config, filter, by }: Pick<KpiContext, 'config' | 'filter' | 'by'>,
): Bound | null {
  const vendor = by === 'vendor' ? key : onlyOne(filter.keys.vendor);
  const brand = by === 'brand' ? key : onlyOne(filter.keys.brand);
  const isOfContract = by === 'vendor' || by === 'brand' || by === 'month' || by === null;
  if (!isOfContract || vendor === null || (by !== 'vendor' && brand === null)) return null;
  const inForce = config.contracts.filter(
    (contract) =>
      contract.vendor === vendor &&
      (brand === null || contract.brand === brand) &&
      contract.from < filter.to &&
      (contract.to === null || contract.to > filter.from),
  );
  const targets = inForce.map((contract) => contract.targets[metric]);
  const [bound, ...others] = targets.map((target) => readBound(target));
  if (!bound || others.some((other) => other?.sign !== bound.sign || other.value !== bound.value)) return null;
  const { defaultClock, headline } = metricOf(metric);
  const isOtherClock =
    headline === 'median' && filter.clock !== null && filter.clock !== (targets[0]?.clock ?? defaultClock);
  return isOtherClock ? null : bound;
}

function onlyOne(keys: readonly string[] | undefined): string | null {
  return keys?.length === 1 ? (keys[0] ?? null) : null;
}

function readBound(target: Target | undefined): Bound | null {
  if (target?.atLeast !== undefined) return { sign: '≥', value: target.atLeast };
  return target?.atMost === undefined ? null : { sign: '≤', value: target.atMost };
}
