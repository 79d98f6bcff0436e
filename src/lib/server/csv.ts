/** A cell of an export: ids and texts are text, numbers stay numbers. */
export type Cell = string | number | null;

/** Tells a spreadsheet that the bytes are UTF-8. */
export const byteOrderMark = '\uFEFF';

/** What spreadsheets take for the start of a formula, full-width forms included. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/u;

/** A text that no spreadsheet takes for a formula: one that begins like it gets a single quote in front. */
export function harmless(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}

/** Writes one record of RFC 4180. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (typeof cell === 'string' ? quoted(harmless(cell)) : (cell ?? ''))).join(',')}\r\n`;
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
