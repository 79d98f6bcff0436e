import { hash as nodeHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { allocate, allocateNeyman, type StratumSpread } from '#lib/qa/allocation.ts';
import { populationOf, type Population } from '#lib/qa/population.ts';
import { randomIndexes } from '#lib/qa/random.ts';
import type { RandomReview } from '#lib/qa/reviews.ts';
import { drawSample, type Design } from '#lib/qa/sample.ts';
import { isThorough } from '../thorough.ts';
import { estimateMean } from './qa_single_sample.ts';

const sha256 = (text: string) => nodeHash('sha256', text);

/** A stratum whose true quality is known: how likely a level is reached, how often a red line is crossed. */
interface Stratum {
  readonly size: number;
  readonly quality: number;
  readonly zeroed: number;
}

interface World {
  readonly population: Population;
  readonly spreads: readonly StratumSpread[];
  readonly scores: ReadonlyMap<string, number>;
  readonly agents: ReadonlyMap<string, string>;
  readonly canBeZeroed: boolean;
}

const criteria = [
  { weight: 10, steps: 2 },
  { weight: 20, steps: 4 },
  { weight: 10, steps: 2 },
  { weight: 20, steps: 2 },
  { weight: 20, steps: 3 },
  { weight: 10, steps: 4 },
  { weight: 10, steps: 2 },
];

const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Makes a world of scored cases; scores come from seven criteria like those of the default card, cases being easy or hard. */
function worldOf(name: string, strata: readonly Stratum[]): World {
  const index = randomIndexes(name);
  const chance = () => index(1_000_000) / 1_000_000;
  const scores = new Map<string, number>();
  const agents = new Map<string, string>();
  const scoreOf = ({ quality, zeroed }: Stratum) => {
    if (chance() < zeroed) return 0;
    const ease = quality ** (0.25 + 1.5 * chance());
    const points = criteria.map(({ weight, steps }) => {
      const reached = Array.from({ length: steps }).filter(() => chance() < ease).length;
      return (weight * reached) / steps;
    });
    return points.reduce((sum, one) => sum + one, 0);
  };
  const cases = strata.flatMap((stratum, which) =>
    Array.from({ length: stratum.size }, (_, at) => {
      const caseId = `${which}/${at}`;
      scores.set(caseId, scoreOf(stratum));
      agents.set(caseId, chance() < 0.5 ? 'an' : 'li');
      return { caseId, stratum: `stratum ${which}` };
    }),
  );
  const spreads = strata.map(({ size }, which) => {
    const own = cases
      .filter(({ stratum }) => stratum === `stratum ${which}`)
      .map(({ caseId }) => scores.get(caseId) ?? 0);
    const deviation = Math.sqrt(mean(own.map((score) => (score - mean(own)) ** 2)));
    return { stratum: `stratum ${which}`, size, deviation };
  });
  const canBeZeroed = strata.some(({ zeroed }) => zeroed > 0);
  return { population: populationOf(cases, sha256), spreads, scores, agents, canBeZeroed };
}

const designs = {
  simple: (_: World, size: number): Design => ({ kind: 'simple', size }),
  proportional: ({ spreads }: World, size: number): Design => ({
    kind: 'stratified',
    sizes: allocate('proportional', spreads, size),
  }),
  equal: ({ spreads }: World, size: number): Design => ({
    kind: 'stratified',
    sizes: allocate('equal', spreads, size),
  }),
  neyman: ({ spreads }: World, size: number): Design => ({ kind: 'stratified', sizes: allocateNeyman(spreads, size) }),
};
type DesignName = keyof typeof designs;

interface Coverage {
  readonly covered: number;
  readonly width: number;
  readonly bias: number;
}

function reviewOf({ scores }: World, caseId: string): RandomReview {
  return { kind: 'random', caseId, reviewerId: 'r', score: scores.get(caseId) ?? NaN, lost: [] };
}

/** Draws again and again and counts how often the interval covers the truth: that of everybody, or of one agent's cases. */
function coverageOf(
  name: string,
  world: World,
  design: DesignName,
  size: number,
  draws: number,
  agent?: string,
): Coverage {
  const own = [...world.scores].filter(([caseId]) => agent === undefined || world.agents.get(caseId) === agent);
  const truth = mean(own.map(([, score]) => score));
  const plan = designs[design](world, size);
  const estimates = Array.from({ length: draws }, (_, draw) => {
    const sample = drawSample(world.population, `${name} ${design} ${size} ${draw}`, plan, sha256);
    const reviews = sample.cases.map(({ caseId }) => reviewOf(world, caseId));
    const isIn = (caseId: string) => agent === undefined || world.agents.get(caseId) === agent;
    return estimateMean(sample, reviews, world, isIn);
  }).flatMap((estimate) => (estimate.kind === 'estimate' ? [estimate] : []));
  const covered = estimates.filter(({ interval }) => interval.low <= truth && truth <= interval.high);
  return {
    covered: covered.length / estimates.length,
    width: mean(estimates.map(({ interval }) => interval.high - interval.low)),
    bias: mean(estimates.map((estimate) => estimate.mean)) - truth,
  };
}

const worlds = {
  'without red lines': worldOf('plain', [
    { size: 150, quality: 0.96, zeroed: 0 },
    { size: 100, quality: 0.88, zeroed: 0 },
    { size: 50, quality: 0.7, zeroed: 0 },
  ]),
  'with red lines crossed in 2 to 6 %': worldOf('red', [
    { size: 150, quality: 0.96, zeroed: 0.02 },
    { size: 100, quality: 0.88, zeroed: 0.03 },
    { size: 50, quality: 0.7, zeroed: 0.06 },
  ]),
};
const known = new Map<string, Coverage>();

/** What 1,000 samples of 100 cases come to, drawn once. */
function covering(name: keyof typeof worlds, design: DesignName, agent?: string): Coverage {
  const key = `${name} ${design} ${agent ?? ''}`;
  const coverage = known.get(key) ?? coverageOf(name, worlds[name], design, 100, 1000, agent);
  known.set(key, coverage);
  return coverage;
}

const worldNames = ['without red lines', 'with red lines crossed in 2 to 6 %'] as const;

describe.each(worldNames)('1,000 samples of 100 cases %s', (name) => {
  test.each(['simple', 'proportional', 'neyman'] as const)(
    'of %s design: the interval covers the true mean in 93 to 97 %, and the mean is unbiased',
    (design) => {
      const { covered, bias } = covering(name, design);
      expect(covered).toBeGreaterThanOrEqual(0.93);
      expect(covered).toBeLessThanOrEqual(0.97);
      expect(Math.abs(bias)).toBeLessThan(0.2);
    },
  );

  test('are narrower stratified than simple, narrowest by Neyman', () => {
    const simple = covering(name, 'simple').width;
    expect(covering(name, 'proportional').width).toBeLessThan(0.92 * simple);
    expect(covering(name, 'neyman').width).toBeLessThan(covering(name, 'proportional').width);
  });
});

test('an agent’s cases within a sample have an interval that covers their true mean in 93 to 97 %', () => {
  const { covered, bias } = covering('without red lines', 'simple', 'an');
  expect(covered).toBeGreaterThanOrEqual(0.93);
  expect(covered).toBeLessThanOrEqual(0.97);
  expect(Math.abs(bias)).toBeLessThan(0.2);
});

test('cases picked for risk, taken for random ones, would miss the truth nearly always', () => {
  const world = worlds['with red lines crossed in 2 to 6 %'];
  const index = randomIndexes('risk');
  const truth = mean([...world.scores.values()]);
  const samples = Array.from({ length: 200 }, (_, draw) => {
    const drawn = drawSample(world.population, `risk ${draw}`, { kind: 'simple', size: 60 }, sha256);
    // The worse the service, the sooner somebody complains.
    const suspicions = world.population.cases.map(({ caseId }) => ({
      caseId,
      suspicion: index(60) - (world.scores.get(caseId) ?? 0),
    }));
    const suspected = suspicions.toSorted((a, b) => b.suspicion - a.suspicion).slice(0, 60);
    const picked = { ...drawn, cases: suspected.map(({ caseId }, at) => ({ caseId, stratum: '', place: at + 1 })) };
    return estimateMean(
      picked,
      suspected.map(({ caseId }) => reviewOf(world, caseId)),
      world,
    );
  }).flatMap((estimate) => (estimate.kind === 'estimate' ? [estimate] : []));
  const covering = samples.filter(({ interval }) => interval.low <= truth && truth <= interval.high);
  expect(samples).toHaveLength(200);
  expect(covering.length).toBeLessThan(2);
  expect(mean(samples.map((estimate) => estimate.mean))).toBeLessThan(truth - 10);
});

if (isThorough)
  describe('samples of any size', () => {
    const more = {
      ...worlds,
      'of nearly perfect service': worldOf('near', [
        { size: 300, quality: 0.99, zeroed: 0.02 },
        { size: 200, quality: 0.98, zeroed: 0.02 },
        { size: 100, quality: 0.97, zeroed: 0.02 },
      ]),
      'with red lines crossed in 5 % everywhere': worldOf('five', [
        { size: 300, quality: 0.95, zeroed: 0.05 },
        { size: 300, quality: 0.85, zeroed: 0.05 },
      ]),
      'of eight strata': worldOf(
        'many',
        [200, 150, 100, 80, 50, 30, 20, 6].map((size, at) => ({ size, quality: 0.97 - 0.035 * at, zeroed: 0.02 })),
      ),
    };
    const grid = Object.entries(more).flatMap(([name, world]) =>
      (['simple', 'proportional', 'neyman'] as const).flatMap((design) =>
        [20, 30, 60, 200].map((size) => ({ name, world, design, size })),
      ),
    );

    test.each(grid)(
      '$name, $design, $size cases: the interval covers the true mean in 93 to 98 %',
      ({ name, world, design, size }) => {
        const { covered, bias } = coverageOf(name, world, design, size, 1000);
        expect(covered).toBeGreaterThanOrEqual(0.93);
        expect(covered).toBeLessThanOrEqual(0.98);
        expect(Math.abs(bias)).toBeLessThan(0.4);
      },
    );
  });
