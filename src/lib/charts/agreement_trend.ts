import { formatCount, formatRate, formatRateInterval } from '#lib/metrics/format.ts';
import { addDays, keysOfPeriod, monthPeriod } from '#lib/metrics/period.ts';
import type { SubjectMonth } from '#lib/qa/comparison.ts';
import type { Chart } from './chart.ts';
import { trendChart } from './trend.ts';
import { type Words, keyText } from './words.ts';

/** What reviewers are expected to agree on at least (McHugh 2012). */
const expected = 0.8;

/** Draws percent agreement month by month with its interval; months without a number are gaps. Alpha is in the table. */
export function agreementTrend(words: Words, label: string, months: readonly SubjectMonth[]): Chart {
  const { t, locale } = words;
  const known = new Map(months.map((one) => [one.month, one]));
  const [first, last] = [months[0]?.month, months.at(-1)?.month];
  const keys =
    first === undefined || last === undefined
      ? []
      : keysOfPeriod('month', { from: monthPeriod(first).from, to: addDays(monthPeriod(last).from, 1) });
  const alphaText = (month: SubjectMonth | undefined) => month?.alpha.value?.toFixed(2) ?? '—';
  return trendChart({
    label,
    points: keys.map((key) => {
      const month = known.get(key);
      const { value = null, interval = null, units = 0 } = month?.percent ?? {};
      return {
        key,
        value,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        tip: [
          `${keyText(words, 'month', key)}  ${formatRate(value, locale)}`,
          `${t('frame.number.n', { n: formatCount(units, locale) })}${interval ? ` · ${formatRateInterval(interval, locale)}` : ''}`,
          `${t('qualityTeam.agreement.alpha')} ${alphaText(month)}`,
        ].join('\n'),
      };
    }),
    target: { value: expected, label: formatRate(expected, locale, 0) },
    formatValue: (value) => formatRate(value, locale, 0),
    formatKey: (key) => key.slice(2).replace('-', '/'),
    bounds: [0, 1],
    height: 180,
    room: 'full',
    table: {
      head: [
        t('qualityTeam.agreement.month'),
        t('qualityTeam.agreement.percent'),
        t('qualityTeam.agreement.alpha'),
        t('qualityTeam.agreement.cases'),
      ],
      rows: keys.map((key) => {
        const month = known.get(key);
        return [
          keyText(words, 'month', key),
          formatRate(month?.percent.value ?? null, locale),
          alphaText(month),
          formatCount(month?.percent.units ?? 0, locale),
        ];
      }),
    },
  });
}
