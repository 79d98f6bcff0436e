import { type Sums, crossfilter } from '#lib/charts/crossfilter.ts';
import type { Counted } from '#lib/metrics/figure.ts';
import { type Slice, type SliceDimension, type SliceFilter, bySliceDimension } from '#lib/metrics/slice.ts';

/** All that the page shows of a slice under what is picked of it. */
export interface Picture {
  /** Whatever is picked. */
  all: Counted;
  picked: Counted;
  days: Counted[];
  /** The keys that the slice has, the most frequent first, '' last. */
  keys: Record<SliceDimension, readonly string[]>;
  /** By dimension, what each of its keys counted under the choices of all other charts. */
  counted: Record<SliceDimension, Counted[]>;
}

export type Draw = (filter: SliceFilter) => Picture;

/** Makes a slice ready to be looked at under one choice after the other. */
export function pictures(slice: Slice): Draw {
  const crossed = crossfilter(slice);
  const unfiltered = crossed.under({ days: null, keys: {} });
  const all = at(unfiltered.total, 0);
  const order = bySliceDimension((dimension) => {
    const sums = unfiltered.keys[dimension];
    const rows = (code: number): number => (sums.denominator[code] ?? 0) + (sums.pending[code] ?? 0);
    return slice.dimensions[dimension].keys
      .map((key, code) => ({ key, code, rows: rows(code) }))
      .filter((one) => one.rows > 0)
      .sort((one, other) => Number(one.key === '') - Number(other.key === '') || other.rows - one.rows);
  });
  const names = bySliceDimension((dimension) => order[dimension].map(({ key }) => key));
  /** Days picked do not change what the days show: the same array then, so that nothing is drawn again. */
  let shown: { keys: SliceFilter['keys'] | null; days: Counted[] } = { keys: null, days: [] };
  return (filter) => {
    const { total, days, keys } = crossed.under(filter);
    if (shown.keys !== filter.keys)
      shown = { keys: filter.keys, days: Array.from({ length: slice.days }, (_, day) => at(days, day)) };
    return {
      all,
      picked: at(total, 0),
      days: shown.days,
      keys: names,
      counted: bySliceDimension((dimension) => order[dimension].map(({ code }) => at(keys[dimension], code))),
    };
  };
}

function at({ numerator, denominator, pending }: Sums, position: number): Counted {
  return {
    numerator: numerator[position] ?? 0,
    denominator: denominator[position] ?? 0,
    pending: pending[position] ?? 0,
  };
}
