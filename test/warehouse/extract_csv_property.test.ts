import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { extractFiles } from '../../pipeline/extract/files.ts';
import type { RawTable } from '../../pipeline/extract/header.ts';
import { openProject, type Project } from './extract_project.ts';

const table: RawTable = { table: 'messages', columns: ['a', 'b', 'c'], hash: [], mask: [], require: ['a', 'b', 'c'] };

let project: Project;
let night = 0;
beforeAll(async () => {
  project = await openProject(table);
});
afterAll(() => project.close());

async function rawCells(text: string | Uint8Array): Promise<(string | null)[][]> {
  night += 1;
  await project.put('a.csv', text);
  const now = new Date(Date.UTC(2026, 0, 1) + night * 1000);
  const { loads, problems } = await extractFiles({ ...project.options(), now, full: true });
  expect(problems).toEqual([]);
  return (await project.rows(loads[0])).map((row) => {
    expect(row['_malformed']).toBeNull();
    return [row['a'] ?? null, row['b'] ?? null, row['c'] ?? null];
  });
}

/** What csv-parse, which the extraction does not use, reads from the same text. */
function referenceCells(text: string): (string | null)[][] {
  const records: string[][] = parse(text, {
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
  });
  return records.slice(1).map((record) => record.map((cell) => (cell === '' ? null : cell)));
}

const character = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', '7', '尺', '😀', '-', '\u3000') },
  { weight: 4, arbitrary: fc.constantFrom(',', '"', '\n', '\r\n', '\r', ' ', '\t', ';', "'", '#', '\\') },
);
const cell = fc.array(character, { maxLength: 6 }).map((characters) => characters.join(''));
const written = cell.chain((value) => {
  const quoted = `"${value.replaceAll('"', '""')}"`;
  const mayStayBare = !/[",\r\n]/.test(value) && value.trim() === value;
  return fc.boolean().map((wantsQuotes) => (wantsQuotes || !mayStayBare ? quoted : value));
});
const ending = fc.constantFrom('\n', '\r\n', '\r');
const document = fc
  .tuple(
    fc.boolean(),
    fc.array(fc.tuple(written, written, written), { maxLength: 12 }),
    fc.array(ending, { minLength: 14, maxLength: 14 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([hasMark, records, endings, mixesEndings, endsOpen]) => {
    const lines = [['a', 'b', 'c'], ...records].map((cells) => cells.join(','));
    const text = lines.map((line, index) => line + (endings[mixesEndings ? index : 0] ?? '\n')).join('');
    return (hasMark ? '\ufeff' : '') + (endsOpen ? text.replace(/[\r\n]+$/, '') : text);
  });

describe('raw holds what an independent reader finds in the text', () => {
  test('whatever is quoted, whatever ends a line, with and without a last line ending', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        expect(await rawCells(text)).toEqual(referenceCells(text));
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  test('with line breaks in quotes that look like records, across the parts of a file that are read in parallel', async () => {
    const lines = Array.from(
      { length: 600_000 },
      (_, n) => `${n},"你好，""${n}""\n${n + 1},""x"",y\r\n1,2,3\n",${n % 3 === 0 ? '' : `"z${n}"`}`,
    );
    const text = `a,b,c\n${lines.join('\n')}\n`;
    expect(Buffer.byteLength(text)).toBeGreaterThan(32_000_000);
    const cells = await rawCells(text);
    expect(cells).toHaveLength(lines.length);
    const wrong = cells.findIndex(
      ([a, b, c], n) =>
        a !== String(n) || b !== `你好，"${n}"\n${n + 1},"x",y\r\n1,2,3\n` || c !== (n % 3 === 0 ? null : `z${n}`),
    );
    expect(wrong).toBe(-1);
  }, 120_000);
});
