import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { formatCount, formatRate, formatRateInterval, formatValue } from '#lib/metrics/format.ts';
import { wilsonInterval } from '#lib/metrics/intervals.ts';
import { type MetricId, metricOf } from '#lib/metrics/registry.ts';
import type { Dimension, KpiCase, KpiFilter, KpiTotal } from '#lib/server/kpis.ts';
import { formatTable } from './table.ts';

interface Totals {
  snapshot: string;
  asOf: string;
  filter: KpiFilter;
  by: Dimension | null;
  rows: readonly KpiTotal[];
}

/** Prints KPI totals as a table in the language of the terminal. */
export function printTotals({ snapshot, asOf, filter, by, rows }: Totals): void {
  const locale = detectLocale(process.env);
  const t = translator(locale);
  const head = [
    t('kpi.metric'), ...(by ? [t(`dimension.${by}`)] : []), t('kpi.rate'), t('kpi.interval'), t('kpi.numerator'), t('kpi.denominator'), t('kpi.median'),
    t('kpi.p90'), t('kpi.pending'),
  ];
  const body = rows.map((row) => {
    const metric = metricOf(row.metric);
    return [
      `${metric.name[locale]}${metric.direction === 'down' ? ' ▼' : ''}`,
      ...(by ? [row.key ?? t('kpi.unknown')] : []),
      metric.headline === 'rate' ? formatRate(row.rate, locale) : '',
      metric.headline === 'rate' ? formatRateInterval(wilsonInterval(row), locale) : '',
      formatCount(row.numerator, locale),
      formatCount(row.denominator, locale),
      formatValue(row.median, metric.unit, locale),
      formatValue(row.p90, metric.unit, locale),
      formatCount(row.pending, locale),
    ];
  });
  const first = by ? 2 : 1;
  const lines = [
    `${t('kpi.period')} ${filter.from} … ${filter.to}   ${t('kpi.asOf')} ${asOf}   ${t('kpi.snapshot')} ${snapshot}`,
    rows.length === 0 ? t('kpi.empty') : formatTable(head, body, head.map((_, index) => index >= first)),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Prints the rows behind a KPI as a table in the language of the terminal. */
export function printCases(id: MetricId, rows: readonly KpiCase[]): void {
  const locale = detectLocale(process.env);
  const t = translator(locale);
  const { unit, name } = metricOf(id);
  const head = [t('cases.day'), t('cases.caseId'), t('cases.itemId'), t('cases.state'), t('cases.numerator'), t('cases.value')];
  const states: Record<string, string> = {
    met: t('state.met'), late: t('state.late'), breached: t('state.breached'), pending: t('state.pending'), counted: t('state.counted'),
  };
  const body = rows.map((row) => [
    row.day, row.caseId, row.itemId ?? '', states[row.state] ?? row.state, String(row.numerator), formatValue(row.value, unit, locale),
  ]);
  const lines = [
    name[locale],
    rows.length === 0 ? t('cases.empty') : formatTable(head, body, [false, false, false, false, true, true]),
    t('cases.count', { rows: formatCount(rows.length, locale) }),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
