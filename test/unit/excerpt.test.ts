import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerptOf } from '#lib/excerpt.ts';

const written = (text: string, ...words: string[]) =>
  excerptOf(text, words)
    .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
    .join('');

describe('an excerpt', () => {
  test('marks every word, letters of either case', () => {
    expect(written('尺码偏小，OK 换尺码', '尺码', 'ok')).toBe('[尺码]偏小，[OK] 换[尺码]');
  });

  test('takes words as they stand, not as patterns', () => {
    expect(written('a.c abc (1+1)', 'a.c', '(1+1)')).toBe('[a.c] abc [(1+1)]');
  });

  test('is one line around the first word, with dots where it is cut', () => {
    const text = `${'前'.repeat(100)}尺码\n${'后'.repeat(200)}`;
    expect(written(text, '尺码')).toBe(`…${'前'.repeat(30)}[尺码] ${'后'.repeat(77)}…`);
  });

  test('is the start of a text without the word', () => {
    expect(written('你好', '尺码')).toBe('你好');
  });

  test('says nothing that the text does not', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', '尺', ' ', '👗', '<', '.') });
    fc.assert(
      fc.property(
        text,
        fc.array(
          text.filter((word) => word.trim() !== ''),
          { minLength: 1, maxLength: 4 },
        ),
        (body, words) => {
          const said = excerptOf(body, words)
            .map((part) => part.text)
            .join('')
            .replaceAll('…', '');
          expect(body.replaceAll(/\s+/gu, ' ')).toContain(said);
        },
      ),
    );
  });
});
