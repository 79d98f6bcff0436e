import { type Agreement, agreementByMonth, measureAgreement, type MonthlyAgreement } from './agreement.ts';
import { type AlphaMetric, krippendorffAlpha } from './alpha.ts';
import { valueOf, type Answer, type Answers } from './answers.ts';
import { cohenKappa } from './kappa.ts';
import { percentAgreement } from './percent_agreement.ts';
import type { Pair, Unit } from './ratings.ts';
import type { Criterion, Scale } from './scorecard.ts';
import { smallestSample } from './smallest_sample.ts';

/** One of the reviews of a case that was scored more than once. */
export interface ComparedReview {
  readonly reviewerId: string;
  readonly answers: Answers;
  /** 0 to 100. */
  readonly score: number;
}

/** A case scored by two who did not see each other, or in a calibration: the one compared with, and those who are compared. */
export interface ComparedCase {
  /** The month of the last review, such as 2026-10. */
  readonly month: string;
  /** Whether the one compared with is a reference, and not somebody who is compared as well. */
  readonly isReference: boolean;
  readonly against: ComparedReview;
  readonly reviews: readonly ComparedReview[];
}

/** What is compared: a criterion, or the score of the whole review. */
export type Subject = Criterion | 'score';

/** Scores this many points apart or less are counted as agreeing. */
export const scoreTolerance = 5;

/** How far reviewers agree at one subject; a number is null below 20 cases, or where it is not defined. */
export interface SubjectAgreement {
  readonly cases: number;
  readonly pairs: number;
  /** Pairs of which only one found the criterion not applicable; they count in percent agreement only. */
  readonly applicabilityDiffers: number;
  readonly percent: Agreement;
  /** Null for scores and deductions, which have no levels. */
  readonly kappa: Agreement | null;
  readonly alpha: Agreement;
  /** By how much of the scale (points for scores) those compared rate higher, in the mean; null below 20 cases. */
  readonly difference: number | null;
}

const notApplicable = -1;

function ratingOf(criterion: Criterion, answer: Answer | undefined): number | null {
  if (answer === undefined) return null;
  if (answer.kind === 'not_applicable') return notApplicable;
  if (answer.kind === 'level') return answer.level;
  const value = valueOf(criterion.scale, answer);
  return value === null ? null : 100 * value;
}

function metricOf(subject: Subject): AlphaMetric {
  if (subject === 'score' || subject.scale.kind === 'deduct') return 'interval';
  return subject.scale.kind === 'pass_fail' ? 'nominal' : 'ordinal';
}

function stepsOf(scale: Scale): number {
  if (scale.kind === 'deduct') return 100;
  return scale.kind === 'pass_fail' ? 1 : scale.levels.length - 1;
}

/** Lists the pairs of ratings of a case at a subject: (who is compared, who they are compared with). */
function pairsOfCase({ against, reviews }: ComparedCase, subject: Subject): Pair[] {
  const rate = ({ answers, score }: ComparedReview) =>
    subject === 'score' ? score : ratingOf(subject, answers[subject.id]);
  const other = rate(against);
  return reviews.flatMap((review): Pair[] => {
    const own = rate(review);
    return own === null || other === null ? [] : [[own, other]];
  });
}

/** A case as one unit of what is resampled: its pairs one after the other. */
const unitOf = (pairs: readonly Pair[]): Unit => pairs.flat();

function pairsOf(units: readonly Unit[]): Pair[] {
  const pairs: Pair[] = [];
  for (const unit of units)
    for (let at = 0; at + 1 < unit.length; at += 2) pairs.push([unit[at] ?? NaN, unit[at + 1] ?? NaN]);
  return pairs;
}

const bothRated = (pair: Pair): boolean => !pair.includes(notApplicable);

/** Takes the number from an agreement over too few cases. */
function unlessFew<A extends Agreement>(agreement: A): A {
  return agreement.units < smallestSample ? { ...agreement, value: null, interval: null } : agreement;
}

const alphaOf = (subject: Subject) => (units: readonly Unit[]) => krippendorffAlpha(pairsOf(units), metricOf(subject));
const percentOf = (subject: Subject) => (units: readonly Unit[]) =>
  percentAgreement(pairsOf(units), subject === 'score' ? scoreTolerance : 0);

/**
 * Measures how far reviewers agree at a subject. Levels are ordinal (kappa weighted by distance), pass and fail nominal, scores and
 * deductions intervals; cases are what is resampled, so that the pairs of one case stay together. The same seed gives the same intervals.
 */
export function measureSubject(cases: readonly ComparedCase[], subject: Subject, seed: string): SubjectAgreement {
  const paired = cases.map((one) => pairsOfCase(one, subject)).filter((pairs) => pairs.length > 0);
  const all = paired.map(unitOf);
  const rated = paired.map((pairs) => unitOf(pairs.filter(bothRated)));
  const hasLevels = subject !== 'score' && subject.scale.kind !== 'deduct';
  const weights = hasLevels && subject.scale.kind === 'points' ? 'linear' : 'none';
  const ratedPairs = paired.flat().filter(bothRated);
  const steps = subject === 'score' ? 1 : stepsOf(subject.scale);
  const apart = ratedPairs.reduce((sum, [own, other]) => sum + own - other, 0);
  const measure = (units: readonly Unit[], statistic: (of: readonly Unit[]) => number | null, name: string) =>
    unlessFew(measureAgreement(units, statistic, `${seed}\n${name}`));
  return {
    cases: all.length,
    pairs: paired.flat().length,
    applicabilityDiffers: paired.flat().filter(([a, b]) => (a === notApplicable) !== (b === notApplicable)).length,
    percent: measure(all, percentOf(subject), 'percent'),
    kappa: hasLevels ? measure(rated, (units) => cohenKappa(pairsOf(units), weights), 'kappa') : null,
    alpha: measure(rated, alphaOf(subject), 'alpha'),
    difference:
      rated.filter((unit) => unit.length > 0).length < smallestSample ? null : apart / ratedPairs.length / steps,
  };
}

/** A month of agreement at a subject, under the same rules. */
export interface SubjectMonth {
  readonly month: string;
  readonly percent: MonthlyAgreement;
  readonly alpha: Agreement;
}

/** Measures agreement at a subject month by month, those without comparisons left out. */
export function subjectByMonth(cases: readonly ComparedCase[], subject: Subject, seed: string): SubjectMonth[] {
  const monthly = cases.map((one) => ({ month: one.month, pairs: pairsOfCase(one, subject) }));
  const unitsOf = (keep: (pair: Pair) => boolean) =>
    monthly
      .map(({ month, pairs }) => ({ month, unit: unitOf(pairs.filter(keep)) }))
      .filter(({ unit }) => unit.length > 0);
  const alphas = new Map(
    agreementByMonth(unitsOf(bothRated), alphaOf(subject), `${seed}\nalpha`).map((one) => [one.month, unlessFew(one)]),
  );
  return agreementByMonth(
    unitsOf(() => true),
    percentOf(subject),
    `${seed}\npercent`,
  ).map((percent) => ({
    month: percent.month,
    percent: unlessFew(percent),
    alpha: alphas.get(percent.month) ?? { value: null, interval: null, units: 0 },
  }));
}

/** Turns the cases so that one reviewer is compared with whoever else scored; cases without them are left out. */
export function comparedBy(cases: readonly ComparedCase[], reviewerId: string): ComparedCase[] {
  return cases.flatMap((one) => {
    const own = one.reviews.find((review) => review.reviewerId === reviewerId);
    if (own) return [{ ...one, reviews: [own] }];
    if (one.isReference || one.against.reviewerId !== reviewerId) return [];
    return one.reviews.map((other) => ({ ...one, against: other, reviews: [one.against] }));
  });
}
