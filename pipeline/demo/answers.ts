import { type Answer, type Answers, levelsOf } from '#lib/qa/answers.ts';
import { type CaseFacts, applies } from '#lib/qa/applicability.ts';
import { type ConductCheck, criteriaOfCheck } from '#lib/qa/conduct.ts';
import { type Criterion, type Scorecard, criteriaOf } from '#lib/qa/scorecard.ts';

/** How often of a thousand a made-up reviewer finds fault where a check does, and where none does; red lines are crossed seldom. */
const faults = { failed: 850, passed: 100 } as const;
const redLineFaults = { failed: 150, passed: 3 } as const;

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
        const shares = criterion.critical === null ? faults : redLineFaults;
        const isFaulty = chance(1000) < shares[suspected.has(criterion.id) ? 'failed' : 'passed'];
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
