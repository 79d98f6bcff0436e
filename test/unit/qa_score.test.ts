import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnswerError, type Answers, fail, pass, valueOf } from '#lib/qa/answers.ts';
import { answersSchema } from '#lib/qa/answers_schema.ts';
import { defaultScorecard } from '#lib/qa/default_scorecard/card.ts';
import { lostPointsOf } from '#lib/qa/lost_points.ts';
import { type ReviewScore, scoreReview } from '#lib/qa/score.ts';
import type { Scorecard } from '#lib/qa/scorecard.ts';
import {
  answeredCard,
  answerOf,
  anyCase,
  card,
  criterion,
  deduct,
  fivePoints,
  level,
  notApplicable,
  passFail,
} from './qa_cards.ts';

const scored = (given: Scorecard, answers: Answers) => scoreReview(given, anyCase, answers);
const total = (review: ReviewScore) =>
  review.criteria.reduce((sum, { lost, lostToCritical }) => sum + lost + lostToCritical, 0);

describe('the value of an answer', () => {
  test('is (selected − least) ÷ (most − least)', () => {
    expect([1, 2, 3, 4, 5].map((chosen) => valueOf(fivePoints, level(chosen)))).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect([fail, pass].map((chosen) => valueOf(passFail, level(chosen)))).toEqual([0, 1]);
    expect(valueOf(fivePoints, notApplicable)).toBeNull();
  });

  test('of deductions is what they leave of 100, each kind up to its cap, never below 0', () => {
    const left = (small: number, large: number) =>
      valueOf(deduct, { kind: 'deductions', counts: { small, large }, rootCauses: [] });
    expect([left(0, 0), left(1, 0), left(2, 0), left(9, 0), left(0, 1), left(1, 1), left(9, 9)]).toEqual([
      1, 0.9, 0.8, 0.8, 0.4, 0.3, 0,
    ]);
  });
});

describe('a review', () => {
  const plain = card(
    [criterion('tone', { weight: 30 }), criterion('rule', { weight: 50 })],
    [criterion('end', { weight: 20 })],
  );

  test('is the weighted mean of what was rated, by section and altogether', () => {
    const review = scored(plain, { tone: level(3), rule: level(5), end: level(2) });
    expect(review.score).toBe(70);
    expect(review.withoutCritical).toBe(70);
    expect(review.sections.map(({ score }) => score)).toEqual([81.25, 25]);
    expect(review.criteria.map(({ lost }) => lost)).toEqual([15, 0, 15]);
  });

  test('gives the weight of what is not applicable, or whose condition does not hold, to the rest', () => {
    expect(scored(plain, { tone: level(3), rule: notApplicable, end: level(2) }).score).toBeCloseTo(40, 10);
    const conditional = card([criterion('tone'), criterion('rule', { appliesWhen: { severity: ['C'] } })]);
    const review = scored(conditional, { tone: level(4) });
    expect(review.score).toBe(75);
    expect(review.criteria.map(({ state }) => state)).toEqual(['rated', 'out_of_scope']);
  });

  test('leaves out an answer whose condition no longer holds', () => {
    const conditional = card([criterion('tone'), criterion('rule', { appliesWhen: { severity: ['C'] } })]);
    expect(scored(conditional, { tone: level(4), rule: level(1) }).score).toBe(75);
  });

  test('has no score while an answer is missing, says which, and what it comes to so far', () => {
    const review = scored(plain, { tone: level(3), end: level(2) });
    expect([review.score, review.missing, review.soFar]).toEqual([null, ['rule'], 40]);
    expect(scored(plain, {}).soFar).toBeNull();
  });

  test('of nothing but what is not applicable has no score, though nothing is missing', () => {
    const review = scored(plain, { tone: notApplicable, rule: notApplicable, end: notApplicable });
    expect([review.score, review.missing]).toEqual([null, []]);
    expect(total(review)).toBe(0);
  });

  test('is 0 when a criterion fails that is critical for the review, and what it would have been stands beside', () => {
    const critical = card([criterion('tone'), criterion('red', { weight: 0, scale: passFail, critical: 'review' })]);
    const review = scored(critical, { tone: level(4), red: level(fail) });
    expect([review.score, review.withoutCritical]).toEqual([0, 75]);
    expect(review.criteria.map(({ lost, lostToCritical }) => [lost, lostToCritical])).toEqual([
      [25, 0],
      [0, 75],
    ]);
    expect(scored(critical, { tone: level(4), red: level(pass) }).score).toBe(75);
    expect(scored(critical, { tone: notApplicable, red: level(fail) })).toMatchObject({
      score: 0,
      withoutCritical: null,
    });
    expect(total(scored(critical, { tone: notApplicable, red: level(fail) }))).toBe(100);
    expect(scored(critical, { red: level(fail) })).toMatchObject({ score: null, soFar: 0, missing: ['tone'] });
  });

  test('loses a section whose critical criterion fails', () => {
    const critical = card(
      [criterion('tone'), criterion('rule', { critical: 'section' })],
      [criterion('end', { weight: 2 })],
    );
    const review = scored(critical, { tone: level(5), rule: level(2), end: level(3) });
    expect([review.score, review.withoutCritical]).toEqual([25, 56.25]);
    expect(review.sections).toEqual([
      { sectionId: 'section_1', score: 0, withoutCritical: 62.5 },
      { sectionId: 'section_2', score: 50, withoutCritical: 50 },
    ]);
    expect(review.criteria.map(({ lost, lostToCritical }) => lost + lostToCritical)).toEqual([0, 50, 25]);
  });

  test('fails a critical criterion below half of its scale, not at half', () => {
    const critical = card([criterion('tone', { critical: 'review' })]);
    expect(scored(critical, { tone: level(3) }).score).toBe(50);
    expect(scored(critical, { tone: level(2) }).score).toBe(0);
    const deducting = card([criterion('check', { scale: deduct, critical: 'review' })]);
    const check = { kind: 'deductions' as const, counts: { large: 1 }, rootCauses: [] };
    expect(scored(deducting, { check }).score).toBe(0);
  });

  test('names the points that each root cause cost', () => {
    const review = scored(plain, { tone: level(1, 'cause_a', 'cause_b'), rule: level(4, 'cause_a'), end: level(3) });
    expect(lostPointsOf(review)).toEqual([
      { criterionId: 'tone', rootCauseId: 'cause_a', points: 15 },
      { criterionId: 'tone', rootCauseId: 'cause_b', points: 15 },
      { criterionId: 'rule', rootCauseId: 'cause_a', points: 12.5 },
      { criterionId: 'end', rootCauseId: null, points: 10 },
    ]);
  });

  test('refuses answers that the card does not allow, all of them at once', () => {
    const strict = card([criterion('tone', { allowsNotApplicable: false }), criterion('check', { scale: deduct })]);
    const refused = (answers: Answers) => {
      try {
        scored(strict, answers);
      } catch (error) {
        if (error instanceof AnswerError)
          return error.problems.map(({ criterionId, problem }) => [criterionId, problem]);
      }
      return [];
    };
    const counts = { other: 1 };
    expect(
      refused({ tone: notApplicable, check: { kind: 'deductions', counts, rootCauses: ['x'] }, nobody: level(1) }),
    ).toEqual([
      ['tone', 'not_applicable_refused'],
      ['check', 'unknown_deduction'],
      ['check', 'unknown_root_cause'],
      ['nobody', 'unknown_criterion'],
    ]);
    expect(refused({ tone: level(6), check: level(1) })).toEqual([
      ['tone', 'not_on_the_scale'],
      ['check', 'not_on_the_scale'],
    ]);
    expect(refused({ tone: level(0) })).toEqual([['tone', 'not_on_the_scale']]);
    expect(answersSchema.safeParse({ check: { kind: 'deductions', counts: { small: -1 } } }).success).toBe(false);
  });
});

describe('every review', () => {
  const critical = [null, 'section', 'review'] as const;

  test('scores from 0 to 100, and no section more', () => {
    fc.assert(
      fc.property(answeredCard(critical), ({ card: drawn, answers }) => {
        const review = scored(drawn, answers);
        const scores = [review.score, review.withoutCritical, ...review.sections.map(({ score }) => score)];
        return scores.every((score) => score === null || (score >= 0 && score <= 100));
      }),
    );
  });

  test('loses 100 − score to its criteria, critical failures included, and the same to root causes', () => {
    fc.assert(
      fc.property(answeredCard(critical), ({ card: drawn, answers }) => {
        const review = scored(drawn, answers);
        if (review.score === null) return;
        expect(total(review)).toBeCloseTo(100 - review.score, 9);
        expect(lostPointsOf(review).reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(100 - review.score, 9);
      }),
    );
  });

  test('of a card without critical criteria loses what its ratings lose', () => {
    fc.assert(
      fc.property(answeredCard(), ({ card: drawn, answers }) => {
        const review = scored(drawn, answers);
        expect(review.score).toBe(review.withoutCritical);
        expect(review.criteria.every(({ lostToCritical }) => lostToCritical === 0)).toBe(true);
      }),
    );
  });

  test('scores no less when one rating is better', () => {
    const better = fc.integer({ min: 0, max: 7 });
    fc.assert(
      fc.property(answeredCard(critical), better, ({ card: drawn, answers }, which) => {
        const [id, answer] = Object.entries(answers)[which] ?? [];
        if (id === undefined || answer === undefined || answer.kind === 'not_applicable') return true;
        const raised = answer.kind === 'level' ? level(answer.level + 1) : { ...answer, counts: {} };
        const scale = drawn.sections.flatMap(({ criteria }) => criteria).find((one) => one.id === id)?.scale;
        if (scale?.kind === 'pass_fail' && answer.kind === 'level' && answer.level === pass) return true;
        if (scale?.kind === 'points' && answer.kind === 'level' && answer.level === scale.levels.length) return true;
        return (scored(drawn, { ...answers, [id]: raised }).score ?? 0) >= (scored(drawn, answers).score ?? 0) - 1e-9;
      }),
    );
  });

  test('scores the same with a criterion not applicable as without it on the card', () => {
    fc.assert(
      fc.property(answeredCard(critical), ({ card: drawn, answers }) => {
        const without = {
          ...drawn,
          sections: drawn.sections.map((section) => ({
            ...section,
            criteria: section.criteria.filter(({ id }) => answers[id]?.kind !== 'not_applicable'),
          })),
        };
        const rated = Object.fromEntries(Object.entries(answers).filter(([, { kind }]) => kind !== 'not_applicable'));
        expect(scored(without, rated).score).toEqual(scored(drawn, answers).score);
      }),
    );
  });

  test('scores the same when all weights are multiplied', () => {
    fc.assert(
      fc.property(
        answeredCard(critical),
        fc.double({ min: 0.01, max: 1000, noNaN: true }),
        ({ card: drawn, answers }, factor) => {
          const scaled = {
            ...drawn,
            sections: drawn.sections.map((section) => ({
              ...section,
              criteria: section.criteria.map((one) => ({ ...one, weight: one.weight * factor })),
            })),
          };
          expect(scored(scaled, answers).score ?? -1).toBeCloseTo(scored(drawn, answers).score ?? -1, 8);
        },
      ),
    );
  });

  test('scores the same whatever the order of sections, criteria and answers', () => {
    fc.assert(
      fc.property(answeredCard(critical), ({ card: drawn, answers }) => {
        const turned = {
          ...drawn,
          sections: drawn.sections
            .map((section) => ({ ...section, criteria: section.criteria.toReversed() }))
            .toReversed(),
        };
        const reordered = Object.fromEntries(Object.entries(answers).toReversed());
        expect(scored(turned, reordered).score ?? -1).toBeCloseTo(scored(drawn, answers).score ?? -1, 9);
      }),
    );
  });

  test('is 0 as soon as one criterion critical for the review fails, however good the rest', () => {
    fc.assert(
      fc.property(answeredCard(critical), fc.integer({ min: 0, max: 40 }), ({ card: drawn, answers }, weight) => {
        const red = criterion('red', { weight, scale: passFail, critical: 'review' });
        const withRed = {
          ...drawn,
          sections: [...drawn.sections, ...card([red]).sections.map((section) => ({ ...section, id: 'red_lines' }))],
        };
        expect(scored(withRed, { ...answers, red: level(fail) }).score).toBe(0);
      }),
    );
  });

  test('of the default card without failures scores what its seven criteria come to', () => {
    const criteria = defaultScorecard.sections.flatMap((section) => section.criteria);
    const answers = fc.record(Object.fromEntries(criteria.map(({ id, scale }) => [id, answerOf(scale, 0.5)])));
    fc.assert(
      fc.property(answers, (drawn) => {
        const review = scored(defaultScorecard, drawn);
        expect(review.score).toBe(review.withoutCritical);
        expect(review.sections.at(-1)?.score).toBeNull();
        expect(review.score).toBeGreaterThan(0);
      }),
    );
  });
});
