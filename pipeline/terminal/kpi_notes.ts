import type { Translate } from '#lib/i18n/translator.ts';
import type { MetricId } from '#lib/metrics/registry.ts';
import type { Config } from '#lib/server/config.ts';
import type { Dimension, KpiFilter, KpiTotal } from '#lib/server/kpis.ts';
import type { Current } from '#lib/server/snapshot.ts';
import { addDays, endOfKey, localDay } from './period.ts';

/** What a total covers and how far the data under it reaches. */
export interface KpiContext {
  config: Config;
  current: Current;
  filter: KpiFilter;
  by: Dimension | null;
}

const smallSample = 30;
const ripensDays = 15;
const disputeMetrics: readonly MetricId[] = ['dispute_rate', 'seller_liable_rate', 'refund_dispute_rate'];

/** Whether a rate rests on so few that it is only indicative. */
export function isSmallSample(total: KpiTotal): boolean {
  return total.denominator > 0 && total.denominator < smallSample;
}

/** Whether a figure may still change because disputes of its last days are not settled. */
export function isProvisional(total: KpiTotal, { config, current, filter, by }: KpiContext): boolean {
  if (total.denominator === 0 || !disputeMetrics.includes(total.metric)) return false;
  const ends = [filter.to, ...(by === null || total.key === null ? [] : endOfKey(by, total.key))].sort();
  return addDays(ends[0] ?? filter.to, ripensDays) > localDay(current.asOf, config.timezone);
}

/** Says what a reader must know of a figure: why there is none, that it is small, that it is not final. */
export function notesOn(t: Translate, total: KpiTotal, context: KpiContext): string[] {
  if (total.denominator === 0) return [total.pending > 0 ? t('kpi.allPending') : t('kpi.nothingCounted')];
  return [
    ...(isSmallSample(total) ? [t('kpi.smallSample')] : []),
    ...(isProvisional(total, context) ? [t('kpi.isProvisional')] : []),
  ];
}
