import type { Pair } from './ratings.ts';

/** How a disagreement counts: all alike, by its distance in levels, or by the square of it. */
export type KappaWeights = 'none' | 'linear' | 'quadratic';

const disagreements: Readonly<Record<KappaWeights, (a: number, b: number) => number>> = {
  none: (a, b) => (a === b ? 0 : 1),
  linear: (a, b) => Math.abs(a - b),
  quadratic: (a, b) => (a - b) ** 2,
};

function countsOf(pairs: readonly Pair[], rater: 0 | 1): Map<number, number> {
  const counts = new Map<number, number>();
  for (const pair of pairs) counts.set(pair[rater], (counts.get(pair[rater]) ?? 0) + 1);
  return counts;
}

/**
 * Returns Cohen's kappa of two raters (1960; weighted: 1968): 1 − observed ÷ expected disagreement, where by chance each keeps to
 * their own frequencies. Values are levels, one apart. Null without pairs, and where chance cannot disagree: both used one and the
 * same value throughout.
 */
export function cohenKappa(pairs: readonly Pair[], weights: KappaWeights): number | null {
  const disagreement = disagreements[weights];
  const observed = pairs.reduce((sum, [a, b]) => sum + disagreement(a, b), 0);
  const ofSecond = [...countsOf(pairs, 1)];
  const expected = [...countsOf(pairs, 0)].reduce(
    (sum, [a, n]) => sum + n * ofSecond.reduce((inner, [b, m]) => inner + m * disagreement(a, b), 0),
    0,
  );
  return expected === 0 ? null : 1 - (observed * pairs.length) / expected;
}
