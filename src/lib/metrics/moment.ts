import { dateFormat } from './intl.ts';
import type { Locale } from './registry.ts';

/** Writes an instant to the minute in a time zone: 10月3日 14:05, with the year where `year` is not that of the instant. */
export function formatMoment(
  instant: string | null,
  locale: Locale,
  timezone: string,
  { seconds = false, year = '' } = {},
): string {
  if (instant === null) return '—';
  const date = new Date(instant);
  const parts = dateFormat(locale, {
    timeZone: timezone,
    ...(dateFormat('en', { timeZone: timezone, year: 'numeric' }).format(date) !== year && {
      year: 'numeric',
    }),
    month: locale === 'en' ? 'short' : 'long',
    day: 'numeric',
  }).format(date);
  const time = dateFormat('en-GB', {
    timeZone: timezone,
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds && { second: '2-digit' }),
  }).format(date);
  return `${parts} ${time}`;
}

/** Writes the time of an instant in a time zone, to the second: 14:05:11. */
export function formatTime(instant: string, timezone: string): string {
  return dateFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    new Date(instant),
  );
}

/** Writes two instants to the second, the day of the second only where it is another: 10月3日 14:05:11 → 14:13:23. */
export function formatStretch(from: string, to: string, locale: Locale, timezone: string, year = ''): string {
  const [begin, end] = [from, to].map((instant) => formatMoment(instant, locale, timezone, { seconds: true, year }));
  const time = formatTime(to, timezone);
  const isSameDay = begin?.slice(0, -time.length) === end?.slice(0, -time.length);
  return `${begin} → ${isSameDay ? time : end}`;
}

/** Writes a local day: 10月3日, with the year where `year` is another. */
export function formatDay(day: string, locale: Locale, year = ''): string {
  return dateFormat(locale, {
    timeZone: 'UTC',
    ...(day.slice(0, 4) !== year && { year: 'numeric' }),
    month: locale === 'en' ? 'short' : 'long',
    day: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`));
}

/** Writes a period: a calendar month as such, else its first and last day. */
export function formatPeriod({ from, to }: { from: string; to: string }, locale: Locale): string {
  const last = new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
  const isMonth = from.endsWith('-01') && to.endsWith('-01') && from.slice(0, 7) === last.slice(0, 7);
  if (isMonth)
    return dateFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'long' }).format(
      new Date(`${from}T00:00:00Z`),
    );
  return from === last
    ? formatDay(from, locale)
    : `${formatDay(from, locale)} – ${formatDay(last, locale, from.slice(0, 4))}`;
}
