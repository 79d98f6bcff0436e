import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newcombeInterval, noClearChange, wilsonInterval, type Proportion } from '#lib/metrics/intervals.ts';

const of = (numerator: number, denominator: number): Proportion => ({ numerator, denominator });

const proportion = fc
  .integer({ min: 1, max: 5000 })
  .chain((denominator) => fc.integer({ min: 0, max: denominator }).map((numerator) => of(numerator, denominator)));

describe('Wilson interval', () => {
  // Newcombe 1998, Statistics in Medicine 17:857–872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i is the published %f to %f', (numerator, denominator, low, high) => {
    const interval = wilsonInterval(of(numerator, denominator));
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it('does not exist without a denominator', () => {
    expect(wilsonInterval(of(0, 0))).toBeNull();
  });

  it('lies in 0 to 1, contains the rate and mirrors when hits and misses change places', () => {
    fc.assert(
      fc.property(proportion, (p) => {
        const interval = wilsonInterval(p);
        const mirrored = wilsonInterval(of(p.denominator - p.numerator, p.denominator));
        if (!interval || !mirrored) return false;
        const rate = p.numerator / p.denominator;
        expect(mirrored.low).toBeCloseTo(1 - interval.high, 10);
        return interval.low >= 0 && interval.low <= rate && rate <= interval.high && interval.high <= 1;
      }),
    );
  });

  it('is narrower for the same rate of more cases', () => {
    fc.assert(
      fc.property(proportion, fc.integer({ min: 2, max: 9 }), (p, times) => {
        const few = wilsonInterval(p);
        const many = wilsonInterval(of(p.numerator * times, p.denominator * times));
        return few !== null && many !== null && many.high - many.low < few.high - few.low;
      }),
    );
  });
});

describe('Newcombe interval', () => {
  // Newcombe 1998, Statistics in Medicine 17:873–890, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%i/%i − %i/%i is the published %f to %f', (a, m, b, n, low, high) => {
    const interval = newcombeInterval(of(a, m), of(b, n));
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it('changes sign when the two change places and contains the difference', () => {
    fc.assert(
      fc.property(proportion, proportion, (a, b) => {
        const there = newcombeInterval(a, b);
        const back = newcombeInterval(b, a);
        if (!there || !back) return false;
        expect(back.low).toBeCloseTo(-there.high, 10);
        const difference = a.numerator / a.denominator - b.numerator / b.denominator;
        return there.low <= difference + 1e-12 && difference <= there.high + 1e-12;
      }),
    );
  });
});

describe('no clear change', () => {
  it('holds when the interval of the difference covers 0, not otherwise', () => {
    expect(noClearChange(of(5, 56), of(0, 29))).toBe(true);
    expect(noClearChange(of(56, 70), of(48, 80))).toBe(false);
    expect(noClearChange(of(48, 80), of(56, 70))).toBe(false);
  });

  it('holds for equal rates of any size', () => {
    fc.assert(fc.property(proportion, (p) => noClearChange(p, p) === true));
  });

  it('is unknown when a period has no cases', () => {
    expect(noClearChange(of(0, 0), of(3, 4))).toBeNull();
    expect(noClearChange(of(3, 4), of(0, 0))).toBeNull();
  });
});
