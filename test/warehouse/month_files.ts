import { type CanonicalRow, type Month, type MonthTable, monthTables } from './month.ts';

/** Gives the columns of rows, in the order in which they first appear. */
export function columnsOf(rows: readonly CanonicalRow[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/** Writes rows as delimited text with a header, quoting only what needs it. */
export function writeDelimited(
  rows: readonly CanonicalRow[],
  layout: { delimiter?: string; lineEnding?: string; columns?: readonly string[] } = {},
): string {
  const { delimiter = ',', lineEnding = '\n', columns = columnsOf(rows) } = layout;
  const quote = (cell: string): string =>
    /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(quote).join(delimiter)}${lineEnding}`).join('');
}

/** Writes a whole month as one CSV per table, by file name below inbox/. */
export function writeMonth(month: Month): Map<string, string> {
  return new Map(monthTables.map((table) => [`inbox/${table}.csv`, writeDelimited(month[table])]));
}

/** The sources entry that reads inbox/<table>*: whatever its format, instants without offset are UTC. */
export function monthSource(tables: readonly MonthTable[] = monthTables): string {
  const globs = tables.map((table) => `${table}: inbox/${table}*`);
  return `sources:\n  - { name: desk, kind: files, timezone: UTC, tables: { ${globs.join(', ')} } }\n`;
}
