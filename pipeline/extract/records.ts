/** A record of a delimited text: its cells, or why it cannot be read; `line` is the physical line it begins on, from 1. */
export interface TextRecord {
  line: number;
  cells: string[];
  problem: string | null;
}

export const maxCellCharacters = 8 << 20;

interface Parsed {
  cells: string[];
  end: number;
}

const lineFeed = 10;
const carriageReturn = 13;

/**
 * Splits delimited text into records as RFC 4180 has it, any line ending, one bad record not spoiling the next:
 * after a quote that is never closed, or text behind a closing one, reading resumes on the following physical line.
 * Lines without any character are no records.
 */
export class RecordReader {
  readonly #delimiter: string;
  #text = '';
  #line = 1;
  #sawQuote = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** Yields the records that end in the text given so far; with `last` also what is left. */
  *read(text: string, last: boolean): Generator<TextRecord> {
    this.#text += text;
    let at = 0;
    while (at < this.#text.length) {
      this.#sawQuote = false;
      const parsed = this.#parseRecord(at, last);
      if (parsed === 'more') break;
      const line = this.#line;
      if (typeof parsed === 'string') {
        at = this.#nextLine(at, this.#lineEnd(at));
        yield { line, cells: [], problem: parsed };
        continue;
      }
      this.#line += this.#sawQuote ? countLines(this.#text, at, parsed.end) : 1;
      const isEmpty = parsed.cells.length === 1 && parsed.cells[0] === '' && isLineBreak(this.#text, at);
      at = parsed.end;
      if (isEmpty) continue;
      const long = parsed.cells.findIndex((cell) => cell.length > maxCellCharacters);
      if (long < 0) yield { line, cells: parsed.cells, problem: null };
      else
        yield {
          line,
          cells: [],
          problem: `cell ${long + 1} has ${parsed.cells[long]?.length} characters, more than ${maxCellCharacters}`,
        };
    }
    this.#text = this.#text.slice(at);
  }

  #parseRecord(from: number, last: boolean): Parsed | string {
    const text = this.#text;
    const cells: string[] = [];
    let at = from;
    for (;;) {
      const cell = this.#parseCell(at, last);
      if (typeof cell === 'string') return cell;
      cells.push(cell.text);
      at = cell.end;
      if (at >= text.length) return last ? { cells, end: at } : 'more';
      if (text[at] === this.#delimiter) {
        at += 1;
        continue;
      }
      if (text.charCodeAt(at) === carriageReturn) {
        if (at + 1 >= text.length && !last) return 'more';
        return { cells, end: text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1 };
      }
      return { cells, end: at + 1 };
    }
  }

  #parseCell(from: number, last: boolean): { text: string; end: number } | string {
    const text = this.#text;
    const open = this.#skipSpaces(from);
    if (text[open] === '"') return this.#parseQuoted(from, open, last);
    const delimiter = this.#delimiter.charCodeAt(0);
    let end = from;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === delimiter || code === lineFeed || code === carriageReturn) break;
    }
    return end >= text.length && !last ? 'more' : { text: text.slice(from, end), end };
  }

  #parseQuoted(from: number, open: number, last: boolean): { text: string; end: number } | string {
    const text = this.#text;
    this.#sawQuote = true;
    let hasEscape = false;
    for (let search = open + 1; ;) {
      const quote = text.indexOf('"', search);
      if (quote < 0 || (quote + 1 >= text.length && !last)) {
        if (!last && text.length - from <= 2 * maxCellCharacters) return 'more';
        return last
          ? 'a quoted cell is never closed'
          : `a quoted cell is not closed within ${2 * maxCellCharacters} characters`;
      }
      if (text[quote + 1] === '"') {
        hasEscape = true;
        search = quote + 2;
        continue;
      }
      const end = this.#skipSpaces(quote + 1);
      if (end >= text.length && !last) return 'more';
      if (end < text.length && text[end] !== this.#delimiter && !isLineBreak(text, end))
        return 'text follows a closing quote';
      const content = text.slice(open + 1, quote);
      return { text: hasEscape ? content.replaceAll('""', '"') : content, end };
    }
  }

  #skipSpaces(at: number): number {
    while (this.#text[at] === ' ' && this.#delimiter !== ' ') at += 1;
    return at;
  }

  #lineEnd(at: number): number {
    while (at < this.#text.length && !isLineBreak(this.#text, at)) at += 1;
    return at;
  }

  #nextLine(from: number, end: number): number {
    const next = this.#text.startsWith('\r\n', end) ? end + 2 : end + 1;
    this.#line += countLines(this.#text, from, Math.min(next, this.#text.length));
    return next;
  }
}

function isLineBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === lineFeed || code === carriageReturn;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) lines += 1;
  }
  return lines;
}
