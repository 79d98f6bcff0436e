import type { Chart } from '#lib/charts/chart.ts';
import { heatmapChart } from '#lib/charts/heatmap.ts';
import { histogramChart } from '#lib/charts/histogram.ts';
import { kpiTrend } from '#lib/charts/kpi_trend.ts';
import { type Words, basisText, goalText, keyText, valueText } from '#lib/charts/words.ts';
import { linkTo } from '#lib/links.ts';
import { binEdges, positionAmong } from '#lib/metrics/bins.ts';
import type { Dimension, KeyDimension } from '#lib/metrics/dimensions.ts';
import { type Counted, figureOf } from '#lib/metrics/figure.ts';
import { formatCount, formatRate, formatValue } from '#lib/metrics/format.ts';
import type { Grain } from '#lib/metrics/period.ts';
import type { Goal } from '#lib/metrics/goal.ts';
import { isSmallSample } from '#lib/metrics/reliability.ts';
import { type Metric, type MetricId, metricOf } from '#lib/metrics/registry.ts';
import type { Filter } from '#lib/server/filter.ts';
import type { KpiTotal } from '#lib/server/kpis.ts';
import type { Study } from '#lib/server/metric_study.ts';
import { narrowTo } from './metric_keys.ts';

interface Asked {
  metric: MetricId;
  found: Study;
  filter: Filter;
  goal: Goal;
  today: string;
  grain: Grain;
  by: Dimension;
  params: URLSearchParams;
}

const shownRows = 16;
const shownColumns = 12;

/** Which cases a mark leads to: those against the KPI; a duration has none, so all that counted. */
function kindOf({ headline }: Pick<Metric, 'headline'>): 'failing' | 'counted' {
  return headline === 'rate' ? 'failing' : 'counted';
}

export function drawTrend(words: Words, { metric: id, found, filter, goal, today, grain, params }: Asked): Chart {
  const metric = metricOf(id);
  const byKey = (rows: readonly KpiTotal[]): Map<string, Counted> => new Map(rows.map((row) => [row.key ?? '', row]));
  return kpiTrend(words, {
    metric,
    grain,
    period: filter.period,
    counted: byKey(found.time),
    compared: filter.comparedWith && { period: filter.comparedWith, counted: byKey(found.timeBefore) },
    target: goal?.kind === 'one' ? { value: goal.bound.value, text: goalText(words, metric, goal) } : null,
    today,
    hrefOf: (key) => linkTo('/cases', params, { ...narrowTo(grain, key, filter), metric: id, kind: kindOf(metric) }),
    room: 'full',
  });
}

/** Draws two dimensions against each other, the keys with most counted first. */
export function drawCross(
  words: Words,
  { metric: id, found, filter, by, andBy, params }: Asked & { andBy: KeyDimension },
): Chart {
  const metric = metricOf(id);
  const most = (side: 'key' | 'andKey', count: number): (string | null)[] => {
    const sums = new Map<string | null, number>();
    for (const pair of found.pairs) sums.set(pair[side], (sums.get(pair[side]) ?? 0) + pair.denominator);
    return [...sums]
      .sort((a, b) => b[1] - a[1])
      .slice(0, count)
      .map(([key]) => key);
  };
  const isRate = metric.headline === 'rate';
  const rows = most('key', shownRows);
  const columns = most('andKey', shownColumns);
  const cells = rows.flatMap((row) =>
    columns.map((column) => {
      const pair = found.pairs.find(({ key, andKey }) => key === row && andKey === column) ?? {
        numerator: 0,
        denominator: 0,
        pending: 0,
        median: null,
      };
      const figure = figureOf(metric, pair);
      const text = isRate ? formatRate(figure.value, words.locale, 0) : valueText(words, metric, figure.value);
      return { row, column, figure, text };
    }),
  );
  return heatmapChart({
    label: words.t('metricPage.cross', { dimension: words.t(`dimension.${by}`), other: words.t(`dimension.${andBy}`) }),
    rows: rows.map((key) => keyText(words, by, key)),
    columns: columns.map((key) => keyText(words, andBy, key)),
    cells: cells.map(({ row, column, figure, text }) => ({
      row: keyText(words, by, row),
      column: keyText(words, andBy, column),
      value: figure.value,
      text,
      isFaint: isSmallSample(figure.n),
      tip: [
        `${keyText(words, by, row)} × ${keyText(words, andBy, column)}  ${valueText(words, metric, figure.value)}`,
        basisText(words, figure),
      ].join('\n'),
      ...(figure.n > 0 && {
        href: linkTo('/cases', params, {
          ...narrowTo(by, row, filter),
          ...narrowTo(andBy, column, filter),
          metric: id,
          kind: kindOf(metric),
        }),
      }),
    })),
    isHighBad: !isRate || metric.direction === 'down',
    room: 'full',
    table: {
      head: [words.t(`dimension.${by}`), ...columns.map((key) => keyText(words, andBy, key))],
      rows: rows.map((row) => [
        keyText(words, by, row),
        ...cells
          .filter((cell) => cell.row === row)
          .map(({ figure }) => `${valueText(words, metric, figure.value)} (${formatCount(figure.n, words.locale)})`),
      ]),
    },
  });
}

/** Draws how the values spread, with median and P90; null for a KPI without values. */
export function drawDistribution(words: Words, { metric: id, found }: Asked): Chart | null {
  const { unit, grain, direction } = metricOf(id);
  if (unit === null || found.bins.length === 0) return null;
  const edges = binEdges(unit);
  const text = (value: number): string => formatValue(value, unit, words.locale);
  const bins = Array.from({ length: edges.length + 1 }, (_, bin) => {
    const { rows, numerator } = found.bins.find((one) => one.bin === bin) ?? { rows: 0, numerator: 0 };
    const name = bin === 0 ? words.t('metricPage.below', { edge: text(edges[0] ?? 0) }) : text(edges[bin - 1] ?? 0);
    return { name, rows, numerator, range: bin === 0 ? name : words.t('metricPage.from', { edge: name }) };
  });
  const all = bins.reduce((sum, { rows }) => sum + rows, 0);
  const marks = [
    { name: words.t('frame.number.median'), value: found.now.median },
    { name: words.t('frame.number.p90'), value: found.now.p90 },
  ].flatMap(({ name, value }) =>
    value === null
      ? []
      : [
          {
            at: positionAmong(edges, value),
            label: `${name} ${valueText(words, { headline: 'median', unit }, value)}`,
          },
        ],
  );
  return histogramChart({
    label: words.t('metricPage.distribution'),
    axes: { along: words.t(`casesPage.column.value.${unit}`), upwards: words.t(`metricPage.rows.${grain}`) },
    bins: bins.map(({ name, rows, numerator, range }) => ({
      name,
      rows,
      met: direction === 'up' ? numerator : rows - numerator,
      tip: [
        range,
        `${formatCount(rows, words.locale)} · ${formatRate(all === 0 ? null : rows / all, words.locale)}`,
      ].join('\n'),
    })),
    marks,
    table: {
      head: [words.t('metricPage.value'), words.t('kpi.denominator'), words.t('kpi.numerator')],
      rows: bins.map(({ range, rows, numerator }) => [
        range,
        formatCount(rows, words.locale),
        formatCount(numerator, words.locale),
      ]),
    },
  });
}
