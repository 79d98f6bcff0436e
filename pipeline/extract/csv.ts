import { ExtractError } from './errors.ts';
import { findHeader, matchColumns, missingColumnsError, type Header, type RawTable } from './header.ts';
import { readCsvSql, readNormalised, writeNormalised, type Row } from './normalised.ts';
import type { Reading } from './raw.ts';
import { RecordReader, type TextRecord } from './records.ts';
import { literal } from './sql.ts';
import { damage, readBeginning, readText, type Encoding } from './text.ts';
import { isTotal } from './totals.ts';

const delimiters = [',', '\t', ';', '|'] as const;
const sampleRecords = 10;

/** How a delimited text is laid out; `skip` is null where the header takes the tolerant reader to get past. */
export interface Layout {
  delimiter: string;
  header: Header;
  skip: number | null;
}

/** Finds delimiter and header by looking for the adapter's columns. Errors: ExtractError for an empty, binary or foreign file. */
export async function findLayout(path: string, file: string, encoding: Encoding, table: RawTable): Promise<Layout> {
  const { text, whole } = await readBeginning(path, encoding);
  const candidates = delimiters.map((delimiter) => {
    const records = [...new RecordReader(delimiter).read(text, whole)].slice(0, sampleRecords);
    const rows = records.map((record) => record.cells);
    const header = findHeader(rows, table);
    const matched = header === null ? 0 : matchColumns(header.names, table).length;
    return { delimiter, records, rows, header, matched, width: Math.max(0, ...rows.map((row) => row.length)) };
  });
  const [best] = candidates.toSorted((a, b) => b.matched - a.matched || b.width - a.width);
  if (!best || best.records.length === 0) throw emptyFileError(file);
  if (best.header === null && text.includes('\0')) throw binaryError(file);
  if (best.header === null) throw missingColumnsError(file, best.rows, table);
  return { delimiter: best.delimiter, header: best.header, skip: plainSkip(best.records, best.header) };
}

/** Says that a file holds nothing at all, not even a header. */
export function emptyFileError(file: string): ExtractError {
  return new ExtractError(
    file,
    'there is nothing in it',
    'If it is still being written, the next run loads it; otherwise export it again or remove it.',
  );
}

function binaryError(file: string): ExtractError {
  return new ExtractError(
    file,
    'binary data where delimited text was expected',
    'Export it again as CSV, XLSX, JSON or Parquet.',
  );
}

/** Reads clean UTF-8 with DuckDB alone, strictly: anything irregular makes the query fail. */
export function readStrictly(path: string, layout: Layout): Reading {
  const columns = layout.header.names.map((name, index) => ({ name, sql: `c${index}` }));
  const options = `skip=${layout.skip ?? 0}, delim=${literal(layout.delimiter)}`;
  return {
    relation: readCsvSql(
      path,
      columns.map((column) => column.sql),
      options,
    ),
    columns,
    malformed: null,
  };
}

/** Rewrites a text so that DuckDB can read it, each record that cannot be read becoming a row that says why; gives its reading. */
export async function readTolerantly(
  path: string,
  encoding: Encoding,
  layout: Layout,
  target: string,
): Promise<Reading> {
  const { names, row } = layout.header;
  const longest = await writeNormalised(
    readRows(path, encoding, layout.delimiter, row + 1, names.length),
    names.length,
    target,
  );
  return readNormalised(target, names, longest);
}

/** Yields the rows of a delimited text behind its first `skip` records, each of `width` cells or with its problem and physical line. */
async function* readRows(
  path: string,
  encoding: Encoding,
  delimiter: string,
  skip: number,
  width: number,
): AsyncGenerator<Iterable<Row>> {
  const reader = new RecordReader(delimiter);
  let toSkip = skip;
  const fit = function* (records: Iterable<TextRecord>): Generator<Row> {
    for (const record of records) if (--toSkip < 0) yield fitRecord(record, width, encoding);
  };
  for await (const text of readText(path, encoding)) yield fit(reader.read(text, false));
  yield fit(reader.read('', true));
}

function plainSkip(records: readonly TextRecord[], header: Header): number | null {
  const above = records.slice(0, header.row + 1);
  const isPlain = above.every(
    (record, row) =>
      record.problem === null && record.line === row + 1 && !record.cells.some((cell) => /[\r\n]/.test(cell)),
  );
  return isPlain && header.names.length > 1 ? header.row + 1 : null;
}

function fitRecord(record: TextRecord, width: number, encoding: Encoding): Row {
  const cells = fitCells(record.cells, width);
  const problem = record.problem ?? describeProblem(record.cells, cells, width, encoding);
  return { cells: cells ?? [], problem: problem === null ? null : `line ${record.line}: ${problem}` };
}

function fitCells(cells: readonly string[], width: number): readonly string[] | null {
  if (cells.length === width) return cells;
  const surplus = cells.slice(width);
  if (surplus.length > 0) return surplus.every((cell) => cell.trim() === '') ? cells.slice(0, width) : null;
  return isTotal(cells[0] ?? '') || cells.every((cell) => cell.trim() === '') ? cells : null;
}

function describeProblem(
  found: readonly string[],
  fitted: readonly string[] | null,
  width: number,
  encoding: Encoding,
): string | null {
  if (found.some((cell) => cell.includes(damage))) return `bytes that are not ${encoding.toUpperCase()}`;
  if (found.some((cell) => cell.includes('\0'))) return 'a NUL character';
  return fitted === null ? `${found.length} cells where the header has ${width}` : null;
}
