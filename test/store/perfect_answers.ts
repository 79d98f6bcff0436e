import type { Answers } from '#lib/qa/answers.ts';
import { levelsOf } from '#lib/qa/answers.ts';
import { type CaseFacts, applies } from '#lib/qa/applicability.ts';
import { defaultScorecard } from '#lib/qa/default_scorecard/card.ts';
import { criteriaOf } from '#lib/qa/scorecard.ts';

/** Answers that give a case full marks by the card that comes along. */
export function answersOf(facts: CaseFacts): Answers {
  const criteria = criteriaOf(defaultScorecard).filter((criterion) => applies(criterion, facts));
  return Object.fromEntries(
    criteria.map(({ id, scale }) => {
      const level = levelsOf(scale);
      return [
        id,
        level === null ? { kind: 'deductions', counts: {}, rootCauses: [] } : { kind: 'level', level, rootCauses: [] },
      ];
    }),
  );
}
