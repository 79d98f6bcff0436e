import { standingText } from '#lib/i18n/standing_text.ts';
import type { Dimension } from '#lib/metrics/dimensions.ts';
import { type Counted, changeOf, figureOf } from '#lib/metrics/figure.ts';
import { formatCount, formatRateInterval } from '#lib/metrics/format.ts';
import { type Standing, isClearlyUnmet } from '#lib/metrics/goal.ts';
import { isSmallSample } from '#lib/metrics/reliability.ts';
import type { Metric } from '#lib/metrics/registry.ts';
import type { Chart } from './chart.ts';
import { dotsChart } from './dots.ts';
import { type Words, basisText, changeText, keyText, valueText } from './words.ts';

/** One key of a dimension: what was counted now and in the period compared with, and its own target. */
export interface ComparedKey {
  key: string | null;
  counted: Counted;
  before: Counted | null;
  target: { value: number; standing: Standing | null } | null;
}

export interface KpiComparison {
  metric: Metric;
  dimension: Dimension;
  keys: readonly ComparedKey[];
  hrefOf: (key: string | null) => string;
}

/** Draws a KPI for the keys of a dimension as dots with intervals, each with its own target. */
export function kpiComparison(words: Words, { metric, dimension, keys, hrefOf }: KpiComparison): Chart {
  const { t, locale, names } = words;
  const rows = keys.map((one) => ({
    ...one,
    name: keyText(words, dimension, one.key),
    figure: figureOf(metric, one.counted),
    change: changeOf(metric, one.counted, one.before),
  }));
  return dotsChart({
    label: `${names.metric?.[metric.id] ?? metric.id} · ${t(`dimension.${dimension}`)}`,
    rows: rows.map(({ key, name, figure, change, target }) => ({
      name,
      value: figure.value,
      low: figure.interval?.low ?? null,
      high: figure.interval?.high ?? null,
      text: `${isClearlyUnmet(target?.standing ?? null) ? '▼ ' : ''}${valueText(words, metric, figure.value)}`,
      target: target?.value ?? null,
      isBad: isClearlyUnmet(target?.standing ?? null),
      isFaint: isSmallSample(figure.n),
      href: hrefOf(key),
      tip: [
        `${name}  ${valueText(words, metric, figure.value)}`,
        basisText(words, figure),
        ...(target
          ? [
              `${t('frame.number.target')} ${valueText(words, metric, target.value)}${target.standing ? ` ${standingText(t, target.standing)}` : ''}`,
            ]
          : []),
        ...(change ? [changeText(words, metric, change)] : []),
        ...(isSmallSample(figure.n) ? [t('frame.number.smallSample')] : []),
      ].join('\n'),
    })),
    formatValue: (value) => valueText(words, metric, value),
    bounds: metric.headline === 'rate' ? [0, 1] : [0, null],
    table: {
      head: [
        t(`dimension.${dimension}`),
        t(metric.headline === 'rate' ? 'kpi.rate' : 'kpi.median'),
        t('kpi.interval'),
        t('kpi.numerator'),
        t('kpi.denominator'),
        t('kpi.pending'),
      ],
      rows: rows.map(({ name, figure, counted }) => [
        name,
        valueText(words, metric, figure.value),
        formatRateInterval(figure.interval, locale),
        formatCount(counted.numerator, locale),
        formatCount(counted.denominator, locale),
        formatCount(counted.pending, locale),
      ]),
    },
  });
}
