import { type Numbers, type Slice, type SliceFilter, bySliceDimension, sliceDimensions } from '#lib/metrics/slice.ts';

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
  readonly keys: Readonly<Record<(typeof sliceDimensions)[number], Sums>>;
}

export interface Crossfilter {
  /** Counts under a filter; the sums given before are overwritten. The work is in proportion to the rows that come or go. */
  under(filter: SliceFilter): Crossing;
}

type Counts = Pick<Slice, 'numerator' | 'denominator' | 'pending'>;

/** One chart: whose key each row has, what it adds up to, and the bit that says a row is left out by the chart's own choice. */
interface Group {
  bit: number;
  codes: Numbers | null;
  sums: Sums;
}

/** The keys of one dimension, 1 where a key is picked or nothing is. */
interface Picks {
  group: Group & { codes: Numbers };
  keys: readonly string[];
  isTaken: Uint8Array;
}

/** Makes a slice ready to be filtered, nothing being picked. */
export function crossfilter(slice: Slice): Crossfilter {
  const rows = slice.day.length;
  const starts = startsOfDays(slice.day, slice.days);
  /** By row, the bits of the dimensions whose picked keys leave the row out. Days picked are a range of rows instead. */
  const misses = new Uint8Array(rows);
  const total: Group = { bit: 0, codes: null, sums: emptySums(1) };
  const days: Group = { bit: 0, codes: slice.day, sums: emptySums(slice.days) };
  const picks = bySliceDimension((dimension): Picks => {
    const { keys, codes } = slice.dimensions[dimension];
    const group = { bit: 1 << sliceDimensions.indexOf(dimension), codes, sums: emptySums(keys.length) };
    return { group, keys, isTaken: new Uint8Array(keys.length).fill(1) };
  });
  const within: readonly Group[] = [total, ...Object.values(picks).map(({ group }) => group)];
  let from = 0;
  let to = rows;

  const addRange = (first: number, end: number, sign: 1 | -1): void => {
    for (const group of within) addRows(group, slice, misses, first, end, sign);
  };

  const pickDays = (picked: SliceFilter['days']): void => {
    const first = starts[clamp(picked?.from ?? 0, slice.days)] ?? 0;
    const end = Math.max(first, starts[clamp(picked?.to ?? slice.days, slice.days)] ?? rows);
    if (first === from && end === to) return;
    if (Math.abs(first - from) + Math.abs(end - to) > end - first) {
      for (const { sums } of within) clear(sums);
      addRange(first, end, 1);
    } else {
      addRange(from, first, -1);
      addRange(end, to, -1);
      addRange(first, from, 1);
      addRange(to, end, 1);
    }
    [from, to] = [first, end];
  };

  const pickKeys = ({ group, keys, isTaken }: Picks, picked: readonly string[] | undefined): void => {
    const taken = Uint8Array.from(keys, (key) => (picked === undefined || picked.includes(key) ? 1 : 0));
    const isGone = taken.map((takes, code) => (takes === 0 && isTaken[code] === 1 ? 1 : 0));
    const isCome = taken.map((takes, code) => (takes === 1 && isTaken[code] === 0 ? 1 : 0));
    isTaken.set(taken);
    const others = within.filter((one) => one !== group);
    for (const [isChanged, sign] of [
      [isGone, -1],
      [isCome, 1],
    ] as const) {
      if (!isChanged.includes(1)) continue;
      const changed = rowsOf(group.codes, isChanged);
      if (sign === 1) for (const row of changed) misses[row] = (misses[row] ?? 0) & ~group.bit;
      addSome(days, slice, misses, changed, sign);
      const inside = changed.subarray(lowerBound(changed, from), lowerBound(changed, to));
      for (const one of others) addSome(one, slice, misses, inside, sign);
      if (sign === -1) for (const row of changed) misses[row] = (misses[row] ?? 0) | group.bit;
    }
  };

  addRows(days, slice, misses, 0, rows, 1);
  addRange(0, rows, 1);
  return {
    under(filter) {
      pickDays(filter.days);
      for (const dimension of sliceDimensions) pickKeys(picks[dimension], filter.keys[dimension]);
      return { total: total.sums, days: days.sums, keys: bySliceDimension((dimension) => picks[dimension].group.sums) };
    },
  };
}

/** Adds the rows of a range that nothing leaves out, or only the group's own choice. */
function addRows(group: Group, counts: Counts, misses: Uint8Array, first: number, end: number, sign: 1 | -1): void {
  for (let row = first; row < end; row++) addRow(group, counts, misses[row] ?? 0, row, sign);
}

function addSome(group: Group, counts: Counts, misses: Uint8Array, rows: Int32Array, sign: 1 | -1): void {
  for (const row of rows) addRow(group, counts, misses[row] ?? 0, row, sign);
}

function addRow({ bit, codes, sums }: Group, counts: Counts, missed: number, row: number, sign: 1 | -1): void {
  if (missed !== 0 && missed !== bit) return;
  const at = codes === null ? 0 : (codes[row] ?? 0);
  sums.numerator[at] = (sums.numerator[at] ?? 0) + sign * (counts.numerator[row] ?? 0);
  sums.denominator[at] = (sums.denominator[at] ?? 0) + sign * (counts.denominator[row] ?? 0);
  sums.pending[at] = (sums.pending[at] ?? 0) + sign * (counts.pending[row] ?? 0);
}

/** The rows whose code is marked, in order. */
function rowsOf(codes: Numbers, isMarked: Uint8Array): Int32Array {
  const found = new Int32Array(codes.length);
  let length = 0;
  for (let row = 0; row < codes.length; row++) if (isMarked[codes[row] ?? 0] === 1) found[length++] = row;
  return found.subarray(0, length);
}

/** The first position whose value is not below a bound. */
function lowerBound(sorted: Int32Array, bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
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
