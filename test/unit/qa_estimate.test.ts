import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wilsonInterval } from '#lib/metrics/intervals.ts';
import type { DomainEstimate, ScoreEstimate, TooFew } from '#lib/qa/estimate.ts';
import { populationOf } from '#lib/qa/population.ts';
import { rank } from '#lib/qa/ranking.ts';
import { combineReviews, MixedReviewsError, type RandomReview, type Review, type RiskReview } from '#lib/qa/reviews.ts';
import { drawSample, type Design, type Sample } from '#lib/qa/sample.ts';
import { commonDeviation, spreadsOf } from '#lib/qa/spread.ts';
import { studentQuantile } from '#lib/qa/student.ts';
import { weightedMean } from '#lib/qa/weighted_mean.ts';
import { driversOf, estimateMean, poolOfSample } from './qa_single_sample.ts';

const plain = { canBeZeroed: false };
const zeroed = { canBeZeroed: true };

/** Draws from strata of given sizes; case ids are a1 …, b1 … . */
function sampleOf(sizes: Record<string, number>, design: Design): Sample {
  const cases = Object.entries(sizes).flatMap(([stratum, size]) =>
    Array.from({ length: size }, (_, index) => ({ caseId: `${stratum}${index + 1}`, stratum })),
  );
  return drawSample(populationOf(cases), 'seed', design);
}

const simple = (populationSize: number, size: number) => sampleOf({ a: populationSize }, { kind: 'simple', size });
const stratified = (sizes: Record<string, number>, drawn: Record<string, number>) =>
  sampleOf(sizes, {
    kind: 'stratified',
    sizes: Object.entries(drawn).map(([stratum, size]) => ({ stratum, size })),
  });

const review = (caseId: string, score: number, given: Partial<RandomReview> = {}): RandomReview => ({
  kind: 'random',
  caseId,
  reviewerId: 'r1',
  score,
  lost: [],
  ...given,
});

/** Reviews the cases of a sample with the scores given, in turn, those of each stratum in its own turn. */
function reviewsOf(sample: Sample, scores: Record<string, readonly number[]>): RandomReview[] {
  return sample.cases.flatMap(({ caseId, stratum, place }) => {
    const list = scores[stratum] ?? [];
    return [review(caseId, list[(place - 1) % list.length] ?? 0)];
  });
}

function numberOf(estimate: ScoreEstimate | TooFew) {
  if (estimate.kind !== 'estimate') throw new Error(`no estimate: ${estimate.kind}`);
  return estimate;
}

describe('Student’s t', () => {
  // The 97.5 % column of any printed table.
  test.each([
    [1, 12.7062],
    [2, 4.3027],
    [3, 3.1824],
    [4, 2.7764],
    [5, 2.5706],
    [10, 2.2281],
    [19, 2.093],
    [30, 2.0423],
    [60, 2.0003],
    [120, 1.9799],
    [Infinity, 1.96],
  ])('has the tabulated quantile for %d degrees of freedom', (degrees, quantile) => {
    expect(studentQuantile(degrees)).toBeCloseTo(quantile, 4);
  });

  test('has quantiles between whole degrees of freedom, falling, and none below 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 2, max: 500, noNaN: true }),
        (degrees) => studentQuantile(degrees) > studentQuantile(degrees + 0.5),
      ),
    );
    expect(() => studentQuantile(0.9)).toThrow(RangeError);
    expect(() => studentQuantile(NaN)).toThrow(RangeError);
  });
});

describe('a weighted mean', () => {
  test('weighs strata by their sizes; its variance is Cochran’s, its degrees of freedom Satterthwaite’s', () => {
    const sample = stratified({ a: 10, b: 30 }, { a: 2, b: 3 });
    const { observations } = poolOfSample(sample, reviewsOf(sample, { a: [80, 90], b: [60, 70, 80] }));
    const mean = weightedMean(observations);
    expect(mean?.mean).toBeCloseTo((10 * 85 + 30 * 70) / 40, 12);
    const ofA = 0.25 ** 2 * 0.8 * (50 / 2);
    const ofB = 0.75 ** 2 * 0.9 * (100 / 3);
    expect(mean?.variance).toBeCloseTo(ofA + ofB, 12);
    expect(mean?.degreesOfFreedom).toBeCloseTo((ofA + ofB) ** 2 / (ofA ** 2 / 1 + ofB ** 2 / 2), 10);
  });

  test('of a domain of a simple sample is its own mean, with the variance of a ratio', () => {
    const sample = simple(100, 6);
    const { observations } = poolOfSample(sample, reviewsOf(sample, { '': [70, 80, 90, 10, 20, 30] }));
    const domain = observations.filter(({ value }) => value >= 70);
    const mean = weightedMean(domain);
    expect(mean?.mean).toBeCloseTo(80, 12);
    // (1 − f) n ÷ (n − 1) × Σ (y − mean)² ÷ n_d²
    expect(mean?.variance).toBeCloseTo((0.94 * 6 * 200) / 5 / 9, 12);
    expect(mean?.degreesOfFreedom).toBeCloseTo(2, 12);
  });

  test('takes the distance from the mean for the spread of a stratum with a single scored case', () => {
    const sample = stratified({ a: 10, b: 10 }, { a: 1, b: 2 });
    const { observations } = poolOfSample(sample, reviewsOf(sample, { a: [60], b: [80, 90] }));
    // mean 72.5; a: 10 ÷ 20, distance 12.5; b: spread 50
    expect(weightedMean(observations)?.variance).toBeCloseTo(0.25 * 0.9 * 12.5 ** 2 + 0.25 * 0.8 * 25, 10);
  });

  test('does not exist without cases', () => {
    expect(weightedMean([])).toBeNull();
  });
});

describe('an estimate', () => {
  test('of reviews that pass or fail is Wilson’s, with the sample counted as t and the population allow', () => {
    const sample = simple(400, 40);
    const { mean, interval, n } = numberOf(estimateMean(sample, reviewsOf(sample, { '': [100, 100, 100, 0] }), plain));
    const size = (39 / 0.9) * (1.959963984540054 / studentQuantile(39)) ** 2;
    const wilson = wilsonInterval({ numerator: 0.75 * size, denominator: size });
    expect([mean, n]).toEqual([75, 40]);
    expect(interval.low).toBeCloseTo(100 * (wilson?.low ?? 0), 8);
    expect(interval.high).toBeCloseTo(100 * (wilson?.high ?? 0), 8);
  });

  test('of fewer than 20 scored cases is none', () => {
    const sample = simple(400, 20);
    const reviews = reviewsOf(sample, { '': [90, 80] });
    expect(estimateMean(sample, reviews.slice(1), plain)).toEqual({ kind: 'too_few', n: 19, needed: 20 });
    expect(estimateMean(sample, [], plain)).toEqual({ kind: 'too_few', n: 0, needed: 20 });
    expect(estimateMean(sample, reviews, plain).kind).toBe('estimate');
  });

  test('needs a scored case of every stratum', () => {
    const sample = stratified({ a: 100, b: 100 }, { a: 25, b: 2 });
    const reviews = reviewsOf(sample, { a: [90, 80], b: [70] });
    const ofA = reviews.filter(({ caseId }) => caseId.startsWith('a'));
    expect(estimateMean(sample, ofA, plain)).toEqual({ kind: 'too_few', n: 0, needed: 20 });
    expect(poolOfSample(sample, ofA)).toMatchObject({ observations: [], open: 2, waiting: [1] });
  });

  test('of a fully reviewed population is certain', () => {
    const sample = simple(24, 24);
    const reviews = reviewsOf(sample, { '': [90, 80, 0] });
    for (const scoring of [plain, zeroed]) {
      const { mean, interval } = numberOf(estimateMean(sample, reviews, scoring));
      expect(interval.low).toBeCloseTo(mean, 10);
      expect(interval.high).toBeCloseTo(mean, 10);
    }
  });

  test('is not certain because all reviews are alike', () => {
    const sample = simple(400, 30);
    const { mean, interval } = numberOf(estimateMean(sample, reviewsOf(sample, { '': [100] }), plain));
    expect([mean, interval.high]).toEqual([100, 100]);
    expect(interval.low).toBeLessThan(90);
  });

  test('reaches further down when reviews can be zeroed, though none was', () => {
    const sample = simple(400, 30);
    const reviews = reviewsOf(sample, { '': [95, 90, 85] });
    const without = numberOf(estimateMean(sample, reviews, plain));
    const withZeros = numberOf(estimateMean(sample, reviews, zeroed));
    expect(withZeros.mean).toBe(without.mean);
    expect(withZeros.interval.low).toBeLessThan(without.interval.low - 5);
    expect(withZeros.interval.high).toBeCloseTo(without.interval.high, 10);
  });

  test('of nothing but zeros has an interval from 0', () => {
    const sample = simple(400, 30);
    const { mean, interval } = numberOf(estimateMean(sample, reviewsOf(sample, { '': [0] }), zeroed));
    expect([mean, interval.low]).toEqual([0, 0]);
    expect(interval.high).toBeGreaterThan(5);
  });

  const scores = fc.array(fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(0, 100)), {
    minLength: 20,
    maxLength: 60,
  });

  test('lies in its interval, and that within 0 and 100', () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: 0, max: 200 }), fc.boolean(), (given, more, canBeZeroed) => {
        const sample = simple(given.length + more, given.length);
        const { mean, interval } = numberOf(estimateMean(sample, reviewsOf(sample, { '': given }), { canBeZeroed }));
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.low).toBeLessThanOrEqual(mean);
        expect(interval.high).toBeGreaterThanOrEqual(mean);
        expect(interval.high).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('does not depend on the order of reviews', () => {
    fc.assert(
      fc.property(scores, fc.boolean(), (given, canBeZeroed) => {
        const sample = simple(300, given.length);
        const reviews = reviewsOf(sample, { '': given });
        const there = numberOf(estimateMean(sample, reviews, { canBeZeroed }));
        const back = numberOf(estimateMean(sample, reviews.toReversed(), { canBeZeroed }));
        expect(back.mean).toBeCloseTo(there.mean, 9);
        expect(back.interval.low).toBeCloseTo(there.interval.low, 9);
      }),
    );
  });
});

describe('a case scored twice', () => {
  test('counts once, with the mean of its scores and lost points', () => {
    const lost = [{ criterionId: 'tone', rootCauseId: null, points: 20 }];
    expect(
      combineReviews([review('a1', 80, { lost }), review('a2', 70), review('a1', 100, { reviewerId: 'r2' })]),
    ).toEqual([
      {
        caseId: 'a1',
        reviews: 2,
        score: 90,
        zeroed: 0,
        lost: [{ criterionId: 'tone', rootCauseId: null, points: 10 }],
      },
      { caseId: 'a2', reviews: 1, score: 70, zeroed: 0, lost: [] },
    ]);
  });

  test('makes no sample larger', () => {
    const sample = simple(400, 19);
    const reviews = reviewsOf(sample, { '': [90, 80] });
    const second = reviews.map((one) => ({ ...one, reviewerId: 'r2' }));
    expect(estimateMean(sample, [...reviews, ...second], plain)).toEqual({ kind: 'too_few', n: 19, needed: 20 });
  });
});

describe('reviews of risk and calibration', () => {
  const risk: RiskReview = { ...review('a1', 20), kind: 'risk' };
  const mixed: Review[] = [review('a2', 90), risk, { ...review('a3', 60), kind: 'calibration' }];

  test('never estimate anything, by type and when run', () => {
    // @ts-expect-error a risk review is no random one
    expect(() => combineReviews([risk])).toThrow(MixedReviewsError);
    // @ts-expect-error neither is a mixture
    expect(() => estimateMean(simple(40, 20), mixed, plain)).toThrow(MixedReviewsError);
  });
});

describe('domains within a sample', () => {
  const sample = simple(600, 90);
  const reviews = sample.cases.map(({ caseId, place }) =>
    review(caseId, place % 3 === 0 ? 60 + (place % 5) : 90 + (place % 7)),
  );
  const agentOf = (caseId: string) => {
    const place = sample.cases.find((one) => one.caseId === caseId)?.place ?? 0;
    return place > 85 ? null : place % 3 === 0 ? 'li' : place % 9 === 1 ? 'wu' : 'an';
  };
  const domains = ['an', 'li', 'wu'].map((domain): DomainEstimate => ({
    domain,
    estimate: estimateMean(sample, reviews, plain, (caseId) => agentOf(caseId) === domain),
  }));

  test('have estimates of their own, or too few cases; cases of none are in none', () => {
    expect(domains.map(({ domain, estimate }) => [domain, estimate.kind, estimate.n])).toEqual([
      ['an', 'estimate', 47],
      ['li', 'estimate', 28],
      ['wu', 'too_few', 10],
    ]);
  });

  test('are ranked where their intervals separate them', () => {
    const { groups, unranked } = rank(domains);
    expect(groups.map((group) => group.map(({ domain }) => domain))).toEqual([['an'], ['li']]);
    expect(unranked.map(({ domain }) => domain)).toEqual(['wu']);
  });

  const of = (domain: string, low: number, mean: number, high: number): DomainEstimate => ({
    domain,
    estimate: { kind: 'estimate', mean, interval: { low, high }, standardError: 1, n: 30 },
  });

  test('form one group as long as a chain of overlaps joins them', () => {
    const names = rank([of('d', 40, 50, 60), of('a', 85, 90, 92), of('c', 70, 80, 84), of('b', 80, 88, 95)]).groups.map(
      (group) => group.map(({ domain }) => domain),
    );
    expect(names).toEqual([['a', 'b', 'c'], ['d']]);
    expect(rank([]).groups).toEqual([]);
  });

  test('of a better group have wholly higher intervals than any of a worse one, and groups cannot be parted further', () => {
    const bounds = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 30 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(bounds, (given) => {
        const { groups } = rank(given.map(([low, width], index) => of(`d${index}`, low, low + width / 2, low + width)));
        const lowest = groups.map((group) => Math.min(...group.map(({ estimate }) => estimate.interval.low)));
        const highest = groups.map((group) => Math.max(...group.map(({ estimate }) => estimate.interval.high)));
        groups.slice(1).forEach((_, index) => expect(highest[index + 1]).toBeLessThan(lowest[index] ?? 0));
        for (const group of groups) {
          const cuts = group.map(({ estimate }) => estimate.interval.low);
          for (const cut of cuts) {
            const below = group.filter(({ estimate }) => estimate.interval.high < cut);
            const across = group.filter(({ estimate }) => estimate.interval.low < cut && estimate.interval.high >= cut);
            expect(below.length === 0 || across.length > 0).toBe(true);
          }
        }
      }),
    );
  });
});

describe('drivers', () => {
  const lost = (criterionId: string, rootCauseId: string | null, points: number) => ({
    criterionId,
    rootCauseId,
    points,
  });
  const sample = stratified({ a: 300, b: 100 }, { a: 10, b: 10 });
  const stratumOf = new Map(sample.cases.map(({ caseId, stratum }) => [caseId, stratum]));
  const reviews = sample.cases.map(({ caseId, stratum }) =>
    stratum === 'a'
      ? review(caseId, 90, { lost: [lost('rule', 'unknown', 10)] })
      : review(caseId, 60, { lost: [lost('tone', null, 30), lost('rule', 'outdated', 10)] }),
  );

  test('weigh each case for its stratum, most first, by criterion and by root cause', () => {
    expect(new Set(stratumOf.values())).toEqual(new Set(['a', 'b']));
    expect(driversOf(sample, reviews)).toEqual({
      kind: 'drivers',
      n: 20,
      criteria: [
        {
          criterionId: 'rule',
          points: expect.closeTo(10, 10),
          share: expect.closeTo(10 / 17.5, 10),
          cases: 20,
          causes: [
            {
              rootCauseId: 'unknown',
              points: expect.closeTo(7.5, 10),
              share: expect.closeTo(7.5 / 17.5, 10),
              cases: 10,
            },
            {
              rootCauseId: 'outdated',
              points: expect.closeTo(2.5, 10),
              share: expect.closeTo(2.5 / 17.5, 10),
              cases: 10,
            },
          ],
        },
        {
          criterionId: 'tone',
          points: expect.closeTo(7.5, 10),
          share: expect.closeTo(7.5 / 17.5, 10),
          cases: 10,
          causes: [
            { rootCauseId: null, points: expect.closeTo(7.5, 10), share: expect.closeTo(7.5 / 17.5, 10), cases: 10 },
          ],
        },
      ],
    });
  });

  test('add up to what the mean score lacks of 100', () => {
    const drivers = driversOf(sample, reviews);
    const points = drivers.kind === 'drivers' ? drivers.criteria.reduce((sum, one) => sum + one.points, 0) : NaN;
    expect(points).toBeCloseTo(100 - numberOf(estimateMean(sample, reviews, plain)).mean, 10);
  });

  test('have no numbers below 20 cases', () => {
    expect(driversOf(sample, reviews.slice(1)).kind).toBe('too_few');
  });

  test('of perfect reviews are none', () => {
    expect(
      driversOf(
        sample,
        reviews.map(({ caseId }) => review(caseId, 100)),
      ),
    ).toEqual({ kind: 'drivers', n: 20, criteria: [] });
  });
});

describe('the spread of scores in strata', () => {
  const scores = (stratum: string, ...list: number[]) => list.map((score) => ({ stratum, score }));
  const strata = ['a', 'b', 'c'].map((stratum) => ({ stratum, size: 100 }));

  test('leans to the common one by ten cases, and is that where a stratum has no two scores', () => {
    const earlier = [...scores('a', 70, 80, 90), ...scores('b', 50, 50), ...scores('c', 60)];
    const common = commonDeviation(earlier);
    const [a, b, c] = spreadsOf(strata, earlier);
    expect(a).toEqual({
      stratum: 'a',
      size: 100,
      scored: 3,
      deviation: Math.sqrt((200 + 10 * common ** 2) / 12),
    });
    expect(b?.deviation).toBeCloseTo(common * Math.sqrt(10 / 11), 10);
    expect(c?.deviation).toBeCloseTo(common, 10);
  });

  test('is the worst there is as long as nothing was scored, so that sizes alone decide', () => {
    expect(spreadsOf(strata, scores('a', 70)).map(({ deviation }) => deviation)).toEqual([50, 50, 50]);
  });
});
