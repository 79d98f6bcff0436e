import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignmentWith } from '#lib/qa/alignment.ts';
import { AnswerError, fail, pass, type Answers } from '#lib/qa/answers.ts';
import { answeredCard, anyCase, card, criterion, level, notApplicable, passFail } from './qa_cards.ts';

describe('alignment with a reference', () => {
  test('is 1 − |reviewer − reference| ÷ points, weighted: 10 against 7 of 15 points is 80 %, and weighs 15 of 80', () => {
    const name = { 'zh-CN': '分', 'zh-TW': '分', en: 'point' };
    const fifteen = { kind: 'deduct' as const, deductions: [{ id: 'point', name, points: 100 / 15, cap: 100 }] };
    const points = (of15: number) => ({ kind: 'deductions' as const, counts: { point: 15 - of15 }, rootCauses: [] });
    const rubric = card([criterion('tone', { weight: 15, scale: fifteen }), criterion('rule', { weight: 65 })]);
    const { alignment, criteria } = alignmentWith(
      rubric,
      anyCase,
      { tone: points(10), rule: level(4) },
      { tone: points(7), rule: level(4) },
    );
    expect(criteria[0]?.alignment).toBeCloseTo(0.8, 10);
    expect(alignment).toBeCloseTo(0.1875 * 0.8 + 0.8125, 10);
  });

  test('leaves out what both find not applicable, and is 0 where only one does', () => {
    const rubric = card([criterion('tone'), criterion('rule'), criterion('end', { weight: 2 })]);
    const { alignment, criteria } = alignmentWith(
      rubric,
      anyCase,
      { tone: level(5), rule: notApplicable, end: notApplicable },
      { tone: level(5), rule: notApplicable, end: level(3) },
    );
    expect(criteria.map((one) => [one.criterionId, one.alignment])).toEqual([
      ['tone', 1],
      ['end', 0],
    ]);
    expect(alignment).toBeCloseTo(1 / 3, 12);
  });

  test('shows a critical failure that only one saw as a mismatch, weighing what the criterion weighs', () => {
    const rubric = card([criterion('tone'), criterion('red', { weight: 0, scale: passFail, critical: 'review' })]);
    const { alignment, criteria } = alignmentWith(
      rubric,
      anyCase,
      { tone: level(5), red: level(fail) },
      { tone: level(4), red: level(pass) },
    );
    expect(alignment).toBe(0.75);
    expect(criteria.map(({ criticalMismatch }) => criticalMismatch)).toEqual([false, true]);
  });

  test('names what one of them has not answered, and does not exist without anything in common', () => {
    const rubric = card([criterion('tone'), criterion('rule', { appliesWhen: { severity: ['C'] } })]);
    expect(alignmentWith(rubric, anyCase, { tone: level(3) }, {})).toEqual({
      alignment: null,
      criteria: [],
      missing: ['tone'],
    });
  });

  test('refuses answers that the card does not allow', () => {
    const rubric = card([criterion('tone')]);
    expect(() => alignmentWith(rubric, anyCase, { tone: level(3) }, { tone: level(9) })).toThrow(AnswerError);
  });

  const lowest = (answers: Answers): Answers =>
    Object.fromEntries(
      Object.entries(answers).map(([id, answer]) => [id, answer.kind === 'level' ? level(1) : answer]),
    );

  test('is from 0 to 1, the same both ways, and 1 with oneself', () => {
    fc.assert(
      fc.property(answeredCard([null, 'review']), ({ card: drawn, answers }) => {
        const other = lowest(answers);
        const there = alignmentWith(drawn, anyCase, answers, other).alignment;
        const back = alignmentWith(drawn, anyCase, other, answers).alignment;
        expect(back).toBe(there);
        if (there === null) return;
        expect(there).toBeGreaterThanOrEqual(0);
        expect(there).toBeLessThanOrEqual(1);
        expect(alignmentWith(drawn, anyCase, answers, answers).alignment).toBeCloseTo(1, 12);
      }),
    );
  });
});
