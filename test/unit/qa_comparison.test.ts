import { describe, expect, test } from 'vitest';
import type { Answer } from '#lib/qa/answers.ts';
import { cohenKappa } from '#lib/qa/kappa.ts';
import { krippendorffAlpha } from '#lib/qa/alpha.ts';
import { type ComparedCase, comparedBy, measureSubject, subjectByMonth } from '#lib/qa/comparison.ts';
import type { Pair } from '#lib/qa/ratings.ts';
import { criterion, deduct, level, notApplicable, passFail } from './qa_cards.ts';

const tone = criterion('tone');

const review = (reviewerId: string, answer: Answer, score = 80) => ({ reviewerId, answers: { tone: answer }, score });

function doubles(pairs: readonly (readonly [Answer, Answer])[], month = '2026-10'): ComparedCase[] {
  return pairs.map(([a, b]) => ({ month, isReference: false, against: review('b', b), reviews: [review('a', a)] }));
}

/** Twenty-five pairs of levels: twenty alike, five a level apart, the first rater lower. */
const levels: Pair[] = Array.from({ length: 25 }, (_, index): Pair => {
  const own = 1 + (index % 4);
  return [own, index % 5 === 0 ? own + 1 : own];
});
const cases = doubles(levels.map(([a, b]) => [level(a), level(b)] as const));

describe('agreement at a subject', () => {
  test('takes percent agreement, linear kappa and ordinal alpha of levels from the same pairs', () => {
    const { percent, kappa, alpha, difference, pairs } = measureSubject(cases, tone, 'seed');
    expect(pairs).toBe(25);
    expect(percent.value).toBeCloseTo(0.8, 10);
    expect(kappa?.value).toBe(cohenKappa(levels, 'linear'));
    expect(alpha.value).toBe(krippendorffAlpha(levels, 'ordinal'));
    expect(difference).toBeCloseTo(-(5 / 25) / 4, 10);
    expect(percent.interval?.low).toBeLessThan(0.8);
    expect(measureSubject(cases, tone, 'seed')).toEqual(measureSubject(cases, tone, 'seed'));
  });

  test('has no number below twenty cases, and none where nothing can differ', () => {
    expect(measureSubject(cases.slice(0, 19), tone, 'seed')).toMatchObject({
      cases: 19,
      percent: { value: null, interval: null, units: 19 },
      kappa: { value: null },
      alpha: { value: null },
      difference: null,
    });
    const alike = measureSubject(doubles(levels.map(() => [level(5), level(5)] as const)), tone, 'seed');
    expect(alike).toMatchObject({
      percent: { value: 1, interval: null },
      kappa: { value: null },
      alpha: { value: null },
    });
  });

  test('counts who alone found it not applicable as a disagreement, and keeps it out of the coefficients', () => {
    const more = [...cases, ...doubles([[notApplicable, level(3)] as const, [notApplicable, notApplicable] as const])];
    const { percent, kappa, applicabilityDiffers } = measureSubject(more, tone, 'seed');
    expect(applicabilityDiffers).toBe(1);
    expect(percent.value).toBeCloseTo(21 / 27, 10);
    expect(kappa?.units).toBe(25);
    expect(kappa?.value).toBe(cohenKappa(levels, 'linear'));
  });

  test('has no kappa for scores and deductions; scores five points apart agree', () => {
    const scored = cases.map((one, index) => ({
      ...one,
      against: { ...one.against, score: 60 + index },
      reviews: one.reviews.map((own) => ({ ...own, score: 60 + index + (index < 5 ? 6 : 5) })),
    }));
    const measured = measureSubject(scored, 'score', 'seed');
    expect(measured.kappa).toBeNull();
    expect(measured.percent.value).toBeCloseTo(0.8, 10);
    expect(measured.difference).toBeCloseTo((5 * 6 + 20 * 5) / 25, 10);
    expect(measureSubject(scored, criterion('tone', { scale: deduct }), 'seed').kappa).toBeNull();
  });

  test('is nominal for pass and fail: kappa without weights', () => {
    const pairs = levels.map((_, index): Pair => [1 + (index % 2), index % 5 === 0 ? 1 : 1 + (index % 2)]);
    const measured = measureSubject(
      doubles(pairs.map(([a, b]) => [level(a), level(b)] as const)),
      criterion('tone', { scale: passFail }),
      'seed',
    );
    expect(measured.kappa?.value).toBe(cohenKappa(pairs, 'none'));
    expect(measured.alpha.value).toBe(krippendorffAlpha(pairs, 'nominal'));
  });

  test('keeps the pairs of a calibrated case together: cases are resampled, not pairs', () => {
    const calibrated = levels.map(([a, b]) => ({
      month: '2026-10',
      isReference: true,
      against: review('expert', level(b)),
      reviews: ['a', 'b', 'c'].map((id) => review(id, level(a))),
    }));
    const measured = measureSubject(calibrated, tone, 'seed');
    expect(measured).toMatchObject({ cases: 25, pairs: 75 });
    expect(measured.percent).toEqual(measureSubject(cases, tone, 'seed').percent);
  });
});

test('one reviewer is turned to be compared with the other, never a reference with those it is a reference for', () => {
  const [turned] = comparedBy(cases, 'b');
  expect(turned).toMatchObject({ against: { reviewerId: 'a' }, reviews: [{ reviewerId: 'b' }] });
  const kept = measureSubject(comparedBy(cases, 'a'), tone, 'seed').difference ?? NaN;
  expect(measureSubject(comparedBy(cases, 'b'), tone, 'seed').difference).toBeCloseTo(-kept, 10);
  expect(comparedBy(cases, 'nobody')).toEqual([]);
  expect(
    comparedBy(
      cases.map((one) => ({ ...one, isReference: true })),
      'b',
    ),
  ).toEqual([]);
});

test('months are measured on their own, those with fewer than twenty cases without a number', () => {
  const months = subjectByMonth(
    [
      ...doubles(
        levels.slice(0, 3).map(([a, b]) => [level(a), level(b)] as const),
        '2026-11',
      ),
      ...cases,
    ],
    tone,
    'seed',
  );
  expect(months.map(({ month, percent }) => [month, percent.value, percent.units])).toEqual([
    ['2026-10', 0.8, 25],
    ['2026-11', null, 3],
  ]);
});
