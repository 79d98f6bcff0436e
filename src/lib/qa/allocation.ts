import type { StratumSize } from './population.ts';
import { DesignError } from './sample.ts';

/** A stratum and how much scores vary in it: their standard deviation, from an earlier sample or a guess. */
export interface StratumSpread extends StratumSize {
  readonly deviation: number;
}

/** Fewest cases of a stratum, where it has as many: two, since one alone says nothing about spread. */
const fewest = 2;

interface Share extends StratumSize {
  readonly share: number;
  readonly least: number;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const between = (low: number, value: number, high: number) => Math.min(high, Math.max(low, value));

/**
 * Gives each its share of the total, none less than its least or more than its size: those beyond a bound are settled at it, on
 * the side that errs more, and the others share what is left. Where nobody left has a share, sizes are shares.
 */
function boundedShares(shares: readonly Share[], total: number): Map<Share, number> {
  const settled = new Map<Share, number>();
  for (;;) {
    const open = shares.filter((one) => !settled.has(one));
    const left = total - sum([...settled.values()]);
    const weightOf = (one: Share) => (open.some(({ share }) => share > 0) ? one.share : one.size);
    const whole = sum(open.map(weightOf));
    const ideal = (one: Share) => (left * weightOf(one)) / whole;
    const kept = new Map(open.map((one) => [one, between(one.least, ideal(one), one.size)]));
    const excess = sum([...kept.values()]) - left;
    if (Math.abs(excess) < 1e-9) return new Map([...settled, ...kept]);
    for (const [one, bound] of kept) if ((bound - ideal(one)) * excess > 0) settled.set(one, bound);
  }
}

/** Rounds shares to whole cases with the same total: down, then one more for the largest remainders, of equal ones the first. */
function wholeShares(exact: readonly number[], total: number): number[] {
  const floors = exact.map((share) => Math.floor(share + 1e-9));
  const remainders = exact.map((share, index) => ({ index, remainder: share - (floors[index] ?? 0) }));
  const missing = total - sum(floors);
  const raised = remainders.toSorted((a, b) => b.remainder - a.remainder).slice(0, missing);
  const indexes = new Set(raised.map(({ index }) => index));
  return floors.map((size, index) => size + (indexes.has(index) ? 1 : 0));
}

function allot(strata: readonly StratumSize[], total: number, shareOf: (index: number) => number): StratumSize[] {
  const available = sum(strata.map(({ size }) => size));
  if (!Number.isInteger(total) || total < strata.length || total > available)
    throw new DesignError(`${total} cases over ${strata.length} strata: ${strata.length} to ${available} can be drawn`);
  const isRoomy = total >= sum(strata.map(({ size }) => Math.min(fewest, size)));
  const shares = strata.map((one, index) => ({
    ...one,
    share: shareOf(index),
    least: isRoomy ? Math.min(fewest, one.size) : 1,
  }));
  const exact = boundedShares(shares, total);
  const sizes = wholeShares(
    shares.map((one) => exact.get(one) ?? 0),
    total,
  );
  return strata.map(({ stratum }, index) => ({ stratum, size: sizes[index] ?? 0 }));
}

/**
 * Divides a sample among strata: in proportion to their sizes (the best where nothing is known of spread), or equally (to compare
 * strata). Each gets two cases where it has them and the total allows, else one, and never more than it has. Errors: DesignError
 * where the total is less than one for each, or more than there are.
 */
export function allocate(
  method: 'proportional' | 'equal',
  strata: readonly StratumSize[],
  total: number,
): StratumSize[] {
  return allot(strata, total, (index) => (method === 'equal' ? 1 : (strata[index]?.size ?? 0)));
}

/** Divides a sample in proportion to size times standard deviation, which makes the estimate of the mean narrowest (Neyman 1934); bounds and errors as `allocate`. */
export function allocateNeyman(strata: readonly StratumSpread[], total: number): StratumSize[] {
  return allot(strata, total, (index) => (strata[index]?.size ?? 0) * (strata[index]?.deviation ?? 0));
}
