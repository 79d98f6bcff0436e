import { type Names, nameOfKey } from '#lib/i18n/names.ts';
import type { Translate } from '#lib/i18n/translate.ts';
import { type Dimension, isTime } from '#lib/metrics/dimensions.ts';
import type { Change, Figure } from '#lib/metrics/figure.ts';
import type { Bound, Goal } from '#lib/metrics/goal.ts';
import { formatCount, formatRate, formatRateInterval, formatValue } from '#lib/metrics/format.ts';
import { formatDay, formatPeriod } from '#lib/metrics/moment.ts';
import { monthPeriod } from '#lib/metrics/period.ts';
import type { Locale, Metric } from '#lib/metrics/registry.ts';

type Headed = Pick<Metric, 'headline' | 'unit'>;

/** How numbers and names are written for one reader. */
export interface Words {
  t: Translate;
  locale: Locale;
  names: Names;
}

/** Writes the value of a KPI's headline: a rate, or a median in its unit. */
export function valueText({ locale }: Words, metric: Headed, value: number | null): string {
  return metric.headline === 'rate' ? formatRate(value, locale) : formatValue(value, metric.unit, locale);
}

/** Writes what a contract asks: ≥95%, ≤48小时, with no more digits than it has. */
export function boundText({ locale }: Words, metric: Headed, { sign, value }: Bound): string {
  if (metric.headline !== 'rate') return `${sign}${formatValue(value, metric.unit, locale)}`;
  const digits =
    [0, 1, 2].find((count) => Math.abs(value * 100 * 10 ** count - Math.round(value * 100 * 10 ** count)) < 1e-6) ?? 2;
  return `${sign}${formatRate(value, locale, digits)}`;
}

/** Says what contracts ask of a KPI together. */
export function goalText(words: Words, metric: Headed, goal: Goal): string {
  const { t } = words;
  switch (goal?.kind) {
    case 'one':
      return `${t('frame.number.target')} ${boundText(words, metric, goal.bound)}`;
    case 'some': {
      const { bound, without, contracts } = goal;
      return t('frame.number.someTarget', { target: boundText(words, metric, bound), without, contracts });
    }
    case 'mixed':
      return t('frame.number.mixedTarget');
    case undefined:
      return t('frame.number.noTarget');
  }
}

/** Says what stands behind a figure: n and interval, or why there is none. */
export function basisText(words: Words, figure: Figure): string {
  const { t, locale } = words;
  if (figure.n === 0)
    return figure.pending > 0
      ? t('frame.number.allPending', { pending: formatCount(figure.pending, locale) })
      : t('frame.number.nothingCounted');
  const n = t('frame.number.n', { n: formatCount(figure.n, locale) });
  return figure.interval ? `${n} · ${formatRateInterval(figure.interval, locale)}` : n;
}

/** Writes a change: −0.8pt, or a difference in the KPI's unit, with its sign. */
export function changeText({ t, locale }: Words, metric: Headed, { difference }: Change): string {
  const size = Math.abs(difference);
  const text =
    metric.headline === 'rate' ? formatRate(size, locale).replace('%', '') : formatValue(size, metric.unit, locale);
  const sign = !/[1-9]/.test(text) ? '±' : difference > 0 ? '+' : '−';
  return metric.headline === 'rate' ? t('frame.number.points', { points: `${sign}${text}` }) : `${sign}${text}`;
}

/** Names a key of any dimension; days, weeks and months as people write them. */
export function keyText(words: Words, dimension: Dimension, key: string | null): string {
  if (key !== null && isTime(dimension))
    return dimension === 'month'
      ? formatPeriod(monthPeriod(key), words.locale)
      : formatDay(key, words.locale, key.slice(0, 4));
  return nameOfKey(words.names, words.t, dimension, key);
}
