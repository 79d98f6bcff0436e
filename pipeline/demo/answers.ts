import { type Answer, type Answers, levelsOf } from '#lib/qa/answers.ts';
import { type CaseFacts, applies } from '#lib/qa/applicability.ts';
import { type ConductCheck, criteriaOfCheck } from '#lib/qa/conduct.ts';
import { type Criterion, type Scorecard, criteriaOf } from '#lib/qa/scorecard.ts';

/** How often of a hundred a made-up reviewer finds fault where a check does, and where none does. */
const faultPercent = { failed: 85, passed: 10 } as const;

/** Made-up answers to a case: faults mostly where automatic checks find some; `chance(n)` draws a whole number below n. */
export function demoAnswers(
  card: Scorecard,
  facts: CaseFacts,
  failedChecks: readonly ConductCheck[],
  chance: (below: number) => number,
): Answers {
  const suspected = new Set(failedChecks.flatMap((check) => criteriaOfCheck[check].map((one) => one.criterionId)));
  return Object.fromEntries(
    criteriaOf(card)
      .filter((criterion) => applies(criterion, facts))
      .map((criterion) => {
        const percent = suspected.has(criterion.id) ? faultPercent.failed : faultPercent.passed;
        const isRare = criterion.critical !== null && !suspected.has(criterion.id);
        const isFaulty = chance(isRare ? 1000 : 100) < percent;
        return [criterion.id, isFaulty ? faultyAnswer(criterion, chance) : fullAnswer(criterion)];
      }),
  );
}

function fullAnswer({ scale }: Criterion): Answer {
  const level = levelsOf(scale);
  return level === null ? { kind: 'deductions', counts: {}, rootCauses: [] } : { kind: 'level', level, rootCauses: [] };
}

function faultyAnswer({ scale, rootCauses }: Criterion, chance: (below: number) => number): Answer {
  const cause = rootCauses[chance(Math.max(1, rootCauses.length))];
  const named = cause ? [cause.id] : [];
  const levels = levelsOf(scale);
  if (levels !== null) return { kind: 'level', level: 1 + chance(levels - 1), rootCauses: named };
  const deductions = scale.kind === 'deduct' ? scale.deductions : [];
  const deduction = deductions[chance(Math.max(1, deductions.length))];
  return { kind: 'deductions', counts: deduction ? { [deduction.id]: 1 } : {}, rootCauses: named };
}
