import { AnswerError, answerProblems, valueOf, type Answers } from './answers.ts';
import { applies, type CaseFacts } from './applicability.ts';
import { criticalBelow } from './score.ts';
import { criteriaOf, type Criterion, type Scorecard } from './scorecard.ts';

/** How near a reviewer came to the reference at one criterion, from 0 to 1: 1 − |reviewer − reference| ÷ points of the scale. */
export interface CriterionAlignment {
  readonly criterionId: string;
  readonly weight: number;
  /** 0 where only one of them found it not applicable. */
  readonly alignment: number;
  /** Whether only one of them failed a critical criterion: the two reviews then differ by a section or a whole review. */
  readonly criticalMismatch: boolean;
}

/** `alignment` is the weighted mean over criteria; null where they have no weight, or none was answered by both. */
export interface Alignment {
  readonly alignment: number | null;
  readonly criteria: readonly CriterionAlignment[];
  /** Criteria that one of the two has not answered. */
  readonly missing: readonly string[];
}

function alignmentAt(criterion: Criterion, own: number | null, reference: number | null): CriterionAlignment | null {
  if (own === null && reference === null) return null;
  const fails = (value: number | null) => criterion.critical !== null && value !== null && value < criticalBelow;
  return {
    criterionId: criterion.id,
    weight: criterion.weight,
    alignment: own === null || reference === null ? 0 : 1 - Math.abs(own - reference),
    criticalMismatch: fails(own) !== fails(reference),
  };
}

/**
 * Compares a reviewer's answers with those of a reference for the same case. Values are taken before critical failures zero
 * anything, so that one of them shows as a mismatch and not as a difference everywhere. What both find not applicable is left
 * out. Errors: AnswerError.
 */
export function alignmentWith(card: Scorecard, facts: CaseFacts, reviewer: Answers, reference: Answers): Alignment {
  for (const answers of [reviewer, reference]) {
    const problems = answerProblems(card, answers);
    if (problems.length > 0) throw new AnswerError(card, problems);
  }
  const missing: string[] = [];
  const criteria = criteriaOf(card)
    .filter((criterion) => applies(criterion, facts))
    .flatMap((criterion) => {
      const [own, other] = [reviewer[criterion.id], reference[criterion.id]];
      if (own === undefined || other === undefined) {
        missing.push(criterion.id);
        return [];
      }
      const aligned = alignmentAt(criterion, valueOf(criterion.scale, own), valueOf(criterion.scale, other));
      return aligned === null ? [] : [aligned];
    });
  const weight = criteria.reduce((sum, one) => sum + one.weight, 0);
  const aligned = criteria.reduce((sum, one) => sum + one.weight * one.alignment, 0);
  return { alignment: weight === 0 ? null : aligned / weight, criteria, missing };
}
