import type { Locale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { formatCount, formatValue } from '#lib/metrics/format.ts';
import { type MetricId, metricOf } from '#lib/metrics/registry.ts';
import type { KpiCase } from '#lib/server/kpis.ts';
import { describeKpis, type KpiReport, nameMetric } from './kpi_report.ts';
import { type Column, formatTable } from './table.ts';

export interface CaseReport extends Pick<KpiReport, 'config' | 'current' | 'filter'> {
  metric: MetricId;
  kind: 'counted' | 'failing' | 'pending';
  rows: readonly KpiCase[];
}

interface CaseColumn extends Column {
  cell: (row: KpiCase) => string;
}

/** Writes the rows behind a KPI as a table. */
export function formatCases(report: CaseReport, locale: Locale): string {
  const t = translator(locale);
  const { rows } = report;
  const metric = metricOf(report.metric);
  const columns: (CaseColumn & { isShown: boolean })[] = [
    { head: t('cases.day'), cell: (row) => row.day, isShown: true },
    { head: t('cases.caseId'), cell: (row) => row.caseId, isShown: true },
    { head: t('cases.itemId'), cell: (row) => row.itemId ?? '', isShown: rows.some((row) => row.itemId !== null) },
    { head: t('cases.state'), cell: (row) => nameState(row.state), isShown: metric.window !== undefined },
    {
      head: t('cases.numerator'),
      cell: (row) => (row.denominator === 0 ? '' : String(row.numerator)),
      align: 'right',
      isShown: report.kind === 'counted' && metric.headline === 'rate',
    },
    {
      head: t('cases.value'),
      cell: (row) => formatValue(row.value, metric.unit, locale),
      align: 'right',
      isShown: metric.unit !== null,
    },
  ];
  const shown = columns.filter(({ isShown }) => isShown);
  const title = `${nameMetric(metric, locale)}  ${metric.id}${report.kind === 'counted' ? '' : ` · ${t(`cases.${report.kind}`)}`}`;
  const table = formatTable(
    shown,
    rows.map((row) => ({ cells: shown.map(({ cell }) => cell(row)) })),
  );
  const body =
    rows.length === 0 ? [t('cases.empty')] : [table, t('cases.count', { rows: formatCount(rows.length, locale) })];
  return [`${title}\n${describeKpis(report, locale)}`, ...body].join('\n\n');

  function nameState(state: string): string {
    const names = {
      met: t('state.met'),
      late: t('state.late'),
      breached: t('state.breached'),
      pending: t('state.pending'),
      counted: t('state.counted'),
    };
    return new Map(Object.entries(names)).get(state) ?? state;
  }
}
