import { isInFrame, overlap, type Frame, type FramedCase } from './frame.ts';
import type { ScoredCase } from './reviews.ts';
import type { Observation, SurveyStratum } from './weighted_mean.ts';

/** A case that a sample drew; `scored` null while a review of it is open. */
export interface SurveyedCase extends FramedCase {
  readonly caseId: string;
  readonly agentId: string | null;
  readonly stratum: string;
  readonly scored: ScoredCase | null;
}

/** How far a stratum of a sample is scored. */
export interface StratumProgress {
  readonly size: number;
  readonly scored: number;
}

/**
 * A random sample as far as it is scored. `strata`, `size` and `scored` count all that it drew; `cases` may be only those
 * that somebody sees, with their strata.
 */
export interface SurveyedSample {
  readonly id: number;
  readonly seed: string;
  readonly frame: Frame;
  readonly strata: ReadonlyMap<string, StratumProgress>;
  readonly size: number;
  readonly scored: number;
  readonly cases: readonly SurveyedCase[];
}

/** A scored case with what it lost. */
export interface PooledCase extends Observation {
  readonly surveyed: SurveyedCase;
  readonly scored: ScoredCase;
}

/** What samples say together of a domain. `open`: drawn cases not scored yet. `waiting`: samples left out, since of a stratum that the domain is in nothing is scored. */
export interface Pool {
  readonly observations: readonly PooledCase[];
  readonly drawn: number;
  readonly open: number;
  readonly waiting: readonly number[];
}

/** Of samples that share a seed and cases, keeps the one scored furthest: they drew the same cases, and are no two samples. */
export function independent(samples: readonly SurveyedSample[]): SurveyedSample[] {
  const furthestFirst = samples.toSorted((a, b) => b.scored - a.scored || a.id - b.id);
  return furthestFirst.filter((one, index) =>
    furthestFirst.slice(0, index).every((other) => other.seed !== one.seed || !overlap(other.frame, one.frame)),
  );
}

const rateOf = ({ scored, size }: SurveyedSample) => scored / size;

/**
 * Joins samples, which may have been drawn from the same cases, into one survey of a domain: a case that several could have
 * drawn is shared by them in proportion to their sampling rates, so that no part of the population counts twice (multiplicity
 * of frames: Kalton & Anderson 1986, J. R. Stat. Soc. A 149:65–82; Mecatti 2007, Survey Methodology 33:151–157). Which samples
 * could have drawn it is told by their frames, not by what they drew.
 */
export function poolOf(samples: readonly SurveyedSample[], isIn: (one: SurveyedCase) => boolean): Pool {
  const own = independent(samples).map((sample) => ({ sample, cases: sample.cases.filter(isIn) }));
  const isCovered = ({ sample, cases }: (typeof own)[number]) =>
    sample.scored > 0 && cases.every(({ stratum }) => (sample.strata.get(stratum)?.scored ?? 0) > 0);
  const usable = own.filter(isCovered);
  const drawn = own.flatMap(({ cases }) => cases);
  const observations = usable.flatMap(({ sample, cases }) => {
    const others = usable.filter((one) => one.sample !== sample).map((one) => one.sample);
    const strata = new Map([...sample.strata].map(([name, progress]) => [name, stratumOf(name, progress)]));
    return cases.flatMap((surveyed): PooledCase[] => {
      const stratum = strata.get(surveyed.stratum);
      const { caseId, scored } = surveyed;
      if (!scored || !stratum) return [];
      const rivals = others.filter(({ frame }) => isInFrame(frame, surveyed));
      const rates = rivals.reduce((sum, other) => sum + rateOf(other), rateOf(sample));
      return [{ caseId, stratum, share: rateOf(sample) / rates, value: scored.score, surveyed, scored }];
    });
  });
  return {
    observations,
    drawn: drawn.length,
    open: drawn.filter(({ scored }) => scored === null).length,
    waiting: own.filter((one) => one.cases.length > 0 && !isCovered(one)).map(({ sample }) => sample.id),
  };
}

function stratumOf(name: string, { size, scored }: StratumProgress): SurveyStratum {
  return { name, scored, populationSize: size, weight: scored === 0 ? 0 : size / scored };
}
