import type { Translate } from '#lib/i18n/translator.ts';
import { addDays, daysOf, localDay } from '#lib/metrics/period.ts';

/** Writes the half-open period of local days as its first and last day and how many they are. */
export function formatPeriod(t: Translate, from: string, to: string): string {
  return t('kpi.days', { from, to: addDays(to, -1), days: daysOf({ from, to }) });
}

/** Writes an instant to the minute in a time zone, as in 2026-11-01 02:30 (Asia/Shanghai). */
export function formatInstant(instant: string, timezone: string): string {
  return `${localDay(instant, timezone)} ${new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' }).format(new Date(instant))} (${timezone})`;
}
