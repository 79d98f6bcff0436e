import { barsChart } from '#lib/charts/bars.ts';
import type { Chart } from '#lib/charts/chart.ts';
import { kpiComparison } from '#lib/charts/kpi_comparison.ts';
import { kpiTrend } from '#lib/charts/kpi_trend.ts';
import { type Words, goalText, keyText } from '#lib/charts/words.ts';
import { linkTo } from '#lib/links.ts';
import { type Counted, figureOf } from '#lib/metrics/figure.ts';
import { formatCount, formatRate } from '#lib/metrics/format.ts';
import { standingOf } from '#lib/metrics/goal.ts';
import { type MetricId, metricOf } from '#lib/metrics/registry.ts';
import type { Contract } from '#lib/server/config.ts';
import type { Filter } from '#lib/server/filter.ts';
import type { KeyCount } from '#lib/server/kpis.ts';
import { type Overview, countOf } from '#lib/server/overview.ts';
import { type TargetState, goalOf } from '#lib/server/targets.ts';

const shownReasons = 8;

interface Asked {
  metric: MetricId;
  found: Overview;
  filter: Filter;
  contracts: readonly Contract[];
  states: readonly TargetState[];
  today: string;
  params: URLSearchParams;
}

/** Draws the overview's charts: the trend of one KPI, its vendors and brands, the buyers' reasons. */
export function drawOverview(
  words: Words,
  asked: Asked,
): { trend: Chart; vendors: Chart; brands: Chart; reasons: Chart | null } {
  return {
    trend: drawTrend(words, asked),
    vendors: drawComparison(words, asked, 'vendor'),
    brands: drawComparison(words, asked, 'brand'),
    reasons: drawReasons(words, asked),
  };
}

function drawTrend(words: Words, { metric: id, found, filter, contracts, today, params }: Asked): Chart {
  const metric = metricOf(id);
  const goal = goalOf(contracts, id);
  const byDay = (rows: readonly KeyCount[]): Map<string, Counted> =>
    new Map(rows.filter((row) => row.metric === id).map((row) => [row.key ?? '', row]));
  return kpiTrend(words, {
    metric,
    grain: 'day',
    period: filter.period,
    counted: byDay(found.days),
    compared: filter.comparedWith && { period: filter.comparedWith, counted: byDay(found.daysBefore) },
    target:
      goal?.kind === 'one'
        ? {
            value: goal.bound.value,
            text: goalText(words, metric, goal),
          }
        : null,
    today,
    hrefOf: (day) => linkTo('/cases', params, { from: day, until: day, metric: id, kind: 'failing' }),
  });
}

function drawComparison(
  words: Words,
  { metric: id, found, filter, contracts, params }: Asked,
  dimension: 'vendor' | 'brand',
): Chart {
  const metric = metricOf(id);
  const keys = [
    ...new Set(
      found.now.filter((row) => row.metric === id && row.denominator + row.pending > 0).map((row) => row[dimension]),
    ),
  ];
  return kpiComparison(words, {
    metric,
    dimension,
    keys: keys
      .map((key) => {
        const goal = goalOf(
          contracts.filter((contract) => contract[dimension] === key),
          id,
        );
        const counted = countOf(found.now, id, [], (row) => row[dimension] === key);
        const figure = figureOf(metric, counted);
        return {
          key,
          counted,
          figure,
          before: filter.comparedWith && countOf(found.before, id, [], (row) => row[dimension] === key),
          target: goal?.kind === 'one' ? { value: goal.bound.value, standing: standingOf(goal.bound, figure) } : null,
        };
      })
      .sort((a, b) => (b.figure.value ?? -1) - (a.figure.value ?? -1)),
    hrefOf: (key) => linkTo(`/metrics/${id}`, params, { [dimension]: key ?? '' }),
  });
}

function drawReasons(words: Words, { found, filter, params }: Asked): Chart | null {
  const { t, locale } = words;
  const total = found.reasons.reduce((sum, { cases }) => sum + cases, 0);
  const known = found.reasons.filter(({ key }) => key !== null);
  if (known.length === 0) return null;
  const rows = known.map(({ key, cases }) => {
    const before = filter.comparedWith ? (found.reasonsBefore.find((row) => row.key === key)?.cases ?? 0) : null;
    return { key, cases, before, name: keyText(words, 'reason_buyer', key), share: formatRate(cases / total, locale) };
  });
  return barsChart({
    label: t('overview.reasons'),
    rows: rows.slice(0, shownReasons).map(({ key, cases, before, name, share }) => ({
      name,
      value: cases,
      before,
      text: t('overview.of', { cases: formatCount(cases, locale), share }),
      tip: [
        `${name}  ${t('overview.of', { cases: formatCount(cases, locale), share })}`,
        ...(before === null ? [] : [t('frame.number.was', { value: formatCount(before, locale) })]),
      ].join('\n'),
      href: linkTo('/cases', params, { reason_buyer: key ?? '' }),
    })),
    table: {
      head: [t('dimension.reason_buyer'), t('kpi.counted'), '%', t('frame.filter.previous')],
      rows: rows.map(({ cases, before, name, share }) => [
        name,
        formatCount(cases, locale),
        share,
        formatCount(before, locale),
      ]),
    },
  });
}
