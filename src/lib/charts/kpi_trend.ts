import { type Counted, figureOf } from '#lib/metrics/figure.ts';
import { formatCount } from '#lib/metrics/format.ts';
import { type Grain, type Period, keysOfPeriod } from '#lib/metrics/period.ts';
import { isProvisional, isSmallSample } from '#lib/metrics/reliability.ts';
import type { Metric } from '#lib/metrics/registry.ts';
import { periodOfKey } from '#lib/metrics/period.ts';
import type { Chart } from './chart.ts';
import type { Room } from './render.ts';
import { trendChart } from './trend.ts';
import { type Words, basisText, keyText, valueText } from './words.ts';

/** What the ticks of a duration in hours may lie apart, so that they fall on whole days. */
const hourSteps = [1, 2, 4, 6, 12, 24, 48, 72, 120, 240, 480, 720];

const nothing: Counted = { numerator: 0, denominator: 0, pending: 0, median: null };

export interface KpiTrend {
  metric: Metric;
  grain: Grain;
  period: Period;
  /** What was counted by key of the grain; keys without any are gaps. */
  counted: ReadonlyMap<string, Counted>;
  /** The same of the period compared with, laid over by position. */
  compared: { period: Period; counted: ReadonlyMap<string, Counted> } | null;
  target: { value: number; text: string } | null;
  /** The local day the data reach, before which figures of disputes may still change. */
  today: string;
  hrefOf: (key: string) => string;
  room?: Room;
}

/** Draws a KPI over days, weeks or months with interval band, target and the period compared with. */
export function kpiTrend(
  words: Words,
  { metric, grain, period, counted, compared, target, today, hrefOf, room }: KpiTrend,
): Chart {
  const { t, locale, names } = words;
  const keys = keysOfPeriod(grain, period);
  const figures = keys.map((key) => figureOf(metric, counted.get(key) ?? nothing));
  const before =
    compared &&
    keysOfPeriod(grain, compared.period).map((key) => figureOf(metric, compared.counted.get(key) ?? nothing).value);
  const isRate = metric.headline === 'rate';
  const isOpen = (key: string): boolean => isProvisional(metric.id, periodOfKey(grain, key).to, today);
  return trendChart({
    ...(room && { room }),
    label: `${names.metric?.[metric.id] ?? metric.id}`,
    points: keys.map((key, index) => {
      const figure = figures[index] ?? figureOf(metric, nothing);
      const was = before?.[index] ?? null;
      return {
        key,
        value: figure.value,
        low: figure.interval?.low ?? null,
        high: figure.interval?.high ?? null,
        isFaint: isSmallSample(figure.n) || isOpen(key),
        href: hrefOf(key),
        tip: [
          `${keyText(words, grain, key)}  ${valueText(words, metric, figure.value)}`,
          basisText(words, figure),
          ...(figure.pending > 0 && figure.n > 0
            ? [t('frame.number.pending', { count: formatCount(figure.pending, locale) })]
            : []),
          ...(was === null ? [] : [t('frame.number.was', { value: valueText(words, metric, was) })]),
          ...(isOpen(key) ? [t('frame.number.provisional')] : []),
        ].join('\n'),
      };
    }),
    ...(before && { compared: keys.map((_, index) => before[index] ?? null) }),
    target: target && { value: target.value, label: target.text },
    formatValue: (value) => valueText(words, metric, value),
    formatKey: (key) => (grain === 'month' ? key.slice(2).replace('-', '/') : key.slice(5).replace('-', '/')),
    bounds: isRate ? [0, 1] : [0, null],
    ...(metric.unit === 'hours' && !isRate && { steps: hourSteps }),
    table: {
      head: [
        t(`dimension.${grain}`),
        t(isRate ? 'kpi.rate' : 'kpi.median'),
        ...(isRate ? [t('kpi.numerator')] : []),
        t('kpi.denominator'),
        t('kpi.pending'),
      ],
      rows: (figures.some(({ n, pending }) => n + pending > 0) ? keys : []).map((key, index) => {
        const row = counted.get(key) ?? nothing;
        return [
          keyText(words, grain, key),
          valueText(words, metric, figures[index]?.value ?? null),
          ...(isRate ? [formatCount(row.numerator, locale)] : []),
          formatCount(row.denominator, locale),
          formatCount(row.pending, locale),
        ];
      }),
    },
  });
}
