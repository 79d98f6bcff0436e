import { expect, test } from 'vitest';
import { locales } from '#lib/i18n/locale.ts';
import { allowedText } from '#lib/i18n/parameter_fault.ts';
import { translator } from '#lib/i18n/translator.ts';
import { readCaseList } from '#lib/server/case_list_filter.ts';
import { FilterError, readChoice, readDay } from '#lib/server/filter.ts';
import { readPage } from '#lib/server/paging.ts';

const filter = {
  period: { from: '2026-10-01', to: '2026-11-01' },
  comparison: 'previous',
  comparedWith: null,
  keys: {},
  clock: null,
} as const;
const readers: Record<string, (params: URLSearchParams) => unknown> = {
  choice: (params) => readChoice(params, 'grain', ['day', 'week']),
  day: (params) => readDay(params, 'from'),
  page: readPage,
  list: (params) => readCaseList(params, filter),
};

function faultOf(reader: string, query: string): FilterError {
  try {
    readers[reader]?.(new URLSearchParams(query));
  } catch (error) {
    if (error instanceof FilterError) return error;
    throw error;
  }
  throw new Error(`${query} was taken`);
}

test.each([
  ['choice', 'grain=year', 'grain=year', '可用的值：day, week', 'grain=year cannot be used. Allowed: day, week'],
  [
    'day',
    'from=2026-02-30',
    'from=2026-02-30',
    '请写日期，如 2026-10-01',
    'from=2026-02-30 cannot be used. Write a day such as 2026-10-01',
  ],
  ['page', 'page=0', 'page=0', '请写从 1 起的页码', 'page=0 cannot be used. Write a page number from 1 on'],
  [
    'list',
    'q=a b c d e',
    'q=a b c d e',
    '最多 4 个词，以空格分隔',
    'q=a b c d e cannot be used. At most 4 words, separated by spaces',
  ],
])('a wrong %s tells what was found and what may stand there (%s)', (reader, query, found, chinese, english) => {
  const { fault, message } = faultOf(reader, query);
  expect(fault.found).toBe(found);
  expect(allowedText(translator('zh-CN'), fault.allowed)).toBe(chinese);
  expect(message).toBe(english);
});

test('a page says it in its own language, the message is always English', () => {
  const { fault, message } = faultOf('list', 'dir=up');
  const texts = locales.map((locale) => allowedText(translator(locale), fault.allowed));
  expect(texts).toEqual(['可用的值：asc, desc', '可用的值：asc, desc', 'Allowed: asc, desc']);
  expect(message).toBe('dir=up cannot be used. Allowed: asc, desc');
});

test('what was found is cut, however long the address', () => {
  expect(faultOf('list', `metric=${'x'.repeat(3000)}`).fault.found).toBe(`metric=${'x'.repeat(80)}`);
});
