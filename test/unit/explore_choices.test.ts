import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysOf } from '#lib/metrics/period.ts';
import { type SliceFilter, sliceDimensions } from '#lib/metrics/slice.ts';
import { dragged, nudged } from '../../src/routes/explore/brush.ts';
import { readChoices, toggled, writeChoices } from '../../src/routes/explore/choices.ts';
import { roundStep, ticksBetween } from '../../src/routes/explore/scale.ts';
import { binsOf } from '../../src/routes/explore/timeline.ts';

const october = { from: '2026-10-01', to: '2026-11-01' };

function paramsOf(choices: SliceFilter): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(writeChoices(choices, october)))
    for (const one of value === null ? [] : [value].flat()) params.append(name, one);
  return params;
}

const ends = fc
  .tuple(fc.nat(31), fc.nat(31))
  .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const);
const ranges = ends.filter(([from, to]) => to > from).map(([from, to]) => ({ from, to }));
const choices = fc.record({
  days: fc.option(ranges.filter(({ from, to }) => to - from < 31)),
  keys: fc.dictionary(fc.constantFrom(...sliceDimensions), fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 3 })),
});

describe('an address of the explore page', () => {
  test('says again what was written into it', () => {
    fc.assert(
      fc.property(choices, (one) => {
        expect(readChoices(paramsOf(one), october)).toEqual(one);
      }),
    );
  });

  test('picks days of the period or none, whatever it says', () => {
    const wild = fc.oneof(fc.string(), fc.constantFrom('2026-10-05', '2026-02-31', '1999-01-01', '2099-12-31'));
    fc.assert(
      fc.property(wild, wild, (bfrom, buntil) => {
        const { days } = readChoices(new URLSearchParams({ bfrom, buntil }), october);
        if (days) expect([days.from >= 0, days.from < days.to, days.to <= 31]).toEqual([true, true, true]);
      }),
    );
  });

  test('leaves out days beyond the period, and the whole of it', () => {
    const read = (bfrom: string, buntil: string) => readChoices(new URLSearchParams({ bfrom, buntil }), october).days;
    expect(read('2026-09-20', '2026-10-03')).toEqual({ from: 0, to: 3 });
    expect(read('2026-11-01', '2026-11-05')).toBeNull();
    expect(read('2026-10-01', '2026-10-31')).toBeNull();
  });

  test('a key picked twice is not picked', () => {
    const none: SliceFilter = { days: null, keys: {} };
    const one = toggled(none, 'vendor', 'suda');
    expect(toggled(toggled(one, 'vendor', ''), 'vendor', 'suda').keys).toEqual({ vendor: [''] });
    expect(toggled(one, 'vendor', 'suda')).toEqual(none);
  });
});

test('dragging and arrow keys keep at least one day, inside the period', () => {
  const isSound = ({ from, to }: { from: number; to: number }): boolean => from >= 0 && from < to && to <= 31;
  const grips = fc.oneof(
    fc.record({ kind: fc.constant('new' as const), day: fc.nat(30) }),
    fc.record({ kind: fc.constant('whole' as const), day: fc.nat(30), held: ranges }),
    fc.record({ kind: fc.constantFrom('from' as const, 'to' as const), held: ranges }),
  );
  fc.assert(fc.property(grips, fc.integer({ min: -9, max: 40 }), (grip, day) => isSound(dragged(grip, day, 31))));
  fc.assert(
    fc.property(ranges, fc.constantFrom('from' as const, 'to' as const), fc.integer(), (held, end, by) =>
      isSound(nudged(held, end, by, 31)),
    ),
  );
});

test('moving the range as a whole keeps its length', () => {
  fc.assert(
    fc.property(ranges, fc.nat(30), fc.nat(30), (held, day, over) => {
      const moved = dragged({ kind: 'whole', day, held }, over, 31);
      expect(moved.to - moved.from).toBe(held.to - held.from);
    }),
  );
});

test('bins are days, or weeks from Monday of more than a hundred days, and cover the period once', () => {
  fc.assert(
    fc.property(fc.nat(900), fc.integer({ min: 1, max: 1098 }), (start, days) => {
      const period = { from: addDays('2024-01-01', start), to: addDays('2024-01-01', start + days) };
      const bins = binsOf(period);
      expect(bins[0]?.from).toBe(0);
      expect(bins.at(-1)?.to).toBe(daysOf(period));
      bins.slice(1).forEach((bin, index) => expect(bin.from).toBe(bins[index]?.to));
      if (days <= 100) expect(bins).toHaveLength(days);
      else for (const { day } of bins.slice(1)) expect(new Date(day).getUTCDay()).toBe(1);
    }),
    { numRuns: 50 },
  );
});

test('an axis has few ticks, at round numbers', () => {
  expect(roundStep(80, 4)).toBe(20);
  expect(roundStep(81, 4)).toBe(50);
  expect(roundStep(3, 4)).toBe(1);
  expect(roundStep(0, 4)).toBe(1);
  expect(ticksBetween(0.55, 0.91, 0.1).map((tick) => tick.toFixed(1))).toEqual(['0.6', '0.7', '0.8', '0.9']);
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e7, noNaN: true }), (span) => {
      expect(ticksBetween(0, span, roundStep(span, 4)).length).toBeLessThanOrEqual(5);
    }),
  );
});
