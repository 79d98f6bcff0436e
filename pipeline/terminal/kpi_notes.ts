import type { Translate } from '#lib/i18n/translator.ts';
import { localDay, periodOfKey } from '#lib/metrics/period.ts';
import * as reliability from '#lib/metrics/reliability.ts';
import type { Config } from '#lib/server/config.ts';
import type { Dimension } from '#lib/metrics/dimensions.ts';
import type { KpiFilter, KpiTotal } from '#lib/server/kpis.ts';
import type { Current } from '#lib/server/snapshot.ts';

/** What a total covers and how far the data under it reaches. */
export interface KpiContext {
  config: Config;
  current: Current;
  filter: KpiFilter;
  by: Dimension | null;
}

/** Whether a rate rests on so few that it is only indicative. */
export function isSmallSample(total: KpiTotal): boolean {
  return reliability.isSmallSample(total.denominator);
}

/** Whether a figure may still change because disputes of its last days are not settled. */
export function isProvisional(total: KpiTotal, { config, current, filter, by }: KpiContext): boolean {
  if (total.denominator === 0) return false;
  const ofKey =
    (by === 'day' || by === 'week' || by === 'month') && total.key !== null ? [periodOfKey(by, total.key).to] : [];
  const [to = filter.to] = [filter.to, ...ofKey].sort();
  return reliability.isProvisional(total.metric, to, localDay(current.asOf, config.timezone));
}

/** Says what a reader must know of a figure: why there is none, that it is small, that it is not final. */
export function notesOn(t: Translate, total: KpiTotal, context: KpiContext): string[] {
  if (total.denominator === 0) return [total.pending > 0 ? t('kpi.allPending') : t('kpi.nothingCounted')];
  return [
    ...(isSmallSample(total) ? [t('kpi.smallSample')] : []),
    ...(isProvisional(total, context) ? [t('kpi.isProvisional')] : []),
  ];
}
