import type { Interval } from '#lib/metrics/intervals.ts';
import { scoreInterval, shareInterval } from './score_interval.ts';
import { unscored, weightedMean, type Observation, type SurveyStratum, type WeightedMean } from './weighted_mean.ts';

/** The cases of a domain in one stratum that weigh the same: how many, how many of them at 0, and the mean of the others. */
interface Zeros {
  readonly stratum: SurveyStratum;
  readonly weight: number;
  readonly observations: readonly Observation[];
  readonly count: number;
  readonly zeros: number;
  readonly others: number;
}

function zerosByStratum(domain: readonly Observation[]): Zeros[] {
  const meanOf = (values: readonly Observation[]) => values.reduce((sum, { value }) => sum + value, 0) / values.length;
  const overall = meanOf(domain.filter(({ value }) => value > 0));
  return [...Map.groupBy(domain, ({ stratum }) => stratum)].flatMap(([stratum, cases]) =>
    [...Map.groupBy(cases, ({ share }) => share)].map(([share, observations]) => {
      const others = observations.filter(({ value }) => value > 0);
      return {
        stratum,
        weight: stratum.weight * share,
        observations,
        count: observations.length,
        zeros: observations.length - others.length,
        others: others.length > 0 ? meanOf(others) : overall,
      };
    }),
  );
}

/**
 * Estimates what the domain would score without zeros: each is taken for the mean of its stratum's others, whose distances from it
 * grow so that they alone carry the variance.
 */
function withoutZeros(strata: readonly Zeros[]): WeightedMean | null {
  return weightedMean(
    strata.flatMap(({ observations, count, zeros, others }) =>
      observations.map((one) => {
        const distance = one.value > 0 ? ((one.value - others) * count) / (count - zeros) : 0;
        return { ...one, value: others + distance };
      }),
    ),
  );
}

/** So many cases of the common rate are added to a stratum's own: of 4 to 30, ten covered best in trials of uneven strata. */
const borrowed = 10;

/**
 * Estimates the points that zeros take from the mean, with an interval as of a rare share: each stratum has at stake what its
 * others score. Strata borrow from each other: for the variance, their rates lean to the common one by `borrowed` cases.
 */
function lostToZeros(strata: readonly Zeros[]): Interval & { readonly lost: number } {
  const sum = (of: (one: Zeros) => number) => strata.reduce((total, one) => total + of(one), 0);
  const cases = sum(({ weight, count }) => weight * count);
  const stakeOf = ({ weight, count, others }: Zeros) => (weight * count * others) / cases;
  const stake = sum(stakeOf);
  const common = sum(({ zeros }) => zeros) / sum(({ count }) => count);
  const rateOf = ({ zeros, count }: Zeros) => (zeros + borrowed * common) / (count + borrowed);
  // Without any zero every rate is alike, and which one it is cancels out.
  const likely = (one: Zeros) => (common === 0 ? 0.5 : rateOf(one));
  const rate = sum((one) => stakeOf(one) * likely(one)) / stake;
  const variance = sum(
    (one) => (stakeOf(one) ** 2 * unscored(one.stratum) * likely(one) * (1 - likely(one))) / one.count,
  );
  const share = sum((one) => (stakeOf(one) * one.zeros) / one.count) / stake;
  const { low, high } = shareInterval(share, (rate * (1 - rate) * stake ** 2) / variance);
  return { low: low * stake, high: high * stake, lost: share * stake };
}

/**
 * Returns the 95 % interval of the mean of a domain whose cases may be zeroed: the mean without zeros less the points lost to
 * them, each with an interval of its own, joined by square-and-add (MOVER: Zou & Donner 2008, Stat. Med. 27:1693–1702; for zeros
 * beside other values Zou, Taleban & Huo 2009, Comput. Stat. Data Anal. 53:3755–3764). Zeros are rare and weigh much: a sample
 * that happens to have none must not make the interval narrow.
 */
export function zeroedInterval(domain: readonly Observation[], mean: WeightedMean): Interval {
  if (domain.every(({ value }) => value === 0)) return scoreInterval(mean);
  const strata = zerosByStratum(domain);
  const others = withoutZeros(strata) ?? mean;
  const interval = scoreInterval(others);
  const { lost, low, high } = lostToZeros(strata);
  return {
    low: Math.max(0, mean.mean - Math.hypot(others.mean - interval.low, high - lost)),
    high: Math.min(100, mean.mean + Math.hypot(interval.high - others.mean, lost - low)),
  };
}
