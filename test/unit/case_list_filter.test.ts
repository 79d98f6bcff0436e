import { describe, expect, test } from 'vitest';
import { readCursor, writeCursor } from '#lib/server/case_cursor.ts';
import { readCaseList } from '#lib/server/case_list_filter.ts';
import { FilterError } from '#lib/server/filter.ts';
import { verdictOf } from '#lib/metrics/case_list.ts';

const filter = {
  period: { from: '2026-10-01', to: '2026-11-01' },
  comparison: 'previous',
  comparedWith: null,
  keys: {},
  clock: null,
} as const;
const read = (query: string) => readCaseList(new URLSearchParams(query), filter);

describe('a list of cases in a URL', () => {
  test('without parameters is all cases of the period, newest first', () => {
    expect(read('')).toEqual({
      from: '2026-10-01',
      to: '2026-11-01',
      keys: {},
      clock: null,
      metric: null,
      kind: 'counted',
      withFlagged: false,
      search: null,
      sort: 'started',
      direction: 'desc',
    });
  });

  test('splits what is searched for at spaces of any width, and keeps the whole for ids', () => {
    expect(read('q=%20尺码%E3%80%80偏小%20尺码%20').search).toEqual({
      text: '尺码\u3000偏小 尺码',
      words: ['尺码', '偏小'],
    });
  });

  test('of a KPI shows no spam, whatever the URL says', () => {
    expect(read('metric=csat&flagged=1').withFlagged).toBe(false);
  });

  test.each([
    'metric=nope',
    'kind=all',
    'flagged=2',
    'sort=value',
    'sort=case_id',
    'dir=up',
    'q=a%20b%20c%20d%20e',
    `q=${'x'.repeat(201)}`,
    'q=%00',
  ])('%s is refused with a message', (query) => {
    expect(() => read(query)).toThrow(FilterError);
  });
});

describe('a cursor', () => {
  const cursor = {
    snapshot: '20261101T000000000Z',
    way: 'before',
    place: { measure: 1793462392000001, caseKey: 1_025_090, itemKey: 3 },
    rowsBefore: 50,
  } as const;

  test('reads as it was written', () => {
    expect(readCursor(writeCursor(cursor))).toEqual(cursor);
    const without = { ...cursor, place: { ...cursor.place, measure: null } };
    expect(readCursor(writeCursor(without))).toEqual(without);
    expect(readCursor(null)).toBeNull();
    expect(readCursor('')).toBeNull();
  });

  const coded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each([
    'x',
    '%00',
    '0',
    'a'.repeat(5000),
    coded(null),
    coded({}),
    coded(['s', 'after', 1, 1, 1]),
    coded(['s', 'sideways', 1, 1, 1, 1]),
    coded(['s', 'after', '1', 1, 1, 1]),
    coded(['s', 'after', 1, 3_000_000_000, 1, 1]),
    coded(['s', 'after', 1, -1, 1, 1]),
    coded(['s', 'after', 1, 1.5, 1, 1]),
    Buffer.from('["s","after",1e999,1,1,1]').toString('base64url'),
  ])('that nobody wrote is refused: %s', (text) => {
    expect(() => readCursor(text)).toThrow(FilterError);
  });
});

describe('a verdict', () => {
  const up = { direction: 'up', headline: 'rate' } as const;
  const down = { direction: 'down', headline: 'rate' } as const;
  test.each([
    [up, 'met', 1, 'met'],
    [up, 'late', 0, 'late'],
    [up, 'breached', 0, 'unmet'],
    [up, 'counted', 0, 'unmet'],
    [up, 'counted', 1, 'met'],
    [up, 'pending', 0, 'pending'],
    [down, 'late', 1, 'hit'],
    [down, 'counted', 1, 'hit'],
    [down, 'met', 0, 'clear'],
    [down, 'counted', 0, 'clear'],
    [{ direction: 'up', headline: 'median' }, 'counted', 1, 'counted'],
  ] as const)('of %o in state %s with numerator %i is %s', (metric, state, numerator, verdict) => {
    expect(verdictOf(metric, { state, numerator })).toBe(verdict);
  });
});
