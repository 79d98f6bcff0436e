import { describe, expect, test } from 'vitest';
import { textParts } from '#lib/masked.ts';
import { casePath } from '#lib/links.ts';
import { formatStretch, formatTime } from '#lib/metrics/moment.ts';
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
