import { expect, test } from 'vitest';
import { type Answers } from '#lib/qa/answers.ts';
import { conductChecks, criteriaOfCheck, humanVerdict } from '#lib/qa/conduct.ts';
import { defaultScorecard } from '#lib/qa/default_scorecard/card.ts';
import { criteriaOf } from '#lib/qa/scorecard.ts';

const level = (value: number): Answers[string] => ({ kind: 'level', level: value, rootCauses: [] });
const deducted = (counts: Record<string, number>): Answers[string] => ({ kind: 'deductions', counts, rootCauses: [] });

test('every check speaks to criteria and deductions that the default card has', () => {
  const criteria = criteriaOf(defaultScorecard);
  for (const check of conductChecks)
    for (const { criterionId, deductions } of criteriaOfCheck[check]) {
      const scale = criteria.find(({ id }) => id === criterionId)?.scale;
      expect(scale, criterionId).toBeDefined();
      const known = scale?.kind === 'deduct' ? scale.deductions.map(({ id }) => id) : [];
      expect(known).toEqual(expect.arrayContaining([...deductions]));
      expect(deductions.length > 0).toBe(scale?.kind === 'deduct');
    }
});

test('a person says of greeting what they deducted for late replies, nothing else', () => {
  expect(humanVerdict('greeting', { timeliness: deducted({ late_reply: 1 }) })).toBe(false);
  expect(humanVerdict('greeting', { timeliness: deducted({ solution_late: 1 }) })).toBe(true);
});

test('one red line crossed is enough, the lowest level of points too, and what was not answered says nothing', () => {
  expect(humanVerdict('forbidden', { insult_blame: level(2), false_rule: level(1) })).toBe(false);
  expect(humanVerdict('forbidden', { insult_blame: level(2), false_rule: level(2) })).toBe(true);
  expect(humanVerdict('closing', { closure_record: level(1) })).toBe(false);
  expect(humanVerdict('closing', { closure_record: level(2) })).toBe(true);
  expect(humanVerdict('closing', { closure_record: { kind: 'not_applicable' } })).toBeNull();
  expect(humanVerdict('closing', {})).toBeNull();
});
