import type { z } from 'zod';
import type { answerSchema } from './answers_schema.ts';
import { criteriaOf, type Criterion, type Scale, type Scorecard } from './scorecard.ts';

export type Answer = z.infer<typeof answerSchema>;
export type Answers = Readonly<Record<string, Answer>>;

export const fail = 1;
export const pass = 2;

export interface AnswerProblem {
  readonly criterionId: string;
  readonly problem:
    'unknown_criterion' | 'not_on_the_scale' | 'unknown_deduction' | 'not_applicable_refused' | 'unknown_root_cause';
}

/** Answers that their card does not allow; `problems` says which. Answers still missing are no error. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  readonly problems: readonly AnswerProblem[];

  constructor(card: Scorecard, problems: readonly AnswerProblem[]) {
    const list = problems.map(({ criterionId, problem }) => `${criterionId}: ${problem}`).join(', ');
    super(`answers do not fit scorecard ${card.id} version ${card.version}: ${list}`);
    this.problems = problems;
  }
}

/** Counts the levels of a scale that has levels; null for one of deductions. */
export function levelsOf(scale: Scale): number | null {
  if (scale.kind === 'deduct') return null;
  return scale.kind === 'pass_fail' ? pass : scale.levels.length;
}

function problemsOf(criterion: Criterion, answer: Answer): AnswerProblem['problem'][] {
  const { scale } = criterion;
  if (answer.kind === 'not_applicable') return criterion.allowsNotApplicable ? [] : ['not_applicable_refused'];
  const problems: AnswerProblem['problem'][] = [];
  const levels = levelsOf(scale);
  if (answer.kind === 'level') {
    if (levels === null || answer.level < 1 || answer.level > levels) problems.push('not_on_the_scale');
  } else if (scale.kind !== 'deduct') problems.push('not_on_the_scale');
  else if (Object.keys(answer.counts).some((id) => scale.deductions.every((deduction) => deduction.id !== id)))
    problems.push('unknown_deduction');
  if (answer.rootCauses.some((id) => criterion.rootCauses.every((cause) => cause.id !== id)))
    problems.push('unknown_root_cause');
  return problems;
}

/** Lists what a card does not allow among the answers given. */
export function answerProblems(card: Scorecard, answers: Answers): AnswerProblem[] {
  const criteria = new Map(criteriaOf(card).map((criterion) => [criterion.id, criterion]));
  return Object.entries(answers).flatMap(([criterionId, answer]) => {
    const criterion = criteria.get(criterionId);
    if (criterion === undefined) return [{ criterionId, problem: 'unknown_criterion' as const }];
    return problemsOf(criterion, answer).map((problem) => ({ criterionId, problem }));
  });
}

/** Returns what an answer is worth, from 0 to 1: (selected − least) ÷ (most − least), or what deductions leave; null for not applicable. */
export function valueOf(scale: Scale, answer: Answer): number | null {
  if (answer.kind === 'not_applicable') return null;
  if (answer.kind === 'level') {
    const levels = levelsOf(scale);
    return levels === null ? null : (answer.level - 1) / (levels - 1);
  }
  if (scale.kind !== 'deduct') return null;
  const deducted = scale.deductions.map(({ id, points, cap }) => Math.min(cap, points * (answer.counts[id] ?? 0)));
  return Math.max(0, 100 - deducted.reduce((sum, points) => sum + points, 0)) / 100;
}
