import type { Translate } from '#lib/i18n/translator.ts';

const dayMs = 86_400_000;

/** Writes the half-open period of local days as its first and last day and how many they are. */
export function formatPeriod(t: Translate, from: string, to: string): string {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
  return t('kpi.days', { from, to: addDays(to, -1), days });
}

/** Writes an instant to the minute in a time zone, as in 2026-11-01 02:30 (Asia/Shanghai). */
export function formatInstant(instant: string, timezone: string): string {
  return `${localDay(instant, timezone)} ${new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' }).format(new Date(instant))} (${timezone})`;
}

/** The local day of an instant in a time zone, as YYYY-MM-DD. */
export function localDay(instant: string, timezone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' }).format(new Date(instant));
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

/** The last calendar month that is over on a local day: its first day and the day after its last. */
export function lastFullMonth(today: string): { from: string; to: string } {
  const to = `${today.slice(0, 7)}-01`;
  return { from: `${addDays(to, -1).slice(0, 7)}-01`, to };
}

/** The day after the last of a day, week or month as `kpi --by` writes its keys; nothing for other dimensions. */
export function endOfKey(dimension: string, key: string): string[] {
  if (dimension === 'day') return [addDays(key, 1)];
  if (dimension === 'week') return [addDays(key, 7)];
  return dimension === 'month' ? [`${addDays(`${key}-01`, 31).slice(0, 7)}-01`] : [];
}
