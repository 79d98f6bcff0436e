import type { StratumSpread } from './allocation.ts';
import type { StratumSize } from './population.ts';
import { worstDeviation } from './sample_size.ts';

/** The score of a case reviewed earlier, with the stratum that a new sample would draw it in. */
export interface EarlierScore {
  readonly stratum: string;
  readonly score: number;
}

/** How much scores of a stratum may vary, and how many of its own say so. */
export interface KnownSpread extends StratumSpread {
  readonly scored: number;
}

/** So many cases of the common deviation are added to a stratum's own: a few alike scores must not leave a stratum undrawn. */
const borrowed = 10;

/** Needs two values or more. */
function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** Returns the standard deviation of all earlier scores; the worst there is where they are fewer than two. */
export function commonDeviation(earlier: readonly EarlierScore[]): number {
  return earlier.length < 2 ? worstDeviation : deviationOf(earlier.map(({ score }) => score));
}

/** Estimates the standard deviation of scores in each stratum for `allocateNeyman`; a stratum leans to the common one the more, the fewer scores it has of its own. */
export function spreadsOf(strata: readonly StratumSize[], earlier: readonly EarlierScore[]): KnownSpread[] {
  const common = commonDeviation(earlier);
  const byStratum = Map.groupBy(earlier, ({ stratum }) => stratum);
  return strata.map(({ stratum, size }) => {
    const own = (byStratum.get(stratum) ?? []).map(({ score }) => score);
    const degrees = Math.max(0, own.length - 1);
    const ownSquares = degrees === 0 ? 0 : degrees * deviationOf(own) ** 2;
    const deviation = Math.sqrt((ownSquares + borrowed * common ** 2) / (degrees + borrowed));
    return { stratum, size, deviation, scored: own.length };
  });
}
