import type { Reader } from '#lib/i18n/case_list_words.ts';
import { nameOfKey } from '#lib/i18n/names.ts';
import { type CaseListAsked, verdictOf } from '#lib/metrics/case_list.ts';
import type { KeyDimension } from '#lib/metrics/dimensions.ts';
import { numberFormat } from '#lib/metrics/intl.ts';
import { type Clock, type Metric, metricOf } from '#lib/metrics/registry.ts';
import type { ListedCase } from './case_list.ts';
import { clocksOf } from './case_list_parameters.ts';
import type { Cell } from './csv.ts';

/** A column of an export; instants are ISO 8601 in UTC here and local time where they are written, days YYYY-MM-DD. */
export interface ExportColumn {
  head: string;
  width: number;
  kind: 'text' | 'number' | 'instant' | 'day';
  cell: (row: ListedCase) => Cell;
}

/** The columns of a list's export: those of the page, each fact in one of its own, durations in seconds. */
export function exportColumns(reader: Reader, asked: CaseListAsked): ExportColumn[] {
  const { t } = reader;
  const clocks = clocksOf(asked.clock);
  const text = (head: string, width: number, cell: ExportColumn['cell']) =>
    ({ head, width, kind: 'text', cell }) as const;
  const number = (head: string, cell: ExportColumn['cell']) => ({ head, width: 12, kind: 'number', cell }) as const;
  const key = (head: string, dimension: KeyDimension, of: (row: ListedCase) => string | null) =>
    text(head, 16, (row) => (of(row) === null ? null : nameOfKey(reader.names, t, dimension, of(row))));
  const seconds = (head: string, clock: Clock) =>
    t('casesPage.onClock', { head, unit: t('casesPage.unit.seconds'), clock: t(`clock.${clock}`) });
  return [
    text(t('casesPage.column.case'), 34, (row) => row.caseId),
    text(t('casesPage.column.order'), 24, (row) => row.orderId),
    { head: t('casesPage.column.started'), width: 20, kind: 'instant', cell: (row) => row.startedAt },
    ...(asked.metric === null ? [] : kpiColumns(reader, metricOf(asked.metric), asked.clock)),
    key(t('casesPage.column.brand'), 'brand', (row) => row.brand),
    key(t('casesPage.column.vendor'), 'vendor', (row) => row.vendor),
    key(t('casesPage.column.agent'), 'agent', (row) => row.agent),
    key(t('casesPage.column.platform'), 'platform', (row) => row.platform),
    key(t('casesPage.column.requestType'), 'request_type', (row) => row.requestType),
    key(t('casesPage.column.reasonAgent'), 'reason_agent', (row) => row.reasonAgent),
    key(t('casesPage.column.reasonBuyer'), 'reason_buyer', (row) => row.reasonBuyer),
    number(seconds(t('casesPage.column.firstResponse'), clocks.firstResponse), (row) => row.firstResponseSeconds),
    number(seconds(t('casesPage.column.solution'), clocks.solution), (row) => row.solutionSeconds),
    number(t('casesPage.column.messages'), (row) => row.messages),
    number(t('casesPage.column.reopens'), (row) => row.reopens),
    number(t('casesPage.column.csat'), (row) => row.csatScore),
    ...(asked.withFlagged
      ? [text(t('casesPage.column.flagged'), 14, (row) => (row.isFlagged ? t('casesPage.flagged') : null))]
      : []),
    ...(asked.search ? [text(t('casesPage.column.excerpt'), 60, (row) => row.excerpt)] : []),
  ];
}

function kpiColumns({ t }: Reader, metric: Metric, clock: Clock | null): ExportColumn[] {
  const { grain, unit } = metric;
  const itemOf = (row: ListedCase): string | null => row.outcome?.itemId ?? null;
  const item = {
    case: [],
    round: [{ head: t('casesPage.column.item.round'), width: 8, kind: 'number', cell: (row) => numberOf(itemOf(row)) }],
    refund: [{ head: t('casesPage.column.item.refund'), width: 24, kind: 'text', cell: itemOf }],
  } satisfies Record<Metric['grain'], ExportColumn[]>;
  const value: ExportColumn[] =
    unit === null
      ? []
      : [{ head: valueHead(t, unit, clock ?? metric.defaultClock), width: 14, kind: 'number', cell: valueOf(unit) }];
  const currency: ExportColumn[] =
    unit === 'minor'
      ? [{ head: t('casesPage.column.currency'), width: 8, kind: 'text', cell: (row) => row.outcome?.currency ?? null }]
      : [];
  return [
    ...item[grain],
    { head: t('casesPage.column.day'), width: 12, kind: 'day', cell: (row) => row.outcome?.day ?? null },
    {
      head: t('casesPage.column.verdict'),
      width: 10,
      kind: 'text',
      cell: ({ outcome }) => outcome && t(`casesPage.verdict.${verdictOf(metric, outcome)}`),
    },
    ...value,
    ...currency,
  ];
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}

function valueHead(t: Reader['t'], unit: NonNullable<Metric['unit']>, clock: Clock): string {
  const head = t(`casesPage.column.value.${unit}`);
  switch (unit) {
    case 'seconds':
    case 'hours':
      return t('casesPage.onClock', { head, unit: t(`casesPage.unit.${unit}`), clock: t(`clock.${clock}`) });
    case 'minor':
      return t('casesPage.inUnit', { head, unit: t('casesPage.unit.minor') });
    case 'count':
    case 'score':
      return head;
  }
}

/** The value in its unit; money in major units, so that it reads as money. */
function valueOf(unit: Metric['unit']): ExportColumn['cell'] {
  return ({ outcome }) => {
    if (outcome === null || outcome.value === null) return null;
    return unit === 'minor' ? outcome.value / 10 ** digitsOf(outcome.currency ?? 'CNY') : outcome.value;
  };
}

function digitsOf(currency: string): number {
  if (!/^[A-Za-z]{3}$/.test(currency)) return 2;
  return numberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
