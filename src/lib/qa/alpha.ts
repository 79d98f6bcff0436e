import type { Unit } from './ratings.ts';

/** What values are: names, ranks, or numbers whose differences mean something. */
export type AlphaMetric = 'nominal' | 'ordinal' | 'interval';

function countsOf(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Places each value where its differences are taken: ranks are the middles of the places that equal values take up. */
function places(counts: ReadonlyMap<number, number>): Map<number, number> {
  let before = 0;
  const placed = new Map<number, number>();
  for (const [value, count] of [...counts].toSorted(([a], [b]) => a - b)) {
    placed.set(value, before + count / 2);
    before += count;
  }
  return placed;
}

/** Adds up, over all ordered pairs of values, whether they differ. */
function namesApart(values: readonly number[]): number {
  let alike = 0;
  for (const count of countsOf(values).values()) alike += count ** 2;
  return values.length ** 2 - alike;
}

/** Adds up the squared differences of all ordered pairs of values. */
function squaresApart(values: readonly number[]): number {
  const origin = values[0] ?? 0;
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value - origin;
    squares += (value - origin) ** 2;
  }
  return 2 * (values.length * squares - sum ** 2);
}

/**
 * Returns Krippendorff's alpha of any number of raters, with values missing (Computing Krippendorff's Alpha-Reliability, 2011):
 * 1 − observed ÷ expected disagreement, expected from all values together. Null where nothing can be compared: no unit with two
 * values, or a single value throughout.
 */
export function krippendorffAlpha(units: readonly Unit[], metric: AlphaMetric): number | null {
  const rated = units.filter((unit) => unit.length >= 2);
  const ranks = metric === 'ordinal' ? places(countsOf(rated.flat())) : null;
  const placed = ranks ? rated.map((unit) => unit.map((value) => ranks.get(value) ?? NaN)) : rated;
  const disagreement = metric === 'nominal' ? namesApart : squaresApart;
  const all = placed.flat();
  const expected = disagreement(all);
  if (expected === 0) return null;
  const observed = placed.reduce((sum, unit) => sum + disagreement(unit) / (unit.length - 1), 0);
  return 1 - (observed * (all.length - 1)) / expected;
}
