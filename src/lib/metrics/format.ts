import { numberFormat } from './intl.ts';
import type { Interval } from './intervals.ts';
import type { Locale, Unit } from './registry.ts';

const none = '—';

const units: Readonly<
  Record<Locale, { readonly names: readonly [string, string, string, string]; readonly space: string }>
> = {
  'zh-CN': { names: ['天', '小时', '分', '秒'], space: '' },
  'zh-TW': { names: ['天', '小時', '分', '秒'], space: '' },
  en: { names: ['d', 'h', 'min', 's'], space: ' ' },
};

const unitSeconds = [86_400, 3600, 60, 1] as const;

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

function decimal(value: number, locale: Locale, digits: number): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const rounded = numberFormat(locale, options).format(value);
  return /[1-9]/.test(rounded) ? rounded : rounded.replace('-', '');
}

/** Writes a fraction as a percentage such as 93.4%; null as —. */
export function formatRate(fraction: number | null, locale: Locale, digits = 1): string {
  return isNumber(fraction) ? `${decimal(fraction * 100, locale, digits)}%` : none;
}

/** Writes an interval of a rate such as 91.2%–95.1%; null as —. */
export function formatRateInterval(interval: Interval | null, locale: Locale, digits = 1): string {
  return interval === null
    ? none
    : `${formatRate(interval.low, locale, digits)}–${formatRate(interval.high, locale, digits)}`;
}

/** Writes a duration in seconds in its two largest units, rounded to the smaller: 8分12秒, 8 min 12 s; null as —. */
export function formatDuration(seconds: number | null, locale: Locale): string {
  if (!isNumber(seconds)) return none;
  const { names, space } = units[locale];
  const whole = Math.round(Math.abs(seconds));
  const largest = unitSeconds.findIndex((size) => whole >= size);
  const smaller = unitSeconds[largest + 1] ?? 1;
  let rest = Math.round(whole / smaller) * smaller;
  const parts: string[] = [];
  unitSeconds.forEach((size, index) => {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(`${amount}${space}${names[index] ?? ''}`);
  });
  if (parts.length === 0) return `0${space}${names[3]}`;
  return `${seconds < 0 ? '-' : ''}${parts.join(space)}`;
}

/** Writes a limit as contracts and names of KPIs do: up to three days in hours, 24小时 rather than 1天; null as —. */
export function formatLimit(seconds: number | null, locale: Locale): string {
  const isInHours = isNumber(seconds) && seconds % 3600 === 0 && seconds >= 86_400 && seconds <= 3 * 86_400;
  if (!isInHours) return formatDuration(seconds, locale);
  const { names, space } = units[locale];
  return `${decimal(seconds / 3600, locale, 0)}${space}${names[1]}`;
}

/** Writes an amount in minor units as money such as ¥12,340.50; null as —; a currency that is no ISO code, of which sources have some, as it stands. */
export function formatMoney(minor: number | null, currency = 'CNY'): string {
  if (!isNumber(minor)) return none;
  if (!/^[A-Za-z]{3}$/.test(currency)) return `${decimal(minor / 100, 'zh-CN', 2)} ${currency}`;
  // In zh-CN ¥ is the yuan and every other currency is told apart from it (JP¥, US$), whatever the reader's language.
  const format = numberFormat('zh-CN', {
    style: 'currency',
    currency,
  });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** Writes a whole number such as 12,408; null as —. */
export function formatCount(count: number | null, locale: Locale): string {
  return isNumber(count) ? decimal(count, locale, 0) : none;
}

/** Writes points of 100 such as 86.4; null as —. */
export function formatScore(score: number | null, locale: Locale): string {
  return isNumber(score) ? decimal(score, locale, 1) : none;
}

/** Writes the value of a case or its median in the unit of the KPI; null, also of the unit, as —. */
export function formatValue(value: number | null, unit: Unit | null, locale: Locale, currency = 'CNY'): string {
  if (!isNumber(value) || unit === null) return none;
  switch (unit) {
    case 'seconds':
      return formatDuration(value, locale);
    case 'hours':
      return formatDuration(value * 3600, locale);
    case 'minor':
      return formatMoney(value, currency);
    case 'count':
    case 'score':
      return Number.isInteger(value) ? formatCount(value, locale) : decimal(value, locale, 1);
  }
}
