import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { csvLine, harmless } from '#lib/server/csv.ts';

describe('a text in an export', () => {
  test.each(['=1+1', '+86', '-2', '@sum(A1)', '\tx', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠x'])(
    'that begins like a formula gets a single quote: %j',
    (text) => {
      expect(harmless(text)).toBe(`'${text}`);
    },
  );

  test.each(['', '1+1', 'a=b', '—', '7441803258588261931', "'=1", '尺码'])(
    'that does not stays as it is: %j',
    (text) => {
      expect(harmless(text)).toBe(text);
    },
  );
});

test('numbers stay numbers, also negative ones, and nothing is an empty cell', () => {
  expect(csvLine([-1.5, 0, null, '0'])).toBe('-1.5,0,,0\r\n');
});

test('what a CSV reader reads is the text that was written, whatever is in it', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '尺', '=') });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1 }), (rows) => {
      const text = rows.map(csvLine).join('');
      expect(parse(text, { record_delimiter: '\r\n' })).toEqual(rows.map((cells) => cells.map(harmless)));
    }),
  );
});
