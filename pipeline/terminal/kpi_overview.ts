import type { Locale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { formatCount, formatRate, formatValue } from '#lib/metrics/format.ts';
import { metricOf } from '#lib/metrics/registry.ts';
import type { KpiTotal } from '#lib/server/kpis.ts';
import { isProvisional, isSmallSample } from './kpi_notes.ts';
import { describeKpis, type KpiReport, nameMetric } from './kpi_report.ts';
import { nameKey } from './names.ts';
import { formatTable } from './table.ts';

/** Writes the headline of each KPI for each key of a dimension side by side: KPIs down, keys across, all keys together last. */
export function formatOverview(report: KpiReport, locale: Locale): string {
  const t = translator(locale);
  const { metrics, rows, overall, by, config } = report;
  const keys = [...new Set(rows.map((row) => row.key))].sort((a, b) =>
    a === null ? 1 : b === null ? -1 : a < b ? -1 : 1,
  );
  const hasSmall = [...rows, ...overall].some(isSmallSample);
  const mark = (total: KpiTotal): string => (isSmallSample(total) ? '*' : hasSmall ? ' ' : '');
  const headline = (total: KpiTotal | undefined): string => {
    if (total === undefined || total.denominator === 0) return hasSmall ? '— ' : '—';
    const { headline: kind, unit } = metricOf(total.metric);
    return `${kind === 'rate' ? formatRate(total.rate, locale) : formatValue(total.median, unit, locale)}${mark(total)}`;
  };
  const columns = [
    { head: t('kpi.metric') },
    ...keys.map((key) => ({
      head: by === null ? '' : nameKey(config, locale, by, key).replace(/ \(.*\)$/, ''),
      align: 'right' as const,
    })),
    { head: t('kpi.total'), align: 'right' as const },
  ];
  const lines = metrics.map((metric) => {
    const own = rows.filter((row) => row.metric === metric);
    const cells = [
      ...keys.map((key) => own.find((row) => row.key === key)),
      overall.find((row) => row.metric === metric),
    ];
    return { cells: [nameMetric(metricOf(metric), locale), ...cells.map(headline)] };
  });
  const counted = [...keys.map((key) => rows.filter((row) => row.key === key)), overall].map((totals) =>
    formatCount(totals.find((total) => total.metric === 'resolution_24h')?.denominator ?? 0, locale),
  );
  const notes = [
    `▼ ${t('kpi.lowerIsBetter')}`,
    ...(hasSmall ? [`* ${t('kpi.smallSample')}`] : []),
    ...(overall.some((total) => isProvisional(total, { ...report, by: null })) ? [t('kpi.provisional')] : []),
  ];
  const table = formatTable(columns, [...lines, { cells: [t('kpi.counted'), ...counted] }]);
  return [describeKpis(report, locale), table, notes.join('   ')].join('\n\n');
}
