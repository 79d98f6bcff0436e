import type { Unit } from './ratings.ts';

function shareOfPairs(unit: Unit, within: number): number {
  let pairs = 0;
  let agreeing = 0;
  for (const [index, a] of unit.entries())
    for (let other = index + 1; other < unit.length; other++) {
      pairs++;
      if (Math.abs(a - (unit[other] ?? NaN)) <= within) agreeing++;
    }
  return agreeing / pairs;
}

/**
 * Returns how often raters agree, from 0 to 1: the share of pairs of values at most `within` levels apart (0: equal), averaged over
 * units with two values or more; null without any. Chance agrees too: see `cohenKappa`, `krippendorffAlpha`.
 */
export function percentAgreement(units: readonly Unit[], within = 0): number | null {
  const rated = units.filter((unit) => unit.length >= 2);
  if (rated.length === 0) return null;
  return rated.reduce((sum, unit) => sum + shareOfPairs(unit, within), 0) / rated.length;
}
