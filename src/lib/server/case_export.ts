import { type Reader, kindText, sortText, titleParts } from '#lib/i18n/case_list_words.ts';
import { nameOfKey } from '#lib/i18n/names.ts';
import type { CaseListAsked } from '#lib/metrics/case_list.ts';
import { keyDimensions } from '#lib/metrics/dimensions.ts';
import { dateFormat } from '#lib/metrics/intl.ts';
import { addDays } from '#lib/metrics/period.ts';
import { metricOf } from '#lib/metrics/registry.ts';
import { type ExportColumn, exportColumns } from './case_export_columns.ts';
import type { ListedCase } from './case_list.ts';
import { type Cell, byteOrderMark, csvLine } from './csv.ts';
import { type WorkbookCell, instantFormat, workbookBytes } from './workbook.ts';

/** A list to be written out: what it shows, to whom, from which snapshot. */
export interface CaseExport {
  asked: CaseListAsked;
  reader: Reader;
  timezone: string;
  current: { snapshot: string; asOf: string };
  rows: AsyncIterable<ListedCase[]>;
}

/** Names an export by its KPI and its first and last day. */
export function exportName({ metric, kind, from, to }: CaseListAsked, extension: 'csv' | 'xlsx'): string {
  const what = metric === null ? 'all' : `${metric}-${kind}`;
  return `aftersight-cases-${what}-${from}_${addDays(to, -1)}.${extension}`;
}

/** Writes a list as CSV, piece by piece. */
export async function* csvBytes({ asked, reader, timezone, rows }: CaseExport): AsyncGenerator<Uint8Array, void> {
  const columns = exportColumns(reader, asked);
  const local = localTime(timezone);
  const encoder = new TextEncoder();
  yield encoder.encode(byteOrderMark + csvLine(columns.map(({ head }) => head)));
  for await (const batch of rows) {
    const lines = batch.map((row) => csvLine(columns.map((column) => csvCell(column, row, local))));
    yield encoder.encode(lines.join(''));
  }
}

/** Writes a list as a workbook with a sheet that says what it is, piece by piece. */
export function xlsxBytes(given: CaseExport): AsyncGenerator<Uint8Array, void> {
  const { asked, reader, timezone, rows } = given;
  const columns = exportColumns(reader, asked);
  const local = localTime(timezone);
  const formats = { text: '@', instant: instantFormat, day: 'yyyy-mm-dd', number: undefined };
  const counted = { rows: 0 };
  return workbookBytes({
    table: {
      name: reader.t('casesPage.title'),
      columns: columns.map(({ head, width, kind }) => ({ head, width, format: formats[kind] })),
      rows: batches(rows, counted, (row) => columns.map((column) => sheetCell(column, row, local))),
    },
    about: { name: reader.t('casesPage.export.about'), rows: () => about(given, counted.rows) },
  });
}

async function* batches(
  rows: AsyncIterable<ListedCase[]>,
  counted: { rows: number },
  toCells: (row: ListedCase) => WorkbookCell[],
): AsyncGenerator<WorkbookCell[][], void> {
  for await (const batch of rows) {
    counted.rows += batch.length;
    yield batch.map(toCells);
  }
}

function csvCell({ kind, cell }: ExportColumn, row: ListedCase, local: (instant: string) => string): Cell {
  const value = cell(row);
  return kind === 'instant' && typeof value === 'string' ? local(value) : value;
}

/** Sheets know no time zones: a date cell holds the local time as if it were UTC. */
function sheetCell({ kind, cell }: ExportColumn, row: ListedCase, local: (instant: string) => string): WorkbookCell {
  const value = cell(row);
  if (typeof value !== 'string') return value;
  if (kind === 'instant') return sheetTime(local(value));
  return kind === 'day' ? new Date(value) : value;
}

function sheetTime(localTime: string): Date {
  return new Date(`${localTime.replace(' ', 'T')}Z`);
}

/** Writes instants as local time to the second: 2026-10-03 14:05:12. */
function localTime(timeZone: string): (instant: string) => string {
  const format = dateFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (instant) => format.format(new Date(instant));
}

/** What somebody must know who finds the file later. */
function about({ asked, reader, timezone, current }: CaseExport, rows: number): [string, WorkbookCell][] {
  const { t, locale, names } = reader;
  const metric = asked.metric && metricOf(asked.metric);
  const keys = keyDimensions.flatMap((dimension): [string, string][] => {
    const picked = asked.keys[dimension];
    if (picked === undefined) return [];
    const named = picked.map((key) => nameOfKey(names, t, dimension, key)).join(t('casesPage.and'));
    return [[t(`dimension.${dimension}`), named]];
  });
  return [
    [t('casesPage.export.list'), titleParts(reader, asked).join(' · ')],
    ...(metric && asked.metric
      ? ([
          [t('casesPage.export.metric'), `${metric.name[locale]} (${metric.id})`],
          [t('casesPage.export.definition', { version: metric.version }), metric.description[locale]],
          [t('casesPage.export.kind'), kindText(t, asked.metric, asked.kind)],
          [t('casesPage.export.clock'), t(`clock.${asked.clock ?? metric.defaultClock}`)],
        ] satisfies [string, string][])
      : []),
    [t('casesPage.export.period'), `${asked.from} – ${addDays(asked.to, -1)}`],
    ...keys,
    ...(asked.search ? [[t('casesPage.export.search'), asked.search.text] satisfies [string, string]] : []),
    [t('casesPage.export.sort'), `${sortText(t, asked, asked.sort)} · ${t(`casesPage.sort.${asked.direction}`)}`],
    [t('casesPage.export.rows'), rows],
    [t('casesPage.export.asOf'), sheetTime(localTime(timezone)(current.asOf))],
    [t('casesPage.export.timezone'), timezone],
    [t('casesPage.export.snapshot'), current.snapshot],
    [t('casesPage.export.about'), t('casesPage.export.safety')],
  ];
}
