import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OpenHours, alwaysOpen, deadlineOf, isOpenAt, openSeconds } from '#lib/metrics/open_hours.ts';
import { foldedAfterSeconds, inOrder, layOut } from '#lib/metrics/timeline.ts';

const hourMs = 3_600_000;
const at = (hours: number): number => Date.UTC(2026, 9, 12) + hours * hourMs;
const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** Open from 9 to 12 and from 13 to 18 on two days, known until the last closing. */
const office: OpenHours = {
  intervals: [9, 13, 33, 37].map((opens, index) => ({ from: at(opens), to: at(opens + (index % 2 === 0 ? 3 : 5)) })),
  knownUntil: at(42),
};

function gapsOf(...hours: number[]) {
  const rows = layOut(
    hours.map((hour) => ({ at: at(hour) })),
    office,
    dayOf,
  );
  return rows.flatMap((row) => (row.kind === 'gap' ? [row.gap] : []));
}

describe('gaps', () => {
  test('a gap of fifteen minutes is drawn to scale, a second more is folded', () => {
    const [exact, more] = gapsOf(9, 9.25, 9.5 + 1 / 3600);
    expect(exact).toMatchObject({ seconds: foldedAfterSeconds, isFolded: false });
    expect(more).toMatchObject({ seconds: foldedAfterSeconds + 1, isFolded: true });
  });

  test('heights to scale grow with the time and never pass the scale’s end; folded ones are all alike', () => {
    const [short, long, night, week] = gapsOf(9, 9.1, 9.3, 20, 41);
    expect([short?.height, long?.height]).toEqual([24, 48]);
    expect(night?.height).toBe(week?.height);
  });

  test('a gap counts its open seconds and shows where in it the doors were open', () => {
    const [gap] = gapsOf(8, 18);
    expect(gap?.openSeconds).toBe(8 * 3600);
    expect(gap?.open).toEqual([
      { from: 0.1, to: 0.4 },
      { from: 0.5, to: 1 },
    ]);
  });

  test('hours that are not known leave the open seconds unknown, never 0', () => {
    const [gap] = gapsOf(41, 50);
    expect(gap).toMatchObject({ openSeconds: null, open: null });
  });

  test('without a calendar all of a gap is open', () => {
    const rows = layOut([{ at: at(0) }, { at: at(10) }], alwaysOpen, dayOf);
    expect(rows[2]).toMatchObject({ kind: 'gap', gap: { openSeconds: 36_000, open: [{ from: 0, to: 1 }] } });
  });

  test('entries of one instant have no gap between them', () => {
    expect(gapsOf(9, 9, 9)).toEqual([]);
  });
});

describe('rows', () => {
  test('a day is named before its first entry, and only then', () => {
    const rows = layOut(
      [at(9), at(10), at(33)].map((instant) => ({ at: instant })),
      office,
      dayOf,
    );
    expect(rows.map((row) => (row.kind === 'day' ? row.day : row.kind))).toEqual([
      '2026-10-12',
      'entry',
      'gap',
      'entry',
      'gap',
      '2026-10-13',
      'entry',
    ]);
  });

  test('entries are sorted by time, those of one instant stay as given', () => {
    const given = [
      { at: 2, name: 'b' },
      { at: 1, name: 'a' },
      { at: 2, name: 'c' },
    ];
    expect(inOrder(given).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  test('gaps add up to the time from the first entry to the last', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 * 3600 }), { minLength: 1, maxLength: 30 }), (seconds) => {
        const entries = inOrder(seconds.map((second) => ({ at: at(0) + second * 1000 })));
        const rows = layOut(entries, office, dayOf);
        const sum = rows.reduce((total, row) => total + (row.kind === 'gap' ? row.gap.seconds : 0), 0);
        expect(sum).toBeCloseTo(Math.max(...seconds) - Math.min(...seconds), 6);
        expect(rows.filter(({ kind }) => kind === 'entry')).toHaveLength(seconds.length);
      }),
    );
  });
});

describe('opening hours', () => {
  test('a business limit runs on only while the doors are open', () => {
    expect(deadlineOf(office, at(11.5), 3600, 'business')).toBe(at(13.5));
    expect(deadlineOf(office, at(17), 2 * 3600, 'business')).toBe(at(34));
  });

  test('a limit that ends with the doors ends then, not when they open again', () => {
    expect(deadlineOf(office, at(11), 3600, 'business')).toBe(at(12));
  });

  test('a calendar limit, and one without a calendar, never stop', () => {
    expect(deadlineOf(office, at(11.5), 3600, 'calendar')).toBe(at(12.5));
    expect(deadlineOf(alwaysOpen, at(11.5), 3600, 'business')).toBe(at(12.5));
  });

  test('a deadline beyond the hours known is unknown', () => {
    expect(deadlineOf(office, at(41), 2 * 3600, 'business')).toBeNull();
  });

  test('doors are open from the instant they open until before the one they close', () => {
    expect([at(9), at(12), at(12.5), at(42)].map((instant) => isOpenAt(office, instant))).toEqual([
      true,
      false,
      false,
      null,
    ]);
  });

  test('open seconds never exceed the time itself, and a deadline is reached after exactly its limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 * 3600 }), fc.integer({ min: 1, max: 5 * 3600 }), (from, limit) => {
        const begin = at(0) + from * 1000;
        const deadline = deadlineOf(office, begin, limit, 'business');
        if (deadline === null) return;
        expect(openSeconds(office, { from: begin, to: deadline })).toBeCloseTo(limit, 6);
        expect(deadline - begin).toBeGreaterThanOrEqual(limit * 1000);
      }),
    );
  });
});
