import { ExtractError } from './errors.ts';
import { matchColumns, missingColumnsError, type RawTable } from './header.ts';
import { parseMembers } from './json_members.ts';
import { findRecords, type Place } from './json_outline.ts';
import { JsonSyntaxError, JsonWalk } from './json_walk.ts';
import { readNormalised, writeNormalised, type Row } from './normalised.ts';
import type { Reading } from './raw.ts';
import { maxCellCharacters } from './records.ts';
import { damage, readBeginning, readText, type Encoding } from './text.ts';

interface JsonRecord {
  at: string;
  key: string | null;
  text: string;
}

const maxColumns = 2000;
const maxRecordCharacters = 2 * maxCellCharacters;

/**
 * Rewrites the records of a JSON text (a list of objects, objects by key, either inside an envelope, or one object a line) and
 * gives their reading. Errors: ExtractError for text that is not JSON, ends in the middle or lacks required columns.
 */
export async function readJson(
  path: string,
  file: string,
  encoding: Encoding,
  table: RawTable,
  target: string,
): Promise<{ reading: Reading; columns: string[]; format: string }> {
  try {
    const place = (await isLines(path, encoding)) ? null : await findRecords(readText(path, encoding), table);
    const records = place === null ? readLines(path, encoding) : readPlace(path, encoding, place);
    const columns = new ColumnSet(table);
    const longest = await writeNormalised(readRows(records, columns), table.columns.length + 1, target);
    columns.check(file);
    const reading = readNormalised(target, [...table.columns, ''], longest);
    return {
      reading: { ...reading, columns: columns.select(reading.columns) },
      columns: columns.found,
      format: place === null ? 'ndjson' : 'json',
    };
  } catch (cause) {
    if (!(cause instanceof JsonSyntaxError)) throw cause;
    throw new ExtractError(
      file,
      `not valid JSON: ${cause.message}`,
      'If it is still being written, the next run loads it; otherwise export it again.',
      cause,
    );
  }
}

/** The columns met so far and where the adapter's are among the cells; the last cell tells whether anything else has content. */
class ColumnSet {
  readonly found: string[] = [];
  readonly #table: RawTable;
  readonly #indexes = new Map<string, number>();
  #records = 0;
  #problems = 0;

  constructor(table: RawTable) {
    this.#table = table;
  }

  fill(members: readonly [string, string][]): string[] {
    this.#records += 1;
    const cells = Array<string>(this.#table.columns.length + 1).fill('');
    for (const [key, value] of members) {
      const index = this.#indexOf(key);
      if (index < this.#table.columns.length) cells[index] = value;
      else if (value.trim() !== '') cells[index] = '1';
    }
    return cells;
  }

  countProblem(): void {
    this.#problems += 1;
  }

  select(columns: Reading['columns']): Reading['columns'] {
    const met = new Set(this.found.map((key) => this.#indexOf(key)));
    return [...met].toSorted((a, b) => a - b).flatMap((index) => columns[index] ?? []);
  }

  check(file: string): void {
    if (this.#records === 0 && this.#problems > 0) {
      throw new ExtractError(
        file,
        `none of its ${this.#problems} records is a JSON object`,
        'Export one object per record.',
      );
    }
    const kept = matchColumns(this.found, this.#table).map((column) => column.name);
    const isIncomplete = kept.length === 0 || this.#table.require.some((column) => !kept.includes(column));
    if (this.#records > 0 && isIncomplete) throw missingColumnsError(file, [this.found], this.#table);
  }

  #indexOf(key: string): number {
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const name = key.normalize('NFC').trim();
    const [match] = matchColumns([name], this.#table);
    const index = match ? this.#table.columns.indexOf(match.name) : this.#table.columns.length;
    this.#indexes.set(key, index);
    if (this.found.length < maxColumns) this.found.push(name);
    return index;
  }
}

async function* readRows(blocks: AsyncIterable<JsonRecord[]>, columns: ColumnSet): AsyncGenerator<Row[]> {
  for await (const records of blocks) yield records.map((record) => toRow(record, columns));
}

function toRow({ at, key, text }: JsonRecord, columns: ColumnSet): Row {
  try {
    if (text.includes(damage)) throw new JsonSyntaxError('bytes that are not of its encoding');
    const members = parseMembers(text);
    return { cells: columns.fill(key === null ? members : [['_key', key], ...members]), problem: null };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    columns.countProblem();
    return { cells: [], problem: `${at}: ${error.message}` };
  }
}

async function* readPlace(path: string, encoding: Encoding, place: Place): AsyncGenerator<JsonRecord[]> {
  const depth = place.holds === 'itself' ? 0 : place.path.length + 1;
  let ready: JsonRecord[] = [];
  let count = 0;
  const walk = new JsonWalk({
    begin(at) {
      if (at.length === depth && place.path.every((key, index) => at[index] === key)) return 'take';
      return at.length < depth && at.every((key, index) => place.path[index] === key) ? 'enter' : 'skip';
    },
    take(at, text) {
      count += 1;
      ready.push({ at: `record ${count}`, key: place.holds === 'members' ? (at.at(-1) ?? '') : null, text });
    },
  });
  for await (const block of readText(path, encoding)) {
    const rest = walk.isComplete ? block : walk.feed(block, false);
    if (walk.isComplete && rest.trim() !== '') throw new JsonSyntaxError('something follows behind its end');
    yield ready;
    ready = [];
  }
  if (!walk.isComplete) walk.feed('', true);
  yield ready;
}

async function isLines(path: string, encoding: Encoding): Promise<boolean> {
  const { text } = await readBeginning(path, encoding);
  const start = text.trimStart();
  const end = start.search(/[\r\n]/);
  if (!start.startsWith('{') || end < 0 || start.slice(end).trim() === '') return false;
  try {
    parseMembers(start.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

async function* readLines(path: string, encoding: Encoding): AsyncGenerator<JsonRecord[]> {
  let rest = '';
  let line = 0;
  let isTooLong = false;
  const record = (text: string): JsonRecord[] => {
    line += 1;
    const at = isTooLong ? `line ${line}, of more than ${maxRecordCharacters} characters` : `line ${line}`;
    const records = isTooLong || text.trim() !== '' ? [{ at, key: null, text: isTooLong ? '' : text }] : [];
    isTooLong = false;
    return records;
  };
  for await (const block of readText(path, encoding)) {
    const lines = (rest + block).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    yield lines.flatMap(record);
    if (rest.length <= maxRecordCharacters) continue;
    isTooLong = true;
    rest = '';
  }
  yield record(rest.replace(/\r$/, ''));
}
