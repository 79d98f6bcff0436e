import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Crossing, crossfilter } from '#lib/charts/crossfilter.ts';
import {
  type Slice,
  type SliceDimension,
  type SliceFilter,
  bySliceDimension,
  sliceDimensions,
} from '#lib/metrics/slice.ts';

interface Row {
  day: number;
  keys: Record<SliceDimension, string>;
  numerator: number;
  denominator: number;
  pending: number;
}

const days = 9;
const names = ['', 'a', 'b', 'c'];

function sliceOf(rows: readonly Row[]): Slice {
  const sorted = rows.toSorted((one, other) => one.day - other.day);
  return {
    days,
    day: Uint8Array.from(sorted, ({ day }) => day),
    dimensions: bySliceDimension((dimension) => ({
      keys: names,
      codes: Uint16Array.from(sorted, ({ keys }) => names.indexOf(keys[dimension])),
    })),
    numerator: Uint8Array.from(sorted, ({ numerator }) => numerator),
    denominator: Int32Array.from(sorted, ({ denominator }) => denominator),
    pending: Uint8Array.from(sorted, ({ pending }) => pending),
  };
}

/** The same by going through all rows for every chart. */
function naively(rows: readonly Row[], filter: SliceFilter) {
  const isInDays = ({ day }: Row): boolean => filter.days === null || (day >= filter.days.from && day < filter.days.to);
  const hasKeys = ({ keys }: Row, but: SliceDimension | null): boolean =>
    sliceDimensions.every((one) => one === but || (filter.keys[one]?.includes(keys[one]) ?? true));
  const sum = (some: readonly Row[]): number[] => [
    some.reduce((total, { numerator }) => total + numerator, 0),
    some.reduce((total, { denominator }) => total + denominator, 0),
    some.reduce((total, { pending }) => total + pending, 0),
  ];
  return {
    total: sum(rows.filter((row) => isInDays(row) && hasKeys(row, null))),
    days: Array.from({ length: days }, (_, day) => sum(rows.filter((row) => row.day === day && hasKeys(row, null)))),
    keys: bySliceDimension((dimension) =>
      names.map((name) =>
        sum(rows.filter((row) => row.keys[dimension] === name && isInDays(row) && hasKeys(row, dimension))),
      ),
    ),
  };
}

function plainly({ total, days: byDay, keys }: Crossing) {
  const rowsOf = ({ numerator, denominator, pending }: Crossing['total']): number[][] =>
    Array.from(numerator, (hits, at) => [hits, denominator[at] ?? NaN, pending[at] ?? NaN]);
  return { total: rowsOf(total)[0], days: rowsOf(byDay), keys: bySliceDimension((one) => rowsOf(keys[one])) };
}

const row = fc.record({
  day: fc.nat(days - 1),
  keys: fc.record(bySliceDimension(() => fc.constantFrom(...names))),
  numerator: fc.nat(3),
  denominator: fc.nat(3),
  pending: fc.nat(2),
});
const picked = fc.option(fc.subarray([...names, 'unheard of']), { nil: undefined, freq: 2 });
const filters = fc.record({
  days: fc.option(
    fc.tuple(fc.nat(days), fc.nat(days)).map(([one, other]) => ({
      from: Math.min(one, other),
      to: Math.max(one, other),
    })),
  ),
  keys: fc.record(bySliceDimension(() => picked)),
});

describe('a crossfilter', () => {
  test('counts every chart under all choices but its own, however the choices before it were', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 60 }),
        fc.array(filters, { minLength: 1, maxLength: 8 }),
        (rows, course) => {
          const crossed = crossfilter(sliceOf(rows));
          for (const filter of course) expect(plainly(crossed.under(filter))).toEqual(naively(rows, filter));
        },
      ),
    );
  });

  test('counts nothing where nothing is', () => {
    const { total } = crossfilter(sliceOf([])).under({ days: null, keys: {} });
    expect([...total.numerator, ...total.denominator, ...total.pending]).toEqual([0, 0, 0]);
  });

  test('takes days beyond the period as its ends', () => {
    const one = { day: 8, keys: bySliceDimension(() => 'a'), numerator: 1, denominator: 1, pending: 0 };
    const { total } = crossfilter(sliceOf([one])).under({ days: { from: -5, to: 99 }, keys: {} });
    expect(total.denominator[0]).toBe(1);
  });
});
