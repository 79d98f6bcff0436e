import { AnswerError, answerProblems, valueOf, type Answers } from './answers.ts';
import { applies, type CaseFacts } from './applicability.ts';
import type { Criterion, Scorecard } from './scorecard.ts';

/** A criterion that is critical fails below this value: half of its scale. */
export const criticalBelow = 0.5;

export interface CriterionScore {
  readonly criterionId: string;
  readonly sectionId: string;
  /** `out_of_scope`: its condition does not hold for the case. */
  readonly state: 'rated' | 'not_applicable' | 'out_of_scope' | 'missing';
  /** From 0 to 1; null unless rated. */
  readonly value: number | null;
  /** The weight the card gives it; only rated criteria count. */
  readonly weight: number;
  /** What its failure zeroes; null where it did not fail or is not critical. */
  readonly zeroes: Criterion['critical'];
  /** Points of 100 that its rating costs the review. */
  readonly lost: number;
  /** Points of 100 that its failure costs beyond that, by zeroing its section or the review. */
  readonly lostToCritical: number;
  readonly rootCauses: readonly string[];
}

/** Scores run from 0 to 100; null where nothing with a weight is rated. A section is 0 by its own critical criteria only, not by those of the review. */
export interface SectionScore {
  readonly sectionId: string;
  readonly score: number | null;
  readonly withoutCritical: number | null;
}

/**
 * What a review comes to. `score` is null until every criterion that applies is answered (`missing` says which are not) and
 * something with a weight is rated; all else holds for what is rated so far. Points lost, `lost` and `lostToCritical` of all
 * criteria together, are 100 − soFar.
 */
export interface ReviewScore {
  readonly score: number | null;
  readonly missing: readonly string[];
  readonly soFar: number | null;
  /** The same without zeroing by critical criteria. */
  readonly withoutCritical: number | null;
  readonly sections: readonly SectionScore[];
  readonly criteria: readonly CriterionScore[];
}

type Rating = Omit<CriterionScore, 'lost' | 'lostToCritical'>;

function rate(sectionId: string, criterion: Criterion, facts: CaseFacts, answers: Answers): Rating {
  const { id: criterionId, weight } = criterion;
  const unrated = { criterionId, sectionId, weight, value: null, zeroes: null, rootCauses: [] };
  if (!applies(criterion, facts)) return { ...unrated, state: 'out_of_scope' };
  const answer = answers[criterionId];
  if (answer === undefined) return { ...unrated, state: 'missing' };
  const value = valueOf(criterion.scale, answer);
  if (value === null || answer.kind === 'not_applicable') return { ...unrated, state: 'not_applicable' };
  const zeroes = value < criticalBelow ? criterion.critical : null;
  return { ...unrated, state: 'rated', value, zeroes, rootCauses: answer.rootCauses };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const weightOf = (ratings: readonly Rating[]) => sum(ratings.map(({ value, weight }) => (value === null ? 0 : weight)));
const earnedOf = (ratings: readonly Rating[]) => sum(ratings.map(({ value, weight }) => (value ?? 0) * weight));

function meanOf(ratings: readonly Rating[]): number | null {
  const weight = weightOf(ratings);
  return weight === 0 ? null : (100 * earnedOf(ratings)) / weight;
}

/** Splits the points that critical failures take beyond their ratings evenly among the criteria that failed. */
function takenBy(failed: readonly Rating[], points: number): Map<string, number> {
  return new Map(failed.map(({ criterionId }) => [criterionId, points / failed.length]));
}

/**
 * Scores a review. A criterion's value is weighted over the criteria rated, so that the weight of those not applicable falls to
 * the others; a failed critical criterion makes its section or the review 0. Errors: AnswerError for answers the card does not
 * allow. Answers to criteria whose condition does not hold are kept out.
 */
export function scoreReview(card: Scorecard, facts: CaseFacts, answers: Answers): ReviewScore {
  const problems = answerProblems(card, answers);
  if (problems.length > 0) throw new AnswerError(card, problems);
  const all = card.sections.flatMap(({ id, criteria }) =>
    criteria.map((criterion) => rate(id, criterion, facts, answers)),
  );
  const weight = weightOf(all);
  const taken = new Map<string, number>();
  const sections = card.sections.map(({ id: sectionId }) => {
    const ratings = all.filter((rating) => rating.sectionId === sectionId);
    const withoutCritical = meanOf(ratings);
    const failed = ratings.filter(({ zeroes }) => zeroes === 'section');
    const isZeroed = failed.length > 0 && withoutCritical !== null;
    if (isZeroed) for (const [id, points] of takenBy(failed, (100 * earnedOf(ratings)) / weight)) taken.set(id, points);
    return { sectionId, score: isZeroed ? 0 : withoutCritical, withoutCritical };
  });
  const withoutCritical = meanOf(all);
  const afterSections = (withoutCritical ?? 100) - sum([...taken.values()]);
  const fatal = all.filter(({ zeroes }) => zeroes === 'review');
  for (const [id, points] of takenBy(fatal, afterSections)) taken.set(id, points);
  const soFar = fatal.length > 0 ? 0 : withoutCritical === null ? null : Math.max(0, afterSections);
  const missing = all.filter(({ state }) => state === 'missing').map(({ criterionId }) => criterionId);
  return {
    score: missing.length === 0 ? soFar : null,
    missing,
    soFar,
    withoutCritical,
    sections,
    criteria: all.map((rating) => ({
      ...rating,
      lost: rating.value === null || weight === 0 ? 0 : (100 * rating.weight * (1 - rating.value)) / weight,
      lostToCritical: taken.get(rating.criterionId) ?? 0,
    })),
  };
}
