/** A stratum as far as it is scored: each of its `scored` cases stands for `weight` of the population's. */
export interface SurveyStratum {
  readonly name: string;
  readonly scored: number;
  readonly populationSize: number;
  readonly weight: number;
}

/** A scored case in its stratum, which is one object for all of its cases. */
export interface Observation {
  readonly caseId: string;
  readonly stratum: SurveyStratum;
  /** Which part of its stratum's weight it carries: 1, or less where other samples could have drawn the case too. */
  readonly share: number;
  readonly value: number;
}

/** Returns how many cases of the population a scored one stands for. */
export function weightOf({ stratum, share }: Observation): number {
  return stratum.weight * share;
}

/** A mean over part of a survey, design-weighted, with what an interval needs. */
export interface WeightedMean {
  readonly mean: number;
  readonly variance: number;
  readonly degreesOfFreedom: number;
  /** How many cases of a simple random sample without end would tell as much of a share that is alike in all strata. */
  readonly equalShareSize: number;
}

/**
 * Estimates the mean over those cases of a population that are in a domain (an agent's, those not at 0): the weighted mean of
 * the domain's cases, a ratio of two estimated totals, its variance by linearisation with finite population correction
 * (Särndal, Swensson & Wretman 1992, §5.8, §10.3) and Satterthwaite's degrees of freedom (Cochran 1977, §5.4). A stratum with a
 * single scored case is as variable as its distance from the mean (`adjust` of R's survey package). Null where the domain is empty.
 */
export function weightedMean(domain: readonly Observation[]): WeightedMean | null {
  const [first] = domain;
  if (first === undefined) return null;
  const byStratum = [...Map.groupBy(domain, ({ stratum }) => stratum)];
  const weightSum = sum(domain.map(weightOf));
  const isFlat = domain.every(({ value }) => value === first.value);
  const mean = isFlat ? first.value : sum(domain.map((one) => weightOf(one) * one.value)) / weightSum;
  const parts = byStratum.map(([stratum, values]) => {
    const residuals = values.map(({ value, share }) => ((value - mean) * share) / weightSum);
    return {
      variance: isFlat ? 0 : totalVariance(stratum, residuals),
      squaredWeights: sum(values.map((one) => weightOf(one) ** 2)) * unscored(stratum),
      degreesOfFreedom: Math.max(1, values.length - 1),
    };
  });
  const variance = sum(parts.map((part) => part.variance));
  const spread = sum(parts.map((part) => part.variance ** 2 / part.degreesOfFreedom));
  return {
    mean,
    variance,
    degreesOfFreedom: variance > 0 ? variance ** 2 / spread : Math.max(1, domain.length - byStratum.length),
    equalShareSize: weightSum ** 2 / sum(parts.map((part) => part.squaredWeights)),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Returns the share of a stratum that is not scored, by which its variance is less than that of drawing with replacement. */
export function unscored({ scored, populationSize }: SurveyStratum): number {
  return 1 - scored / populationSize;
}

/** Returns the variance of an estimated total over a stratum, whose scored cases outside the domain count as 0. */
function totalVariance(stratum: SurveyStratum, values: readonly number[]): number {
  const { scored, populationSize } = stratum;
  const squares = sum(values.map((value) => value ** 2));
  const spread = scored === 1 ? squares : (squares - sum(values) ** 2 / scored) / (scored - 1);
  return (populationSize ** 2 * unscored(stratum) * spread) / scored;
}
