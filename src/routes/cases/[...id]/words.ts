import type { Locale } from '#lib/i18n/locale.ts';
import { type Names, nameOfKey } from '#lib/i18n/names.ts';
import type { Translate } from '#lib/i18n/translate.ts';
import type { Dimension } from '#lib/metrics/dimensions.ts';
import { formatDuration } from '#lib/metrics/format.ts';
import { formatMoment, formatStretch } from '#lib/metrics/moment.ts';

/** What the parts of this page write with: language, names, time zone, and the year that goes without saying. */
export interface Words {
  t: Translate;
  locale: Locale;
  names: Names;
  timezone: string;
  year: string;
}

export function moment({ locale, timezone, year }: Words, instant: string | null): string {
  return formatMoment(instant, locale, timezone, { seconds: true, year });
}

export function stretch({ locale, timezone, year }: Words, from: string, to: string): string {
  return formatStretch(from, to, locale, timezone, year);
}

export function duration({ locale }: Words, seconds: number | null): string {
  return formatDuration(seconds, locale);
}

export function nameOf({ names, t }: Words, dimension: Dimension | 'metric', key: string | null): string {
  return nameOfKey(names, t, dimension, key);
}

/** The word of a closed list that a text is; undefined for a source's own word. */
export function oneOf<K extends string>(list: readonly K[], text: string | null): K | undefined {
  return list.find((one) => one === text);
}
