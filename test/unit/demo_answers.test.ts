import { expect, test } from 'vitest';
import { answerProblems } from '#lib/qa/answers.ts';
import { conductChecks } from '#lib/qa/conduct.ts';
import { defaultScorecard } from '#lib/qa/default_scorecard/card.ts';
import { randomIndexes } from '#lib/qa/random.ts';
import { scoreReview } from '#lib/qa/score.ts';
import { demoAnswers } from '../../pipeline/demo/answers.ts';

const facts = { request_type: null, channel: 'chat', severity: 'A', brand: 'north', platform: 'tmall' };

test('made-up answers are complete, fit the card, and find more fault where a check does', () => {
  const chance = randomIndexes('answers');
  const scores = (checks: Parameters<typeof demoAnswers>[2]): number[] =>
    Array.from({ length: 100 }, () => {
      const answers = demoAnswers(defaultScorecard, facts, checks, chance);
      expect(answerProblems(defaultScorecard, answers)).toEqual([]);
      return scoreReview(defaultScorecard, facts, answers).score ?? Number.NaN;
    });
  const mean = (list: number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
  expect(mean(scores([]))).toBeGreaterThan(80);
  expect(mean(scores(conductChecks))).toBeLessThan(60);
});
