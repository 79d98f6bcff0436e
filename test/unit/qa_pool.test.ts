import { hash as nodeHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { estimateOf } from '#lib/qa/estimate.ts';
import { isInFrame, overlap, type Frame } from '#lib/qa/frame.ts';
import { independent, poolOf, type SurveyedCase, type SurveyedSample } from '#lib/qa/pool.ts';
import { populationOf } from '#lib/qa/population.ts';
import { randomIndexes } from '#lib/qa/random.ts';
import { drawSample, type Design } from '#lib/qa/sample.ts';
import { weightOf } from '#lib/qa/weighted_mean.ts';

const sha256 = (text: string) => nodeHash('sha256', text);
const plain = { canBeZeroed: false };
const zeroed = { canBeZeroed: true };
const everybody = () => true;
const october: Frame = { period: { from: '2026-10-01', to: '2026-11-01' }, brands: null, vendors: null };
const onlySuda: Frame = { ...october, vendors: ['suda'] };

interface Truth {
  readonly caseId: string;
  readonly vendorId: string;
  readonly agentId: string;
  readonly startedOn: string;
  readonly score: number;
}

/** 600 cases of suda, which is better, and 300 of anhe; agents are spread over both halves of the month. */
function worldOf(seed: string): Truth[] {
  const index = randomIndexes(seed);
  return Array.from({ length: 900 }, (_, at) => {
    const vendorId = at < 600 ? 'suda' : 'anhe';
    const score = index(100) < 4 ? 0 : (vendorId === 'suda' ? 80 : 55) + index(21);
    const startedOn = `2026-10-${String(1 + index(30)).padStart(2, '0')}`;
    return { caseId: `c${at}`, vendorId, agentId: `${vendorId}-${index(3)}`, startedOn, score };
  });
}

/** Draws a sample from a frame of a world; `scoredOf` leaves the scores of some cases out. */
function survey(
  world: readonly Truth[],
  id: number,
  frame: Frame,
  design: (sizes: ReadonlyMap<string, number>) => Design,
  { strata = () => '', scoredOf = () => true, seed = `seed ${id}` } = {} as {
    strata?: (one: Truth) => string;
    scoredOf?: (one: Truth) => boolean;
    seed?: string;
  },
): SurveyedSample {
  const framed = world.filter((one) => isInFrame(frame, { ...one, brandId: 'b' }));
  const cases = framed.map((one) => ({ caseId: one.caseId, stratum: strata(one) }));
  const sizes = new Map([...Map.groupBy(cases, ({ stratum }) => stratum)].map(([name, list]) => [name, list.length]));
  const sample = drawSample(populationOf(cases, sha256), seed, design(sizes), sha256);
  const byId = new Map(world.map((one) => [one.caseId, one]));
  const drawn = sample.cases.flatMap(({ caseId, stratum }): SurveyedCase[] => {
    const one = byId.get(caseId);
    if (!one) return [];
    const lost = one.score < 100 ? [{ criterionId: 'tone', rootCauseId: null, points: 100 - one.score }] : [];
    const scored = { caseId, reviews: 1, score: one.score, zeroed: one.score === 0 ? 1 : 0, lost };
    return [{ ...one, brandId: 'b', stratum, scored: scoredOf(one) ? scored : null }];
  });
  const scoredIn = (name: string) => drawn.filter((one) => one.stratum === name && one.scored).length;
  return {
    id,
    seed,
    frame,
    strata: new Map(sample.strata.map(({ stratum, size }) => [stratum, { size, scored: scoredIn(stratum) }])),
    size: framed.length,
    scored: drawn.filter(({ scored }) => scored).length,
    cases: drawn,
  };
}

const simple = (size: number) => (): Design => ({ kind: 'simple', size });
const equally =
  (each: number) =>
  (sizes: ReadonlyMap<string, number>): Design => ({
    kind: 'stratified',
    sizes: [...sizes.keys()].sort().map((stratum) => ({ stratum, size: each })),
  });

const world = worldOf('world');

describe('a pool', () => {
  test('of disjoint samples weighs them by their populations', () => {
    const suda = survey(world, 1, onlySuda, simple(30));
    const anhe = survey(world, 2, { ...october, vendors: ['anhe'] }, simple(60));
    const pool = poolOf([suda, anhe], everybody);
    const meanOf = ({ cases }: SurveyedSample) =>
      cases.reduce((sum, { scored }) => sum + (scored?.score ?? 0), 0) / cases.length;
    const estimate = estimateOf(pool.observations, plain);
    expect(estimate.kind === 'estimate' && estimate.mean).toBeCloseTo(
      (600 * meanOf(suda) + 300 * meanOf(anhe)) / 900,
      10,
    );
    expect(pool.observations.every(({ share }) => share === 1)).toBe(true);
  });

  test('counts no part of the population twice where samples overlap', () => {
    const all = survey(world, 1, october, simple(450));
    const suda = survey(world, 2, onlySuda, simple(300));
    const { observations } = poolOf([all, suda], everybody);
    const weightIn = (vendorId: string) =>
      observations
        .filter(({ surveyed }) => surveyed.vendorId === vendorId)
        .reduce((sum, one) => sum + weightOf(one), 0);
    // Both draw every other case of suda: each stands for half of what it would alone.
    expect(observations.filter(({ surveyed }) => surveyed.vendorId === 'anhe').every(({ share }) => share === 1)).toBe(
      true,
    );
    expect(
      observations.filter(({ surveyed }) => surveyed.vendorId === 'suda').every(({ share }) => share === 0.5),
    ).toBe(true);
    expect(weightIn('suda')).toBeGreaterThan(540);
    expect(weightIn('suda')).toBeLessThan(660);
  });

  test('counts a case that two samples drew as one of n', () => {
    const first = survey(world, 1, onlySuda, simple(590));
    const second = survey(world, 2, onlySuda, simple(590));
    const { observations } = poolOf([first, second], everybody);
    expect(observations).toHaveLength(1180);
    expect(estimateOf(observations, plain).n).toBeLessThanOrEqual(600);
  });

  test('takes samples of one seed and the same cases for one, the one scored furthest', () => {
    const whole = survey(world, 1, october, simple(60), { seed: 's' });
    const part = survey(world, 2, onlySuda, simple(40), { seed: 's' });
    const other = survey(world, 3, { ...october, vendors: ['anhe'] }, simple(10));
    expect(independent([part, whole, other]).map(({ id }) => id)).toEqual([1, 3]);
    const anhe = survey(world, 4, { ...october, vendors: ['anhe'] }, simple(10), { seed: 's' });
    expect(independent([part, anhe]).map(({ id }) => id)).toEqual([2, 4]);
  });

  test('leaves a sample out of a domain while a stratum it is in has nothing scored, and says so', () => {
    const strata = ({ vendorId }: Truth) => vendorId;
    const half = survey(world, 1, october, equally(40), { strata, scoredOf: ({ vendorId }) => vendorId === 'suda' });
    const suda = poolOf([half], ({ vendorId }) => vendorId === 'suda');
    expect([suda.observations.length, suda.drawn, suda.open, suda.waiting]).toEqual([40, 40, 0, []]);
    const all = poolOf([half], everybody);
    expect([all.observations.length, all.drawn, all.open, all.waiting]).toEqual([0, 80, 40, [1]]);
  });

  test('is the same for who sees a part of a sample’s cases', () => {
    const isSuda = ({ vendorId }: { vendorId: string | null }) => vendorId === 'suda';
    const samples = [
      survey(world, 1, october, simple(300), { scoredOf: ({ caseId }) => !caseId.endsWith('7') }),
      survey(world, 2, onlySuda, simple(100)),
    ];
    const seen = samples.map((sample) => ({ ...sample, cases: sample.cases.filter(isSuda) }));
    const whole = poolOf(samples, isSuda);
    const part = poolOf(seen, everybody);
    expect(estimateOf(part.observations, zeroed)).toEqual(estimateOf(whole.observations, zeroed));
  });
});

describe('frames', () => {
  test('overlap where period, brand and vendor do', () => {
    expect(overlap(october, onlySuda)).toBe(true);
    expect(overlap(onlySuda, { ...october, vendors: ['anhe'] })).toBe(false);
    expect(overlap(october, { ...october, period: { from: '2026-11-01', to: '2026-12-01' } })).toBe(false);
  });

  test('of some vendors do not hold cases of none', () => {
    const one = { brandId: 'b', vendorId: null, startedOn: '2026-10-31' };
    expect([isInFrame(october, one), isInFrame(onlySuda, one)]).toEqual([true, false]);
    expect(isInFrame(october, { ...one, startedOn: '2026-11-01' })).toBe(false);
  });
});

describe('1,000 pools of overlapping samples', () => {
  const isOf = (agentId: string | null) => (one: { agentId: string | null }) =>
    agentId === null || one.agentId === agentId;
  const fortnight: Frame = { ...october, period: { from: '2026-10-16', to: '2026-11-01' } };

  test.each([
    ['everybody', null],
    ['an agent in two of them', 'suda-1'],
  ])('of %s: the interval covers the true mean in 93 to 98 %, and the mean is unbiased', (_, agentId) => {
    const own = world.filter(isOf(agentId));
    const truth = own.reduce((sum, { score }) => sum + score, 0) / own.length;
    const estimates = Array.from({ length: 1000 }, (__, draw) => {
      const samples = [
        survey(world, 1, october, equally(30), { strata: ({ vendorId }) => vendorId, seed: `a ${draw}` }),
        survey(world, 2, onlySuda, simple(80), { seed: `b ${draw}` }),
        survey(world, 3, fortnight, simple(40), { seed: `c ${draw}` }),
      ];
      const estimate = estimateOf(poolOf(samples, isOf(agentId)).observations, zeroed);
      return estimate.kind === 'estimate' ? [estimate] : [];
    }).flat();
    const covered = estimates.filter(({ interval }) => interval.low <= truth && truth <= interval.high).length;
    expect(estimates.length).toBeGreaterThan(950);
    expect(covered / estimates.length).toBeGreaterThanOrEqual(0.93);
    expect(covered / estimates.length).toBeLessThanOrEqual(0.98);
    const mean = estimates.reduce((sum, one) => sum + one.mean, 0) / estimates.length;
    expect(Math.abs(mean - truth)).toBeLessThan(0.3);
  });
});
