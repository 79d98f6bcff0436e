import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { widthOf } from '#lib/charts/text_width.ts';
import { textParts } from '#lib/masked.ts';
import { casePath } from '#lib/links.ts';
import { formatStretch, formatTime } from '#lib/metrics/moment.ts';
import { inLanes, leastBarWidth } from '../../src/routes/cases/[...id]/lanes.ts';
import { recordRanges } from '../../src/routes/cases/[...id]/record_ranges.ts';

describe('masked text', () => {
  test('marks of masked data are told apart, the rest stays as written', () => {
    expect(textParts('寄到［地址］，电话［手机号］')).toEqual([
      { text: '寄到', isMasked: false },
      { text: '［地址］', isMasked: true },
      { text: '，电话', isMasked: false },
      { text: '［手机号］', isMasked: true },
    ]);
  });

  test('brackets that mask nothing are text', () => {
    expect(textParts('［赞］<b>x</b>')).toEqual([{ text: '［赞］<b>x</b>', isMasked: false }]);
    expect(textParts('')).toEqual([]);
  });
});

describe('writing', () => {
  test('record numbers are drawn together where they follow each other', () => {
    expect(recordRanges([3, 5, 6, 7, 12])).toBe('3, 5–7, 12');
    expect(recordRanges([])).toBe('');
  });

  test('a link to a case encodes each segment of its id', () => {
    expect(casePath('desk/a b/50%?#')).toBe('/cases/desk/a%20b/50%25%3F%23');
  });

  test('the day of the end is written only where it is another', () => {
    const write = (from: string, to: string) => formatStretch(from, to, 'zh-CN', 'Asia/Shanghai', '2026');
    expect(write('2026-10-03T06:05:11Z', '2026-10-03T06:13:23Z')).toBe('10月3日 14:05:11 → 14:13:23');
    expect(write('2026-10-03T06:05:11Z', '2026-10-03T16:13:23Z')).toBe('10月3日 14:05:11 → 10月4日 00:13:23');
    expect(formatTime('2026-10-03T16:13:23Z', 'Asia/Shanghai')).toBe('00:13:23');
  });
});

describe('labels along the life of a case', () => {
  const spanOf = ({ fraction, text, isEnd }: ReturnType<typeof inLanes>[number]) => {
    const at = fraction * leastBarWidth;
    return isEnd ? { from: at - widthOf(text), to: at } : { from: at, to: at + widthOf(text) };
  };

  test('do not touch where they stand on one line, wherever they are', () => {
    const labels = fc.array(
      fc.record({ fraction: fc.double({ min: 0, max: 1, noNaN: true }), name: fc.string({ maxLength: 20 }) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(labels, (given) => {
        const sorted = given.toSorted((a, b) => a.fraction - b.fraction);
        const placed = inLanes(sorted, ({ name }) => name);
        expect(placed.map(({ name }) => name)).toEqual(sorted.map(({ name }) => name));
        for (const [index, one] of placed.entries())
          for (const other of placed.slice(index + 1))
            if (one.lane === other.lane) {
              const [a, b] = [spanOf(one), spanOf(other)];
              expect(a.to < b.from || b.to < a.from).toBe(true);
            }
      }),
    );
  });

  test('reach to the left near the end, and before others that do where a stem would cross them', () => {
    const at = (...fractions: number[]) =>
      inLanes(
        fractions.map((fraction) => ({ fraction })),
        () => '首次响应',
      ).map(({ lane, isEnd }) => `${lane}${isEnd ? ' left' : ''}`);
    expect(at(0, 0.5)).toEqual(['0', '0']);
    expect(at(0, 0.01, 0.02)).toEqual(['0', '1', '2']);
    expect(at(0.5, 0.95)).toEqual(['0', '0 left']);
    expect(at(0.87, 0.95)).toEqual(['1 left', '0 left']);
  });
});
