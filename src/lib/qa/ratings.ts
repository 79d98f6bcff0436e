/** What one rater gave one unit: a case at a criterion, say, as the level chosen. */
export interface Rating {
  readonly unit: string;
  readonly rater: string;
  readonly value: number;
}

/** The values that raters gave one unit; whoever did not rate it gave none. */
export type Unit = readonly number[];

/** The values that two raters, always in the same order, gave one unit. */
export type Pair = readonly [number, number];

/** Gathers ratings by unit. A rater's later rating of a unit replaces an earlier one. */
function ratersByUnit(ratings: readonly Rating[]): Map<string, Map<string, number>> {
  const units = new Map<string, Map<string, number>>();
  for (const { unit, rater, value } of ratings) {
    const raters = units.get(unit) ?? new Map<string, number>();
    units.set(unit, raters.set(rater, value));
  }
  return units;
}

/** Lists the values of each unit rated by two or more, whoever they are. */
export function unitsOf(ratings: readonly Rating[]): Unit[] {
  return [...ratersByUnit(ratings).values()].flatMap((raters) => (raters.size < 2 ? [] : [[...raters.values()]]));
}

/** Lists the units that both of two raters rated. */
export function pairsOf(ratings: readonly Rating[], first: string, second: string): Pair[] {
  return [...ratersByUnit(ratings).values()].flatMap((raters): Pair[] => {
    const [a, b] = [raters.get(first), raters.get(second)];
    return a === undefined || b === undefined ? [] : [[a, b]];
  });
}
