import { portableHash, type Hash } from './hash.ts';

/** A case that may be drawn and the stratum it is drawn in; '' where the population is not divided. */
export interface PopulationCase {
  readonly caseId: string;
  readonly stratum: string;
}

/** The cases a sample is drawn from, by id in order of code units, and the hash that tells whether they are still the same. */
export interface Population {
  readonly cases: readonly PopulationCase[];
  readonly hash: string;
}

export interface StratumSize {
  readonly stratum: string;
  readonly size: number;
}

/** A population that lists a case twice. */
export class DuplicateCaseError extends Error {
  override readonly name = 'DuplicateCaseError';

  constructor(caseId: string) {
    super(`case ${caseId} is in the population twice: a case belongs to one stratum`);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Makes a population of cases in any order. Its hash is SHA-256 of one line a case, the JSON array [caseId, stratum] and a line
 * feed, so that anybody with the list can compute it. Errors: DuplicateCaseError.
 */
export function populationOf(cases: readonly PopulationCase[], hash: Hash = portableHash): Population {
  const ordered = cases.toSorted((a, b) => compare(a.caseId, b.caseId));
  const twice = ordered.find(({ caseId }, index) => caseId === ordered[index + 1]?.caseId);
  if (twice !== undefined) throw new DuplicateCaseError(twice.caseId);
  const lines = ordered.map(({ caseId, stratum }) => `${JSON.stringify([caseId, stratum])}\n`);
  return { cases: ordered, hash: hash(lines.join('')) };
}

/** Counts the cases of each stratum, strata in order of code units. */
export function strataOf(population: Population): StratumSize[] {
  const sizes = new Map<string, number>();
  for (const { stratum } of population.cases) sizes.set(stratum, (sizes.get(stratum) ?? 0) + 1);
  return [...sizes].map(([stratum, size]) => ({ stratum, size })).toSorted((a, b) => compare(a.stratum, b.stratum));
}
