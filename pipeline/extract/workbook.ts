import { readFile, stat } from 'node:fs/promises';
import type * as Xlsx from '@e965/xlsx';
import type { CellObject, WorkBook } from '@e965/xlsx';
import { ExtractError } from './errors.ts';
import { findHeader, headerRows, missingColumnsError, type RawTable } from './header.ts';
import { readNormalised, writeNormalised, type Row } from './normalised.ts';
import type { Reading } from './raw.ts';
import { readText, type Encoding } from './text.ts';

type Sheets = typeof Xlsx;

type Cells = readonly (CellObject | undefined)[];

/** A sheet whose rows turn into text only when asked for: beside the parsed workbook they would not fit. */
interface Sheet {
  name: string;
  length: number;
  row: (index: number) => string[];
}

/** What the records of a workbook come from; sheets without the table's columns are left out. */
export interface WorkbookReading {
  reading: Reading;
  columns: string[];
  format: string;
  skippedSheets: string[];
}

/**
 * Rewrites the sheets of a workbook (xlsx, xls, ods; a web page or XML spreadsheet named .xls) that have the table's columns and gives
 * their reading. Errors: ExtractError for one that is damaged, protected, larger than `limitMb` or without the columns.
 */
export async function readWorkbook(
  path: string,
  file: string,
  table: RawTable,
  target: string,
  options: { limitMb: number; markup: Encoding | null },
): Promise<WorkbookReading> {
  const { size } = await stat(path);
  if (size > options.limitMb * 1e6) {
    throw new ExtractError(
      file,
      `a workbook of ${Math.ceil(size / 1e6)} MB; a workbook is read in memory, at most ${options.limitMb} MB`,
      'Export it as CSV, split it, or raise limits.workbook_mb in the configuration.',
    );
  }
  const { workbook, xlsx } = await openWorkbook(path, file, options.markup);
  const sheets = workbook.SheetNames.map((name) => openSheet(xlsx, workbook, name));
  const headed = sheets.flatMap((sheet) => {
    const header = findHeader(firstRows(sheet), table);
    return header === null ? [] : [{ sheet, header }];
  });
  if (headed.length === 0) throw noSheetError(file, sheets, table);
  const columns = [...new Set(headed.flatMap(({ header }) => header.names))];
  const rows = function* (): Generator<Row> {
    for (const { sheet, header } of headed) {
      const places = header.names.map((name) => columns.indexOf(name));
      for (let index = header.row + 1; index < sheet.length; index++)
        yield { cells: rearrange(sheet.row(index), places, columns.length), problem: null };
    }
  };
  const longest = await writeNormalised([rows()], columns.length, target);
  const skippedSheets = sheets.filter((sheet) => !headed.some((one) => one.sheet === sheet)).map((sheet) => sheet.name);
  return {
    reading: readNormalised(target, columns, longest),
    columns,
    format: formatOf(workbook, options.markup),
    skippedSheets,
  };
}

async function openWorkbook(
  path: string,
  file: string,
  markup: Encoding | null,
): Promise<{ workbook: WorkBook; xlsx: Sheets }> {
  const [xlsx, codepages] = await Promise.all([import('@e965/xlsx'), import('@e965/xlsx/dist/cpexcel.full.mjs')]);
  xlsx.set_cptable(codepages);
  const options = { dense: true, cellNF: true, cellText: false, cellHTML: false, cellFormula: false, raw: true };
  try {
    if (markup === null) return { workbook: xlsx.read(await readFile(path), { ...options, type: 'buffer' }), xlsx };
    let text = '';
    for await (const block of readText(path, markup)) text += block;
    return { workbook: xlsx.read(text, { ...options, type: 'string' }), xlsx };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (/password|encrypt/i.test(message)) {
      throw new ExtractError(
        file,
        'the workbook is protected by a password',
        'Save it without one, or export it as CSV.',
        cause,
      );
    }
    throw new ExtractError(
      file,
      `a workbook that cannot be read (${message})`,
      'If it is still being written, the next run loads it; otherwise export it again, best as CSV.',
      cause,
    );
  }
}

function openSheet(xlsx: Sheets, workbook: WorkBook, name: string): Sheet {
  const data: readonly (Cells | undefined)[] = workbook.Sheets[name]?.['!data'] ?? [];
  const usesDate1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const row = (index: number): string[] => Array.from(data[index] ?? [], (cell) => cellText(xlsx, cell, usesDate1904));
  let length = data.length;
  while (length > 0 && row(length - 1).every((cell) => cell === '')) length -= 1;
  return { name, length, row };
}

function firstRows(sheet: Sheet): string[][] {
  return Array.from({ length: Math.min(sheet.length, headerRows) }, (_, index) => sheet.row(index));
}

/** Gives a cell as text: dates as `YYYY-MM-DD HH:MM:SS`, numbers beyond 15 digits in the exponent form that admits the loss. */
function cellText(xlsx: Sheets, cell: CellObject | undefined, usesDate1904: boolean): string {
  if (cell?.v === undefined || cell.v === null || cell.t === 'z') return '';
  if (cell.t === 'e') return cell.w ?? '#ERROR';
  if (typeof cell.v !== 'number') return String(cell.v);
  const format = typeof cell.z === 'string' ? cell.z : '';
  if (format !== '' && xlsx.SSF.is_date(format)) return dateText(xlsx, cell.v, format, usesDate1904);
  return Math.abs(cell.v) >= 1e15 ? cell.v.toExponential().toUpperCase() : String(cell.v);
}

function dateText(xlsx: Sheets, serial: number, format: string, usesDate1904: boolean): string {
  const isDuration = serial < 1 || /\[(h+|m+|s+)\]/i.test(format);
  if (isDuration) return xlsx.SSF.format(format, serial, { date1904: usesDate1904 });
  const instant = new Date(Math.round((serial - (usesDate1904 ? 24107 : 25569)) * 86_400_000));
  if (Number.isNaN(instant.getTime())) return String(serial);
  const [date = '', time = ''] = instant.toISOString().replace('Z', '').split('T');
  if (time === '00:00:00.000' && !/[hs]/i.test(format)) return date;
  return `${date} ${time.replace(/\.000$/, '')}`;
}

function rearrange(cells: readonly string[], places: readonly number[], width: number): string[] {
  const row = Array<string>(width).fill('');
  places.forEach((place, index) => (row[place] = cells[index] ?? ''));
  return row;
}

function noSheetError(file: string, sheets: readonly Sheet[], table: RawTable): ExtractError {
  const longest = sheets.toSorted((a, b) => b.length - a.length)[0];
  if (!longest || longest.length === 0) {
    return new ExtractError(file, 'a workbook without any content', 'Export it again, or remove it.');
  }
  return missingColumnsError(
    sheets.length > 1 ? `${file} (sheet ${longest.name}, the longest of ${sheets.length})` : file,
    firstRows(longest),
    table,
  );
}

function formatOf(workbook: WorkBook, markup: Encoding | null): string {
  if (markup !== null) return 'html';
  return workbook.bookType ?? 'xls';
}
