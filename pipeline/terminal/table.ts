import { styleText } from 'node:util';
import stringWidth from 'string-width';

export interface Column {
  head: string;
  align?: 'left' | 'right';
}

/** A row of a table, grey on a terminal where `isFaint`; or a heading of its own over the rows that follow. */
export type TableRow = { cells: readonly string[]; isFaint?: boolean } | { heading: string };

const gap = '  ';

/** Lays out rows under headings; a column is as wide as its widest cell, wide characters counting as two. */
export function formatTable(columns: readonly Column[], rows: readonly TableRow[]): string {
  const heads = columns.map(({ head }) => measure(head));
  const body = rows.map((row) => ('cells' in row ? row.cells.map(measure) : null));
  const widths = heads.map(({ width }, index) =>
    body.reduce((widest, cells) => Math.max(widest, cells?.[index]?.width ?? 0), width),
  );
  const indent = body.includes(null) ? gap : '';
  const layOut = (cells: readonly Measured[]): string =>
    indent +
    columns
      .map(({ align }, index) => pad(cells[index] ?? measure(''), widths[index] ?? 0, align))
      .join(gap)
      .trimEnd();
  const ruleWidth = widths.reduce((sum, width) => sum + gap.length + width, indent.length - gap.length);
  const lines = rows.map((row, index) => {
    if ('heading' in row) return style('bold', row.heading);
    const line = layOut(body[index] ?? []);
    return row.isFaint ? style('dim', line) : line;
  });
  return [layOut(heads), '─'.repeat(ruleWidth), ...lines].join('\n');
}

/** Cuts a text to so many columns of a terminal, ending it with … where something is left out. */
export function fitWidth(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let fitted = '';
  let used = 1;
  for (const character of text) {
    used += stringWidth(character);
    if (used > width) break;
    fitted += character;
  }
  return `${fitted}…`;
}

/** Breaks a text at its spaces into lines of at most so many columns, all indented, those after the first two deeper. */
export function wrapWords(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  let used = indent.length;
  for (const word of text.split(' ')) {
    const wordWidth = stringWidth(word) + 1;
    if (used + wordWidth > width && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = `${indent}  `;
      used = line.length;
    }
    line += `${word} `;
    used += wordWidth;
  }
  return [...lines, line.trimEnd()];
}

/** Makes a text bold or faint where stdout is a terminal with colours. */
export function style(format: 'bold' | 'dim', text: string): string {
  return styleText(format, text, { stream: process.stdout });
}

interface Measured {
  text: string;
  width: number;
}

function measure(text: string): Measured {
  return { text, width: stringWidth(text) };
}

function pad({ text, width }: Measured, columnWidth: number, align: Column['align'] = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, columnWidth - width));
  return align === 'right' ? spaces + text : text + spaces;
}
