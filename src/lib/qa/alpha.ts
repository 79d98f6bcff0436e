import type { Unit } from './ratings.ts';

/** What values are: names, ranks, or numbers whose differences mean something. */
export type AlphaMetric = 'nominal' | 'ordinal' | 'interval';

function countsOf(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map([...counts].toSorted(([a], [b]) => a - b));
}

/** Places each value where its differences are taken: ranks are the middles of the places that equal values take up. */
function places(counts: ReadonlyMap<number, number>, metric: AlphaMetric): Map<number, number> {
  let before = 0;
  const placed = new Map<number, number>();
  for (const [value, count] of counts) {
    placed.set(value, metric === 'ordinal' ? before + count / 2 : value);
    before += count;
  }
  return placed;
}

/**
 * Returns Krippendorff's alpha of any number of raters, with values missing (Computing Krippendorff's Alpha-Reliability, 2011):
 * 1 − observed ÷ expected disagreement, expected from all values together. Null where nothing can be compared: no unit with two
 * values, or a single value throughout.
 */
export function krippendorffAlpha(units: readonly Unit[], metric: AlphaMetric): number | null {
  const rated = units.filter((unit) => unit.length >= 2);
  const counts = countsOf(rated.flat());
  const placeOf = places(counts, metric);
  const difference = (a: number, b: number) =>
    metric === 'nominal' ? Number(a !== b) : ((placeOf.get(a) ?? NaN) - (placeOf.get(b) ?? NaN)) ** 2;
  const disagreement = (of: ReadonlyMap<number, number>) => {
    const entries = [...of];
    return entries.reduce(
      (sum, [a, n]) => sum + entries.reduce((inner, [b, m]) => inner + n * m * difference(a, b), 0),
      0,
    );
  };
  const expected = disagreement(counts);
  if (expected === 0) return null;
  const observed = rated.reduce((sum, unit) => sum + disagreement(countsOf(unit)) / (unit.length - 1), 0);
  const total = rated.reduce((sum, unit) => sum + unit.length, 0);
  return 1 - (observed * (total - 1)) / expected;
}
