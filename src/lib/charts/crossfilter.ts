import {
  type Numbers,
  type Slice,
  type SliceDimension,
  type SliceFilter,
  bySliceDimension,
  sliceDimensions,
} from '#lib/metrics/slice.ts';

/** Sums by position: of a key, or of a day. */
export interface Sums {
  readonly numerator: Int32Array;
  readonly denominator: Int32Array;
  readonly pending: Int32Array;
}

/** What a filter leaves of a slice: every chart under all choices but its own. */
export interface Crossing {
  readonly total: Sums;
  readonly days: Sums;
  readonly keys: Readonly<Record<SliceDimension, Sums>>;
}

export interface Crossfilter {
  /** Counts under a filter; the sums given before are overwritten. The work is in proportion to the rows that come or go. */
  under(filter: SliceFilter): Crossing;
}

interface KeyFilter {
  bit: number;
  names: readonly string[];
  codes: Numbers;
  sums: Sums;
  /** By code, 1 where the key is picked or nothing is. */
  isTaken: Uint8Array;
}

/** Makes a slice ready to be filtered, nothing being picked. */
export function crossfilter(slice: Slice): Crossfilter {
  const { numerator, denominator, pending, day } = slice;
  const rows = day.length;
  const starts = startsOfDays(day, slice.days);
  /** By row, a bit for each dimension whose picked keys leave the row out; days are not among them. */
  const misses = new Uint8Array(rows);
  const total = emptySums(1);
  const days = emptySums(slice.days);
  const filterOf = bySliceDimension((dimension): KeyFilter => {
    const { keys, codes } = slice.dimensions[dimension];
    return {
      bit: 1 << sliceDimensions.indexOf(dimension),
      names: keys,
      codes,
      sums: emptySums(keys.length),
      isTaken: new Uint8Array(keys.length).fill(1),
    };
  });
  const filters = Object.values(filterOf);
  /** The rows of the days picked. */
  let from = 0;
  let to = rows;

  const add = (sums: Sums, at: number, row: number, sign: 1 | -1): void => {
    sums.numerator[at] = (sums.numerator[at] ?? 0) + sign * (numerator[row] ?? 0);
    sums.denominator[at] = (sums.denominator[at] ?? 0) + sign * (denominator[row] ?? 0);
    sums.pending[at] = (sums.pending[at] ?? 0) + sign * (pending[row] ?? 0);
  };

  /** Counts a row, or no longer: in total where nothing leaves it out, in a dimension where only its own keys do. */
  const count = (row: number, missed: number, but: number, sign: 1 | -1): void => {
    if (missed === 0) add(total, 0, row, sign);
    else if ((missed & (missed - 1)) !== 0) return;
    for (const { bit, codes, sums } of filters)
      if (bit !== but && (missed === 0 || missed === bit)) add(sums, codes[row] ?? 0, row, sign);
  };

  const countAll = (first: number, end: number, sign: 1 | -1): void => {
    for (let row = first; row < end; row++) count(row, misses[row] ?? 0, 0, sign);
  };

  const pickDays = (picked: SliceFilter['days']): void => {
    const first = starts[clamp(picked?.from ?? 0, slice.days)] ?? 0;
    const end = Math.max(first, starts[clamp(picked?.to ?? slice.days, slice.days)] ?? rows);
    if (first === from && end === to) return;
    const isApart = first >= to || end <= from;
    const moved = isApart ? Infinity : Math.abs(first - from) + Math.abs(end - to);
    if (moved > end - first) {
      for (const { sums } of filters) clear(sums);
      clear(total);
      countAll(first, end, 1);
    } else {
      countAll(from, first, -1);
      countAll(end, to, -1);
      countAll(first, from, 1);
      countAll(to, end, 1);
    }
    [from, to] = [first, end];
  };

  const pickKeys = (filter: KeyFilter, picked: readonly string[] | undefined): void => {
    const { bit, names, codes, isTaken } = filter;
    const changes = new Uint8Array(isTaken.length);
    names.forEach((key, code) => {
      const takes = picked === undefined || picked.includes(key) ? 1 : 0;
      changes[code] = takes ^ (isTaken[code] ?? 0);
      isTaken[code] = takes;
    });
    if (!changes.includes(1)) return;
    for (let row = 0; row < rows; row++) {
      const code = codes[row] ?? 0;
      if (changes[code] === 0) continue;
      const missed = (misses[row] ?? 0) & ~bit;
      const sign = isTaken[code] === 1 ? 1 : -1;
      misses[row] = sign === 1 ? missed : missed | bit;
      if (missed === 0) add(days, day[row] ?? 0, row, sign);
      if (row >= from && row < to) count(row, missed, bit, sign);
    }
  };

  for (let row = 0; row < rows; row++) add(days, day[row] ?? 0, row, 1);
  countAll(0, rows, 1);
  const keys = bySliceDimension((dimension) => filterOf[dimension].sums);
  return {
    under(filter) {
      pickDays(filter.days);
      for (const dimension of sliceDimensions) pickKeys(filterOf[dimension], filter.keys[dimension]);
      return { total, days, keys };
    },
  };
}

function clamp(day: number, days: number): number {
  return Math.min(Math.max(day, 0), days);
}

function emptySums(length: number): Sums {
  return {
    numerator: new Int32Array(length),
    denominator: new Int32Array(length),
    pending: new Int32Array(length),
  };
}

function clear(sums: Sums): void {
  sums.numerator.fill(0);
  sums.denominator.fill(0);
  sums.pending.fill(0);
}

/** The first row of each day, and after the last day the number of rows. */
function startsOfDays(day: Numbers, days: number): Int32Array {
  const starts = new Int32Array(days + 1);
  let row = 0;
  for (let at = 0; at <= days; at++) {
    while (row < day.length && (day[row] ?? 0) < at) row++;
    starts[at] = row;
  }
  return starts;
}
