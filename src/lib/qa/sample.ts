import { drawOrder } from './draw_order.ts';
import { portableHash, type Hash } from './hash.ts';
import { strataOf, type Population, type StratumSize } from './population.ts';

/** How many to draw: from the population as one, or from each of its strata. */
export type Design =
  | { readonly kind: 'simple'; readonly size: number }
  | { readonly kind: 'stratified'; readonly sizes: readonly StratumSize[] };

/** A case drawn: the stratum of the design it was drawn in, and its place (from 1) in the order of draws there. */
export interface SampledCase {
  readonly caseId: string;
  readonly stratum: string;
  readonly place: number;
}

/** A case given up for the next draw of its stratum; who gives it up records the reason. */
export interface Replacement {
  readonly caseId: string;
  readonly by: string;
}

/**
 * A random sample and all that is needed to draw it again. `strata` are those of the design with the sizes they have in the
 * population; a simple design has one, named ''.
 */
export interface Sample {
  readonly seed: string;
  readonly populationHash: string;
  readonly design: Design;
  readonly strata: readonly StratumSize[];
  readonly cases: readonly SampledCase[];
  readonly replaced: readonly Replacement[];
}

/** A design that a population does not allow: a stratum left out, unknown, or with fewer cases than wanted. */
export class DesignError extends Error {
  override readonly name = 'DesignError';
}

/** A population that is no longer the one a sample was drawn from. */
export class ChangedPopulationError extends Error {
  override readonly name = 'ChangedPopulationError';

  constructor(sample: Sample, population: Population) {
    super(
      `the sample was drawn from population ${sample.populationHash}, this one is ${population.hash}: ` +
        'cases joined, left or changed their stratum since; draw a new sample, or use the list kept with it',
    );
  }
}

function wantedSizes(design: Design, strata: readonly StratumSize[]): ReadonlyMap<string, number> {
  const sizes = design.kind === 'simple' ? [{ stratum: '', size: design.size }] : design.sizes;
  const wanted = new Map(sizes.map(({ stratum, size }) => [stratum, size]));
  for (const stratum of wanted.keys())
    if (strata.every((one) => one.stratum !== stratum))
      throw new DesignError(`stratum ${JSON.stringify(stratum)} has no case in the population`);
  for (const { stratum, size } of strata) {
    const asked = wanted.get(stratum) ?? 0;
    if (!Number.isInteger(asked) || asked < 1 || asked > size)
      throw new DesignError(`stratum ${JSON.stringify(stratum)}: ${asked} cases asked for, 1 to ${size} can be drawn`);
  }
  return wanted;
}

/** Lists the cases of a design's strata in the order in which the seed draws them. */
function draws(population: Population, design: Design, seed: string, hash: Hash): SampledCase[] {
  const places = new Map<string, number>();
  return drawOrder(population.cases, seed, hash).map(({ caseId, stratum: own }) => {
    const stratum = design.kind === 'simple' ? '' : own;
    const place = (places.get(stratum) ?? 0) + 1;
    places.set(stratum, place);
    return { caseId, stratum, place };
  });
}

/** Draws a sample; the same population, seed and design give the same cases on any machine. Errors: DesignError. */
export function drawSample(population: Population, seed: string, design: Design, hash: Hash = portableHash): Sample {
  const strata = design.kind === 'simple' ? [{ stratum: '', size: population.cases.length }] : strataOf(population);
  const wanted = wantedSizes(design, strata);
  const cases = draws(population, design, seed, hash).filter(
    ({ stratum, place }) => place <= (wanted.get(stratum) ?? 0),
  );
  return { seed, populationHash: population.hash, design, strata, cases, replaced: [] };
}

/**
 * Gives up a case of a sample for the next one in its stratum's order of draws; null where the stratum has none left. Only
 * reasons that have nothing to do with how good the case is keep the sample random. Errors: ChangedPopulationError.
 */
export function replaceCase(
  population: Population,
  sample: Sample,
  caseId: string,
  hash: Hash = portableHash,
): Sample | null {
  if (population.hash !== sample.populationHash) throw new ChangedPopulationError(sample, population);
  const index = sample.cases.findIndex((one) => one.caseId === caseId);
  const given = sample.cases[index];
  if (given === undefined) throw new DesignError(`case ${caseId} is not in the sample`);
  const spent = new Set([...sample.cases, ...sample.replaced].map((one) => one.caseId));
  const next = draws(population, sample.design, sample.seed, hash).find(
    (one) => one.stratum === given.stratum && !spent.has(one.caseId),
  );
  if (next === undefined) return null;
  return {
    ...sample,
    cases: sample.cases.with(index, next),
    replaced: [...sample.replaced, { caseId, by: next.caseId }],
  };
}

/** Draws a sample again from what it says of itself, replacements included. Errors: ChangedPopulationError, DesignError. */
export function redraw(population: Population, sample: Sample, hash: Hash = portableHash): Sample {
  if (population.hash !== sample.populationHash) throw new ChangedPopulationError(sample, population);
  return sample.replaced.reduce<Sample>(
    (drawn, { caseId }) => {
      const next = replaceCase(population, drawn, caseId, hash);
      if (next === null) throw new DesignError(`no case is left to replace ${caseId}`);
      return next;
    },
    drawSample(population, sample.seed, sample.design, hash),
  );
}
