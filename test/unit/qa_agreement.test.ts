import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreementByMonth, bootstrapInterval, measureAgreement } from '#lib/qa/agreement.ts';
import { krippendorffAlpha } from '#lib/qa/alpha.ts';
import { cohenKappa } from '#lib/qa/kappa.ts';
import { percentAgreement } from '#lib/qa/percent_agreement.ts';
import { pairsOf, unitsOf, type Pair, type Unit } from '#lib/qa/ratings.ts';

/** Turns raters' rows, a point where one is silent, into units. */
function columns(...rows: string[]): Unit[] {
  const raters = rows.map((row) => row.split(' '));
  return (raters[0] ?? []).map((_, unit) =>
    raters
      .map((row) => row[unit])
      .filter((value) => value !== '.')
      .map(Number),
  );
}

/** Turns a table of counts, first rater down and second across, into pairs of levels from 1. */
function table(rows: readonly (readonly number[])[]): Pair[] {
  return rows.flatMap((row, first) =>
    row.flatMap((count, second) => Array.from({ length: count }, (): Pair => [first + 1, second + 1])),
  );
}

const four = (value: number | null) => (value === null ? null : Number(value.toFixed(4)));

describe('Krippendorff’s alpha', () => {
  // Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units, values missing.
  const reliability = columns(
    '1 2 3 3 2 1 4 1 2 . . .',
    '1 2 3 3 2 2 4 1 2 5 . 3',
    '. 3 3 3 2 3 4 2 2 5 1 .',
    '1 2 3 3 2 4 4 1 2 5 1 .',
  );

  test('is that of the paper: nominal 0.743, ordinal 0.815, interval 0.849', () => {
    // Of its coincidences: 1 − 39 × (40 − 32) ÷ (40² − (9² + 13² + 10² + 5² + 3²)).
    expect(four(krippendorffAlpha(reliability, 'nominal'))).toBe(four(1 - (39 * 8) / (1600 - 384)));
    expect(four(krippendorffAlpha(reliability, 'nominal'))).toBe(0.7434);
    expect(four(krippendorffAlpha(reliability, 'ordinal'))).toBe(0.8154);
    expect(four(krippendorffAlpha(reliability, 'interval'))).toBe(0.8491);
  });

  test('is that of the paper for two observers: 0.095 of binary data', () => {
    // Section A; coincidences 10, 4, 4, 2: 1 − 19 × 8 ÷ (20² − (14² + 6²)).
    const binary = columns('0 1 0 0 0 0 0 0 1 0', '1 1 1 0 0 1 0 0 0 0');
    expect(four(krippendorffAlpha(binary, 'nominal'))).toBe(four(1 - (19 * 8) / (400 - 232)));
    expect(four(krippendorffAlpha(binary, 'nominal'))).toBe(0.0952);
  });

  test('is that of Hayes & Krippendorff 2007 (Communication Methods and Measures 1:77–89): ordinal 0.7598', () => {
    // Table 1: five observers of forty articles.
    const articles = columns(
      '1 1 2 . 0 0 1 1 2 2 . 0 1 3 1 1 2 1 1 0 0 0 2 0 1 0 0 1 1 1 1 2 2 3 2 2 2 2 2 1',
      '1 1 3 0 0 0 0 . 2 1 1 0 2 3 1 1 1 2 1 0 0 0 3 0 2 1 0 2 1 1 1 1 2 2 2 2 2 2 2 1',
      '2 0 3 0 0 0 2 2 2 1 0 0 2 2 1 1 2 3 0 0 1 . 3 0 . 1 0 1 2 2 0 2 . 2 2 3 2 . 2 1',
      '. 1 3 . . . . 0 . 1 0 0 2 2 . . . 3 1 . 1 0 3 0 2 1 1 2 2 . . 1 2 2 . . . 1 2 .',
      '2 . . 0 0 0 1 . 2 . . . . 3 1 1 2 . . 0 . 0 . . 2 . 0 . . 2 0 . 2 . 2 2 2 2 . 1',
    );
    expect(articles).toHaveLength(40);
    expect(four(krippendorffAlpha(articles, 'ordinal'))).toBe(0.7598);
    expect(krippendorffAlpha(articles, 'nominal')).toBeCloseTo(0.477, 3);
    expect(krippendorffAlpha(articles, 'interval')).toBeCloseTo(0.757, 3);
  });

  test('leaves out units with a single value', () => {
    expect(krippendorffAlpha([...reliability, [4], []], 'ordinal')).toBe(krippendorffAlpha(reliability, 'ordinal'));
  });

  test('does not exist where nothing can be compared', () => {
    expect(krippendorffAlpha([], 'nominal')).toBeNull();
    expect(krippendorffAlpha([[1], [2]], 'nominal')).toBeNull();
    expect(
      krippendorffAlpha(
        [
          [3, 3],
          [3, 3],
        ],
        'ordinal',
      ),
    ).toBeNull();
  });
});

describe('Cohen’s kappa', () => {
  test('is that of Cohen 1968 (Psychological Bulletin 70:213–220), table 1: 0.492', () => {
    const diagnoses = table([
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ]);
    expect(four(cohenKappa(diagnoses, 'none'))).toBe(four((0.7 - 0.41) / (1 - 0.41)));
  });

  // Printed by vcd::Kappa of R for its data sets SexualFun (Agresti) and MSPatients (Landis & Koch 1977), equal-spacing weights.
  test.each([
    [
      'SexualFun',
      [
        [7, 7, 2, 3],
        [2, 8, 3, 7],
        [1, 5, 4, 9],
        [2, 8, 9, 14],
      ],
      0.1293,
      0.2374,
    ],
    [
      'MSPatients, Winnipeg',
      [
        [38, 5, 0, 1],
        [33, 11, 3, 0],
        [10, 14, 5, 6],
        [3, 7, 3, 10],
      ],
      0.2079,
      0.3797,
    ],
    [
      'MSPatients, New Orleans',
      [
        [5, 3, 0, 0],
        [3, 11, 4, 0],
        [2, 13, 3, 4],
        [1, 2, 4, 14],
      ],
      0.2965,
      0.4773,
    ],
  ])('of %s is the printed one, unweighted and with linear weights', (_, rows, plain, linear) => {
    expect(four(cohenKappa(table(rows), 'none'))).toBe(plain);
    expect(four(cohenKappa(table(rows), 'linear'))).toBe(linear);
  });

  test('with quadratic weights is the printed one of irrCAC::cont3x3abstractors (Gwet): 0.8922', () => {
    expect(
      four(
        cohenKappa(
          table([
            [13, 0, 0],
            [0, 20, 7],
            [0, 4, 56],
          ]),
          'quadratic',
        ),
      ),
    ).toBe(0.8922);
  });

  test('with quadratic weights is 0 for Warrens’s table of 2013 though raters often agree', () => {
    expect(
      cohenKappa(
        table([
          [1, 15, 1],
          [3, 0, 3],
          [2, 3, 2],
        ]),
        'quadratic',
      ),
    ).toBeCloseTo(0, 12);
  });

  test('does not exist without pairs, nor where both always say the same one thing', () => {
    expect(cohenKappa([], 'none')).toBeNull();
    expect(
      cohenKappa(
        [
          [2, 2],
          [2, 2],
        ],
        'linear',
      ),
    ).toBeNull();
  });
});

describe('percent agreement', () => {
  test('counts equal values, or those within one level', () => {
    const pairs: Pair[] = [
      [1, 1],
      [2, 3],
      [5, 2],
      [4, 4],
    ];
    expect(percentAgreement(pairs)).toBe(0.5);
    expect(percentAgreement(pairs, 1)).toBe(0.75);
  });

  test('of more than two raters is the share of pairs, averaged over units', () => {
    expect(percentAgreement([[1, 1, 2], [3, 3], [4]])).toBeCloseTo((1 / 3 + 1) / 2, 12);
    expect(percentAgreement([[1]])).toBeNull();
  });
});

describe('measures of agreement', () => {
  const values = fc.integer({ min: 1, max: 5 });
  const drawn = fc.array(fc.tuple(values, values), { minLength: 2, maxLength: 40 });

  test('are at most 1, and 1 where all agree', () => {
    fc.assert(
      fc.property(drawn, (pairs) => {
        for (const value of [
          cohenKappa(pairs, 'quadratic'),
          krippendorffAlpha(pairs, 'ordinal'),
          percentAgreement(pairs),
        ])
          expect(value ?? 0).toBeLessThanOrEqual(1);
        const same = pairs.map(([a]): Pair => [a, a]);
        expect(cohenKappa(same, 'none') ?? 1).toBeCloseTo(1, 12);
        expect(krippendorffAlpha(same, 'interval') ?? 1).toBeCloseTo(1, 12);
        expect(percentAgreement(same)).toBe(1);
      }),
    );
  });

  test('stay the same when raters change places or units change order', () => {
    fc.assert(
      fc.property(
        drawn,
        fc.constantFrom('none' as const, 'linear' as const, 'quadratic' as const),
        (pairs, weights) => {
          const turned = pairs.map(([a, b]): Pair => [b, a]).toReversed();
          expect(cohenKappa(turned, weights) ?? 9).toBeCloseTo(cohenKappa(pairs, weights) ?? 9, 10);
          for (const metric of ['nominal', 'ordinal', 'interval'] as const)
            expect(krippendorffAlpha(turned, metric) ?? 9).toBeCloseTo(krippendorffAlpha(pairs, metric) ?? 9, 10);
        },
      ),
    );
  });

  test('of names do not ask which is which; of intervals not where they begin', () => {
    fc.assert(
      fc.property(drawn, (pairs) => {
        const renamed = pairs.map(([a, b]): Pair => [6 - a, 6 - b]);
        const moved = pairs.map(([a, b]): Pair => [10 * a + 7, 10 * b + 7]);
        expect(krippendorffAlpha(renamed, 'nominal') ?? 9).toBeCloseTo(krippendorffAlpha(pairs, 'nominal') ?? 9, 10);
        expect(krippendorffAlpha(moved, 'interval') ?? 9).toBeCloseTo(krippendorffAlpha(pairs, 'interval') ?? 9, 10);
        expect(krippendorffAlpha(moved, 'ordinal') ?? 9).toBeCloseTo(krippendorffAlpha(pairs, 'ordinal') ?? 9, 10);
      }),
    );
  });

  test('alpha and kappa of binary data hardly differ once there are many units', () => {
    const pairs = table([
      [300, 40],
      [50, 110],
    ]);
    expect(krippendorffAlpha(pairs, 'nominal')).toBeCloseTo(cohenKappa(pairs, 'none') ?? 0, 2);
  });
});

describe('ratings', () => {
  const ratings = [
    { unit: 'T1', rater: 'an', value: 3 },
    { unit: 'T2', rater: 'li', value: 4 },
    { unit: 'T1', rater: 'li', value: 2 },
    { unit: 'T2', rater: 'wu', value: 5 },
    { unit: 'T3', rater: 'an', value: 1 },
  ];

  test('become units of two values or more, or pairs of two raters in their order', () => {
    expect(unitsOf(ratings)).toEqual([
      [3, 2],
      [4, 5],
    ]);
    expect(pairsOf(ratings, 'li', 'an')).toEqual([[2, 3]]);
    expect(pairsOf(ratings, 'an', 'wu')).toEqual([]);
  });

  test('of one rater given again count as the last', () => {
    expect(unitsOf([...ratings, { unit: 'T1', rater: 'an', value: 2 }])[0]).toEqual([2, 2]);
  });
});

describe('the interval of an agreement', () => {
  const kappa = (pairs: readonly Pair[]) => cohenKappa(pairs, 'linear');
  const pairs = table([
    [20, 4, 0],
    [5, 25, 6],
    [1, 4, 15],
  ]);

  test('contains the measure and is the same for the same seed on any machine', () => {
    const { value, interval, units } = measureAgreement(pairs, kappa, 'seed');
    expect(units).toBe(80);
    expect(interval?.low).toBeLessThan(value ?? 0);
    expect(interval?.high).toBeGreaterThan(value ?? 1);
    expect(interval).toEqual(bootstrapInterval(pairs, kappa, 'seed'));
    expect(interval).not.toEqual(bootstrapInterval(pairs, kappa, 'another'));
    expect([four(interval?.low ?? null), four(interval?.high ?? null)]).toEqual([0.5333, 0.8005]);
  });

  test('is about as wide as theory has it: 1.96 × √(p (1 − p) ÷ n) each way for a share', () => {
    const agree = Array.from({ length: 200 }, (_, index): Pair => [1, index < 150 ? 1 : 2]);
    const interval = bootstrapInterval(agree, (units) => percentAgreement(units), 'seed');
    const half = 1.96 * Math.sqrt((0.75 * 0.25) / 200);
    expect(interval?.low).toBeCloseTo(0.75 - half, 1.7);
    expect(interval?.high).toBeCloseTo(0.75 + half, 1.7);
  });

  test('is not given below 20 units, nor where all agree', () => {
    expect(measureAgreement(pairs.slice(0, 19), kappa, 'seed').interval).toBeNull();
    const same = pairs.map(([a]): Pair => [a, a]);
    expect(measureAgreement(same, kappa, 'seed')).toEqual({ value: 1, interval: null, units: 80 });
  });

  test('leaves units out that only one person rated', () => {
    expect(measureAgreement([[1, 2], [3]], percentAgreement, 'seed')).toEqual({ value: 0, interval: null, units: 1 });
  });

  test('follows months, each by itself', () => {
    const monthly = pairs.map((unit, index) => ({ month: index % 2 === 0 ? '2026-10' : '2026-09', unit }));
    const months = agreementByMonth(monthly, kappa, 'seed');
    expect(months.map(({ month, units }) => [month, units])).toEqual([
      ['2026-09', 40],
      ['2026-10', 40],
    ]);
    const october = pairs.filter((_, index) => index % 2 === 0);
    expect(months[1]).toEqual({ month: '2026-10', ...measureAgreement(october, kappa, 'seed\n2026-10') });
    const more = agreementByMonth([...monthly, { month: '2026-11', unit: [1, 1] as const }], kappa, 'seed');
    expect(more.slice(0, 2)).toEqual(months);
    expect(more[2]).toEqual({ month: '2026-11', value: null, interval: null, units: 1 });
  });
});
