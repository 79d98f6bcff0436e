import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ExtractError } from './errors.ts';
import { findHeader, matchColumns, missingColumnsError, type Header, type RawTable } from './header.ts';
import type { Reading } from './raw.ts';
import { maxCellCharacters, RecordReader, type TextRecord } from './records.ts';
import { literal, pathLiteral } from './sql.ts';
import { damage, readBeginning, readText, type Encoding } from './text.ts';
import { isTotal } from './totals.ts';

const delimiters = [',', '\t', ';', '|'] as const;
const headerRecords = 5;

/** How a delimited text is laid out; `skip` is null where the header takes the tolerant reader to get past. */
export interface Layout {
  delimiter: string;
  header: Header;
  skip: number | null;
}

/** Finds delimiter and header by looking for the adapter's columns. Errors: ExtractError for an empty, binary or foreign file. */
export async function findLayout(path: string, file: string, encoding: Encoding, table: RawTable): Promise<Layout> {
  const { text, whole } = await readBeginning(path, encoding);
  if (text.includes('\0'))
    throw new ExtractError(
      file,
      'binary data where delimited text was expected',
      'Export it again as CSV, XLSX, JSON or Parquet.',
    );
  const candidates = delimiters.map((delimiter) => {
    const records = [...new RecordReader(delimiter).read(text, whole)].slice(0, headerRecords);
    const rows = records.map((record) => record.cells);
    const header = findHeader(rows, table);
    const matched = header === null ? 0 : matchColumns(header.names, table).length;
    return { delimiter, records, rows, header, matched, width: Math.max(0, ...rows.map((row) => row.length)) };
  });
  const [best] = candidates.toSorted((a, b) => b.matched - a.matched || b.width - a.width);
  if (!best || best.records.length === 0) {
    throw new ExtractError(
      file,
      'there is nothing in it',
      'If it is still being written, the next run loads it; otherwise export it again or remove it.',
    );
  }
  if (best.header === null) throw missingColumnsError(file, best.rows, table);
  return { delimiter: best.delimiter, header: best.header, skip: plainSkip(best.records, best.header) };
}

/** Reads clean UTF-8 with DuckDB alone, strictly: anything irregular makes the query fail. */
export function readStrictly(path: string, layout: Layout): Reading {
  return readingOf(layout.header.names, null, (columns) =>
    readCsvSql(path, columns, `skip=${layout.skip ?? 0}, delim=${literal(layout.delimiter)}`),
  );
}

/** Rewrites a text so that DuckDB can read it, each record that cannot be read becoming a row that says why; gives its reading. */
export async function readTolerantly(
  path: string,
  encoding: Encoding,
  layout: Layout,
  target: string,
): Promise<Reading> {
  let longest = 0;
  const lines = async function* (): AsyncGenerator<string> {
    const reader = new RecordReader(layout.delimiter);
    let toSkip = layout.header.row + 1;
    const normalise = function* (records: Iterable<TextRecord>): Generator<string> {
      for (const record of records) {
        if (toSkip-- > 0) continue;
        const line = normaliseRecord(record, layout.header.names.length, encoding);
        longest = Math.max(longest, line.length);
        yield line;
      }
    };
    for await (const text of readText(path, encoding)) {
      const block = [...normalise(reader.read(text, false))].join('');
      if (block !== '') yield block;
    }
    yield [...normalise(reader.read('', true))].join('');
  };
  await pipeline(lines, createWriteStream(target, { encoding: 'utf8' }));
  const lineBytes = Math.max(2_000_000, 4 * longest);
  return readingOf(layout.header.names, '_malformed', (columns) =>
    readCsvSql(
      target,
      columns,
      `delim=',', new_line='\\n', max_line_size=${lineBytes}, buffer_size=${Math.max(32_000_000, lineBytes)}`,
    ),
  );
}

function readingOf(
  names: readonly string[],
  malformed: string | null,
  relation: (columns: string[]) => string,
): Reading {
  const columns = names.map((_, index) => `c${index}`);
  return {
    relation: relation(malformed === null ? columns : [...columns, malformed]),
    columns: names.map((name, index) => ({ name, sql: columns[index] ?? '' })),
    malformed,
  };
}

function readCsvSql(path: string, columns: readonly string[], options: string): string {
  const types = columns.map((column) => `${column}: 'varchar'`).join(', ');
  return `read_csv(${pathLiteral(path)}, auto_detect=false, header=false, quote='"', escape='"', nullstr='', compression='none', hive_partitioning=false, columns={${types}}, ${options})`;
}

function plainSkip(records: readonly TextRecord[], header: Header): number | null {
  const above = records.slice(0, header.row + 1);
  const isPlain = above.every(
    (record, row) =>
      record.problem === null && record.line === row + 1 && !record.cells.some((cell) => /[\r\n]/.test(cell)),
  );
  return isPlain && header.names.length > 1 ? header.row + 1 : null;
}

function normaliseRecord(record: TextRecord, width: number, encoding: Encoding): string {
  const cells = fitCells(record.cells, width);
  const problem = record.problem ?? describeProblem(record.cells, cells, width, encoding);
  if (problem === null) return `${(cells ?? []).map(quote).join(',')},\n`;
  return `${','.repeat(width)}${quote(`line ${record.line}: ${problem}`)}\n`;
}

function fitCells(cells: readonly string[], width: number): readonly string[] | null {
  if (cells.length === width) return cells;
  const surplus = cells.slice(width);
  if (surplus.length > 0) return surplus.every((cell) => cell.trim() === '') ? cells.slice(0, width) : null;
  const isBlank = cells.every((cell) => cell.trim() === '');
  return isTotal(cells[0] ?? '') || isBlank ? [...cells, ...Array<string>(width - cells.length).fill('')] : null;
}

function describeProblem(
  found: readonly string[],
  fitted: readonly string[] | null,
  width: number,
  encoding: Encoding,
): string | null {
  if (found.some((cell) => cell.includes(damage)))
    return `bytes that are not ${encoding === 'gb18030' ? 'GB18030' : encoding.toUpperCase()}`;
  if (found.some((cell) => cell.includes('\0'))) return 'a NUL byte';
  if (fitted === null) return `${found.length} cells where the header has ${width}`;
  const characters = found.reduce((sum, cell) => sum + cell.length, 0);
  return characters > 2 * maxCellCharacters
    ? `a record of ${characters} characters, more than ${2 * maxCellCharacters}`
    : null;
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
