import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Reading } from './raw.ts';
import { maxCellCharacters } from './records.ts';
import { literal, pathLiteral } from './sql.ts';

/** A record on its way to raw: its cells, or why it cannot be read. */
export interface Row {
  cells: readonly string[];
  problem: string | null;
}

const maxRecordCharacters = 2 * maxCellCharacters;
const blockRows = 4096;

/** Rows in blocks: handing over each by itself to asynchronous code would take longer than reading it. */
export type RowBlocks = AsyncIterable<Iterable<Row>> | Iterable<Iterable<Row>>;

/**
 * Writes rows of `width` cells as the plainest CSV there is, for DuckDB to read at full speed, and tells the longest line in characters.
 * A row that cannot be stored (a NUL, a cell or record beyond the limit) becomes one that says so.
 */
export async function writeNormalised(blocks: RowBlocks, width: number, target: string): Promise<number> {
  let longest = 0;
  const format = function* (rows: Iterable<Row>): Generator<string> {
    let lines: string[] = [];
    for (const row of rows) {
      const line = formatRow(row, width);
      longest = Math.max(longest, line.length);
      lines.push(line);
      if (lines.length < blockRows && line.length < blockRows) continue;
      yield lines.join('');
      lines = [];
    }
    if (lines.length > 0) yield lines.join('');
  };
  const texts = async function* (): AsyncGenerator<string> {
    for await (const rows of blocks) yield* format(rows);
  };
  await pipeline(texts, createWriteStream(target, { encoding: 'utf8' }));
  return longest;
}

/** Reads what `writeNormalised` wrote: `names` are those of its cells. */
export function readNormalised(target: string, names: readonly string[], longest: number): Reading {
  const lineBytes = Math.max(2_000_000, 4 * longest);
  const columns = names.map((name, index) => ({ name, sql: `c${index}` }));
  const options = `delim=',', new_line='\\n', max_line_size=${lineBytes}, buffer_size=${Math.max(32_000_000, lineBytes)}`;
  return {
    relation: readCsvSql(target, [...columns.map((column) => column.sql), '_malformed'], options),
    columns,
    malformed: '_malformed',
  };
}

/** Writes the table function that reads a CSV of texts under the given column names, empty ones as null. */
export function readCsvSql(path: string, columns: readonly string[], options: string): string {
  const types = columns.map((column) => `${column}: 'varchar'`).join(', ');
  return `read_csv(${pathLiteral(path)}, auto_detect=false, header=false, quote=${literal('"')}, escape=${literal('"')}, nullstr='', compression='none', hive_partitioning=false, columns={${types}}, ${options})`;
}

function formatRow(row: Row, width: number): string {
  if (row.problem !== null) return formatProblem(row.problem, width);
  const bare = row.cells.join(',');
  const tail = `${','.repeat(Math.min(width, width - row.cells.length + 1))}\n`;
  if (bare.length <= maxCellCharacters && !/["\r\n\0]/.test(bare) && countCommas(bare) === row.cells.length - 1)
    return bare + tail;
  const problem = describeProblem(row.cells);
  return problem === null ? row.cells.map(quote).join(',') + tail : formatProblem(problem, width);
}

function formatProblem(problem: string, width: number): string {
  return `${','.repeat(width)}${quote(problem)}\n`;
}

function countCommas(text: string): number {
  let commas = 0;
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) commas += 1;
  return commas;
}

function describeProblem(cells: readonly string[]): string | null {
  const long = cells.findIndex((cell) => cell.length > maxCellCharacters);
  if (long >= 0) return `cell ${long + 1} has ${cells[long]?.length} characters, more than ${maxCellCharacters}`;
  const characters = cells.reduce((sum, cell) => sum + cell.length, 0);
  if (characters > maxRecordCharacters) return `a record of ${characters} characters, more than ${maxRecordCharacters}`;
  return cells.some((cell) => cell.includes('\0')) ? 'a NUL character' : null;
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
