import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as period from '#lib/metrics/period.ts';

describe('periods', () => {
  test('the last full month is the one before the day, also in January', () => {
    expect(period.lastFullMonth('2026-11-01')).toEqual({ from: '2026-10-01', to: '2026-11-01' });
    expect(period.lastFullMonth('2026-01-31')).toEqual({ from: '2025-12-01', to: '2026-01-01' });
  });

  test('a month, a week and a day end where the next begins', () => {
    expect(period.periodOfKey('month', '2026-12')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
    expect(period.periodOfKey('week', '2026-10-26')).toEqual({ from: '2026-10-26', to: '2026-11-02' });
    expect(period.periodOfKey('day', '2026-10-31')).toEqual({ from: '2026-10-31', to: '2026-11-01' });
  });

  test('weeks are keyed by their Monday', () => {
    expect(period.keyOfDay('week', '2026-11-01')).toBe('2026-10-26');
    expect(period.keyOfDay('week', '2026-10-26')).toBe('2026-10-26');
  });

  test('whole months are compared with as many whole months, other periods with as many days', () => {
    expect(period.previousPeriod({ from: '2026-03-01', to: '2026-04-01' })).toEqual({
      from: '2026-02-01',
      to: '2026-03-01',
    });
    expect(period.previousPeriod({ from: '2026-01-01', to: '2026-04-01' })).toEqual({
      from: '2025-10-01',
      to: '2026-01-01',
    });
    expect(period.previousPeriod({ from: '2026-03-10', to: '2026-03-17' })).toEqual({
      from: '2026-03-03',
      to: '2026-03-10',
    });
  });

  test('a year before 29 February is 1 March', () => {
    expect(period.yearBefore({ from: '2024-02-29', to: '2024-03-31' })).toEqual({
      from: '2023-03-01',
      to: '2023-03-31',
    });
  });

  test('every day of a period lies in exactly one of its keys', () => {
    const days = fc.integer({ min: 0, max: 4000 }).map((n) => period.addDays('2020-01-01', n));
    fc.assert(
      fc.property(
        fc.constantFrom('day', 'week', 'month'),
        days,
        fc.integer({ min: 1, max: 500 }),
        (grain, from, length) => {
          const asked = { from, to: period.addDays(from, length) };
          const keys = period.keysOfPeriod(grain, asked);
          expect(new Set(keys).size).toBe(keys.length);
          expect(keys[0]).toBe(period.keyOfDay(grain, from));
          expect(keys.at(-1)).toBe(period.keyOfDay(grain, period.addDays(asked.to, -1)));
          keys
            .slice(1)
            .forEach((key, index) =>
              expect(period.periodOfKey(grain, keys[index] ?? '').to).toBe(period.periodOfKey(grain, key).from),
            );
        },
      ),
    );
  });
});
