import { findNearest } from '#lib/server/config_nearest.ts';
import { ExtractError } from './errors.ts';

/** What a table's adapter reads: names of columns, and which of them are hashed, masked or must be there. */
export interface RawTable {
  table: string;
  columns: string[];
  hash: string[];
  mask: string[];
  require: string[];
}

export interface Header {
  row: number;
  names: string[];
}

/** A column to keep: its name in the adapter and its place in the file, from 0. */
export interface KeptColumn {
  name: string;
  index: number;
}

/** How many rows from the top may be the header. */
export const headerRows = 5;

/** Strips what exports wrap names in (BOM, spaces, tabs, quotes), composes Unicode and numbers repeated names. */
export function cleanNames(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell) => {
    const name = cell.normalize('NFC').replace(/^[\s\ufeff"'=]+|[\s\ufeff"']+$/g, '');
    const times = (seen.get(name.toLowerCase()) ?? 0) + 1;
    seen.set(name.toLowerCase(), times);
    return times === 1 || name === '' ? name : `${name}_${times}`;
  });
}

/** Matches columns by name, exactly or else ignoring case; those of the adapter that the file lacks are left out. */
export function matchColumns(names: readonly string[], table: RawTable): KeptColumn[] {
  const exact = new Map(names.map((name, index) => [name, index]));
  const folded = new Map(names.map((name, index) => [name.toLowerCase(), index]));
  return table.columns.flatMap((column) => {
    const name = column.normalize('NFC').trim();
    const index = exact.get(name) ?? folded.get(name.toLowerCase());
    return index === undefined ? [] : [{ name: column, index }];
  });
}

/** Finds the header: the first of the first five rows with every required column, or else with the most columns of the adapter. */
export function findHeader(rows: readonly (readonly string[])[], table: RawTable): Header | null {
  const candidates = rows.slice(0, headerRows).map((cells, row) => ({ row, names: cleanNames(cells) }));
  const complete = candidates.filter(
    ({ names }) => missingColumns(names, table).length === 0 && matchColumns(names, table).length > 0,
  );
  if (table.require.length > 0) return complete[0] ?? null;
  return bestHeader(complete, table);
}

/** Says which columns are missing from the likeliest header of `rows`, what was found and which names are nearest. */
export function missingColumnsError(file: string, rows: readonly (readonly string[])[], table: RawTable): ExtractError {
  const candidates = rows.slice(0, headerRows).map((cells, row) => ({ row, names: cleanNames(cells) }));
  const names = bestHeader(candidates, table)?.names ?? [];
  const wanted = table.require.length > 0 ? missingColumns(names, table) : table.columns;
  const found = names.filter((name) => name !== '');
  const missing = wanted.map((column) => {
    const nearest = findNearest(column, found);
    return nearest === null ? column : `${column} (nearest: ${nearest})`;
  });
  return new ExtractError(
    file,
    `no row of the first ${headerRows} is a header with the columns of table ${table.table}; missing: ${shorten(missing)}; found: ${shorten(found) || 'nothing'}`,
    'Name the columns as the adapter reads them, add the new name to its SQL, or list the file under the table it belongs to.',
  );
}

function missingColumns(names: readonly string[], table: RawTable): string[] {
  const kept = new Set(matchColumns(names, table).map((column) => column.name));
  return table.require.filter((column) => !kept.has(column));
}

function bestHeader(candidates: readonly Header[], table: RawTable): Header | null {
  let best: Header | null = null;
  let most = -1;
  for (const candidate of candidates) {
    const matched = matchColumns(candidate.names, table).length;
    if (matched > most) [best, most] = [candidate, matched];
  }
  return best;
}

function shorten(names: readonly string[]): string {
  return names.slice(0, 40).join(', ') + (names.length > 40 ? `, … (${names.length} in all)` : '');
}
