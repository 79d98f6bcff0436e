import type { Interval, Proportion } from './intervals.ts';

const leastWeeks = 4;
const leastTrials = 30;
const deviations = 3;

/**
 * The range a rate is expected in after weeks of the same: their pooled rate ± 3 standard deviations, where a week's
 * variance is what chance alone gives for `trials` or what these weeks showed, whichever is more (a Shewhart p′ chart,
 * Laney 2002). Null where there are under 4 weeks of at least 30 or too few trials now.
 */
export function expectedRange(weeks: readonly Proportion[], trials: number): Interval | null {
  const usable = weeks.filter(({ denominator }) => denominator >= leastTrials);
  if (usable.length < leastWeeks || trials < leastTrials) return null;
  const denominator = usable.reduce((sum, week) => sum + week.denominator, 0);
  const rate = usable.reduce((sum, week) => sum + week.numerator, 0) / denominator;
  const variance = rate * (1 - rate);
  const scores = usable.map(
    (week) => (week.numerator / week.denominator - rate) / Math.sqrt(Math.max(variance, 1e-9) / week.denominator),
  );
  const excess = Math.max(1, Math.sqrt(scores.reduce((sum, score) => sum + score * score, 0) / (scores.length - 1)));
  const half = deviations * excess * Math.sqrt(variance / trials);
  return { low: Math.max(0, rate - half), high: Math.min(1, rate + half) };
}
