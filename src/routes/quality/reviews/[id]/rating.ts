import { type Answer, levelsOf } from '#lib/qa/answers.ts';
import type { Criterion } from '#lib/qa/scorecard.ts';

/** The answer that a digit stands for: a level of the scale, or for 0 that the criterion has no bearing; null where it stands for none. */
export function answerOf(criterion: Criterion, digit: number, before: Answer | undefined): Answer | null {
  if (digit === 0) return criterion.allowsNotApplicable ? { kind: 'not_applicable' } : null;
  const rootCauses = before && before.kind !== 'not_applicable' ? before.rootCauses : [];
  const { scale } = criterion;
  if (scale.kind === 'pass_fail') return digit <= 2 ? { kind: 'level', level: digit, rootCauses } : null;
  if (scale.kind === 'points') return digit <= scale.levels.length ? { kind: 'level', level: digit, rootCauses } : null;
  const deduction = scale.deductions[digit - 1];
  if (!deduction) return null;
  const counts = before?.kind === 'deductions' ? before.counts : {};
  return { kind: 'deductions', counts: { ...counts, [deduction.id]: (counts[deduction.id] ?? 0) + 1 }, rootCauses };
}

/** The answer without a fault: the best level, or no deduction. */
export function fullAnswerOf({ scale }: Criterion): Answer {
  const level = levelsOf(scale);
  return level === null ? { kind: 'deductions', counts: {}, rootCauses: [] } : { kind: 'level', level, rootCauses: [] };
}

/** The same answer with a root cause named or no longer. */
export function withCause(answer: Answer, causeId: string): Answer {
  if (answer.kind === 'not_applicable') return answer;
  const has = answer.rootCauses.includes(causeId);
  const rootCauses = has ? answer.rootCauses.filter((id) => id !== causeId) : [...answer.rootCauses, causeId];
  return { ...answer, rootCauses };
}
