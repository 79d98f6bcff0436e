import type { Locale } from '#lib/i18n/locale.ts';
import { type Translate, translator } from '#lib/i18n/translator.ts';
import { formatCount, formatRate, formatRateInterval, formatValue } from '#lib/metrics/format.ts';
import { wilsonInterval } from '#lib/metrics/intervals.ts';
import { type Metric, type MetricId, metricOf } from '#lib/metrics/registry.ts';
import type { Config } from '#lib/server/config.ts';
import type { Dimension } from '#lib/metrics/dimensions.ts';
import type { KpiFilter, KpiTotal } from '#lib/server/kpis.ts';
import type { Current } from '#lib/server/snapshot.ts';
import { isProvisional, isSmallSample, notesOn } from './kpi_notes.ts';
import { describeTarget } from './kpi_targets.ts';
import { nameDeclared, nameKey } from './names.ts';
import { formatInstant, formatPeriod } from './period.ts';
import { type Column, formatTable, type TableRow } from './table.ts';

/** KPI totals and what they are totals of; `overall` are those of all keys together where `by` is given. */
export interface KpiReport {
  config: Config;
  current: Current;
  filter: KpiFilter;
  metrics: readonly MetricId[];
  by: Dimension | null;
  rows: readonly KpiTotal[];
  overall: readonly KpiTotal[];
}

interface KpiColumn extends Column {
  cell: (total: KpiTotal, metric: Metric) => string;
  /** Left out where no row has anything in it. */
  isOptional?: boolean;
}

/** Writes KPI totals as a table: a row a KPI, or a heading a KPI over a row for each key of the dimension and one for all. */
export function formatTotals(report: KpiReport, locale: Locale): string {
  const t = translator(locale);
  const groups = report.metrics.map((id) => groupOf(report, id));
  const totals = groups.flatMap((group) => [...group.totals, ...group.overall]);
  const columns = columnsOf(report, locale, t).filter(
    ({ cell, isOptional }) =>
      isOptional !== true || totals.some((total) => !/^0?$/.test(cell(total, metricOf(total.metric)))),
  );
  const rowOf = (total: KpiTotal, label: string): TableRow => ({
    cells: [label, ...columns.map(({ cell }) => cell(total, metricOf(total.metric)))],
    isFaint: isSmallSample(total),
  });
  const { by, config } = report;
  const rows = groups.flatMap((group): TableRow[] => {
    const metric = metricOf(group.metric);
    if (by === null) return group.totals.map((total) => rowOf(total, nameMetric(metric, locale)));
    const heading = [nameMetric(metric, locale), group.metric, nameClock(metric, report, t)].filter(
      (part) => part !== '',
    );
    return [
      { heading: heading.join('  ') },
      ...group.totals.map((total) => rowOf(total, nameKey(config, locale, by, total.key))),
      ...group.overall.map((total) => rowOf(total, t('kpi.total'))),
    ];
  });
  const first = { head: by === null ? t('kpi.metric') : t(`dimension.${by}`) };
  const legend = [
    ...(report.metrics.some((id) => metricOf(id).direction === 'down') ? [`▼ ${t('kpi.lowerIsBetter')}`] : []),
    ...(totals.some((total) => isProvisional(total, report)) ? [t('kpi.provisional')] : []),
  ];
  const parts = [describeKpis(report, locale), formatTable([first, ...columns], rows), legend.join('   ')];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Says what the figures cover: period, filters, how far the data reaches, snapshot. */
export function describeKpis(
  { config, current, filter }: Pick<KpiReport, 'config' | 'current' | 'filter'>,
  locale: Locale,
): string {
  const t = translator(locale);
  const parts = [
    `${t('kpi.period')} ${formatPeriod(t, filter.from, filter.to)}`,
    ...(filter.keys.brand ?? []).map(
      (brand) => `${t('dimension.brand')} ${nameDeclared(config.brands, locale, brand)}`,
    ),
    ...(filter.keys.vendor ?? []).map(
      (vendor) => `${t('dimension.vendor')} ${nameDeclared(config.vendors, locale, vendor)}`,
    ),
  ];
  const freshness = [
    `${t('kpi.asOf')} ${formatInstant(current.asOf, config.timezone)}`,
    `${t('kpi.snapshot')} ${current.snapshot}`,
  ];
  return [parts.join('   '), freshness.join('   ')].join('\n');
}

export function nameMetric(metric: Metric, locale: Locale): string {
  return `${metric.name[locale]}${metric.direction === 'down' ? ' ▼' : ''}`;
}

function columnsOf(report: KpiReport, locale: Locale, t: Translate): KpiColumn[] {
  const count = (value: number): string => formatCount(value, locale);
  const value = (key: 'median' | 'p90') => (total: KpiTotal, metric: Metric) =>
    metric.unit === null ? '' : formatValue(total[key], metric.unit, locale);
  const isRate = (metric: Metric): boolean => metric.headline === 'rate';
  const columns: KpiColumn[] = [
    {
      head: t('kpi.rate'),
      cell: (total, metric) => (isRate(metric) ? formatRate(total.rate, locale) : ''),
      align: 'right',
    },
    {
      head: t('kpi.interval'),
      cell: (total, metric) => (isRate(metric) ? formatRateInterval(wilsonInterval(total), locale) : ''),
      align: 'right',
    },
    {
      head: t('kpi.numerator'),
      cell: (total, metric) => (isRate(metric) ? count(total.numerator) : ''),
      align: 'right',
    },
    { head: t('kpi.denominator'), cell: (total) => count(total.denominator), align: 'right' },
    { head: t('kpi.median'), cell: value('median'), align: 'right' },
    { head: t('kpi.p90'), cell: value('p90'), align: 'right' },
    { head: t('kpi.target'), cell: (total) => describeTarget(total, report, locale, t), isOptional: true },
    { head: t('kpi.pending'), cell: (total) => count(total.pending), align: 'right', isOptional: true },
    { head: t('kpi.excluded'), cell: (total) => count(total.excluded), align: 'right', isOptional: true },
    {
      head: t('kpi.clock'),
      cell: (_, metric) => (report.by === null ? nameClock(metric, report, t) : ''),
      isOptional: true,
    },
    { head: t('kpi.note'), cell: (total) => notesOn(t, total, report).join(' · '), isOptional: true },
  ];
  return columns;
}

interface Group {
  metric: MetricId;
  totals: readonly KpiTotal[];
  overall: readonly KpiTotal[];
}

function groupOf({ rows, overall }: KpiReport, metric: MetricId): Group {
  const totals = rows.filter((row) => row.metric === metric);
  if (totals.length > 0) {
    return { metric, totals, overall: totals.length > 1 ? overall.filter((row) => row.metric === metric) : [] };
  }
  const nothing = { numerator: 0, denominator: 0, rate: null, median: null, p90: null, pending: 0, excluded: 0 };
  return { metric, totals: [{ metric, key: null, ...nothing }], overall: [] };
}

function nameClock(metric: Metric, { filter }: KpiReport, t: Translate): string {
  if (metric.unit !== 'seconds' && metric.unit !== 'hours') return '';
  return t(`clock.${filter.clock ?? metric.defaultClock}`);
}
