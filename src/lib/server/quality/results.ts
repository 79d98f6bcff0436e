import type { Principal } from '#lib/access/principal.ts';
import { type Period, addDays, keyOfDay, keysOfPeriod, monthPeriod } from '#lib/metrics/period.ts';
import { type Drivers, driversIn } from '#lib/qa/drivers.ts';
import { type ScoreEstimate, type TooFew, estimateOf } from '#lib/qa/estimate.ts';
import { type SurveyedCase, type SurveyedSample, poolOf } from '#lib/qa/pool.ts';
import { clearlyAbove, rank } from '#lib/qa/ranking.ts';
import { type Scorecard, canBeZeroed } from '#lib/qa/scorecard.ts';
import { weightOf } from '#lib/qa/weighted_mean.ts';
import type { Store } from '../store/store.ts';
import { type SurveyedCard, countRiskReviews, listSurveyedCards } from '../store/surveys.ts';
import { type Surveys, openSurveys } from './surveys.ts';

/** What random reviews say of some cases: their mean score, and which percentage of them is at 0. */
export interface QualityFigure {
  score: ScoreEstimate | TooFew;
  zeros: ScoreEstimate | TooFew;
  /** Cases drawn and not replaced, and those of them whose reviews are not all final. */
  drawn: number;
  open: number;
  /** Samples left out, since of a stratum with such cases nothing is scored yet. */
  waiting: readonly number[];
}

/** Whether reviews still to come may change a figure. */
export function isUnfinished({ open, waiting }: QualityFigure): boolean {
  return open > 0 || waiting.length > 0;
}

/** A figure of one key. `group` counts from the best: 1, 2, …; null where there is no number or nothing sets groups apart. `above`: keys of the same group that are clearly better all the same. */
export interface KeyFigure extends QualityFigure {
  key: string | null;
  group: number | null;
  above: readonly string[];
}

export const resultDimensions = ['vendor', 'brand', 'agent'] as const;
export type ResultDimension = (typeof resultDimensions)[number];

export interface ResultsAsked {
  /** Null: the card by which most was scored. */
  cardId: string | null;
  period: Period;
  /** Empty lists take all. */
  brands: readonly string[];
  vendors: readonly string[];
}

/** What random reviews by one card say of a period. */
export interface QualityResults {
  /** Its versions that cases were scored by, latest first. */
  cards: readonly [Scorecard, ...Scorecard[]];
  surveyed: readonly SurveyedCard[];
  overall: QualityFigure;
  /** The twelve months up to the last of the period. */
  months: readonly (QualityFigure & { month: string })[];
  by: Readonly<Record<ResultDimension, readonly KeyFigure[]>>;
  drivers: Drivers | TooFew;
  samples: readonly { id: number; name: string }[];
  /** Final reviews behind the scores, and how many cases have more than one. */
  reviews: number;
  doubles: number;
  /** Final reviews by the same card of cases picked for risk in samples over the period, kept out of every figure. */
  risk: number;
}

const trendMonths = 12;

/** The months that a trend up to the end of a period shows. */
function trendPeriod({ to }: Period): Period {
  const last = monthPeriod(keyOfDay('month', addDays(to, -1)));
  const first = new Date(Date.parse(last.from));
  first.setUTCMonth(first.getUTCMonth() - (trendMonths - 1));
  return { from: first.toISOString().slice(0, 10), to: last.to };
}

function isPicked({ period, brands, vendors }: ResultsAsked): (one: SurveyedCase) => boolean {
  return ({ startedOn, brandId, vendorId }) =>
    startedOn >= period.from &&
    startedOn < period.to &&
    (brands.length === 0 || brands.includes(brandId)) &&
    (vendors.length === 0 || vendors.includes(vendorId ?? ''));
}

function figureOf({ samples, cards }: Surveys, isIn: (one: SurveyedCase) => boolean): QualityFigure {
  const { observations, drawn, open, waiting } = poolOf(samples, isIn);
  const zeros = observations.map((one) => ({ ...one, value: 100 * one.scored.zeroed }));
  return {
    score: estimateOf(observations, { canBeZeroed: cards.some(canBeZeroed) }),
    zeros: estimateOf(zeros, { canBeZeroed: false }),
    drawn,
    open,
    waiting,
  };
}

function keyOf(dimension: ResultDimension, { brandId, vendorId, agentId }: SurveyedCase): string | null {
  return { brand: brandId, vendor: vendorId, agent: agentId }[dimension];
}

/** Figures of each key: in groups where intervals set them apart, by key within a group, last those without a number. */
function figuresBy(surveys: Surveys, isIn: (one: SurveyedCase) => boolean, dimension: ResultDimension): KeyFigure[] {
  const cases = surveys.samples.flatMap((sample: SurveyedSample) => sample.cases).filter(isIn);
  const keys = [...new Set(cases.map((one) => keyOf(dimension, one)))].sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
  const figures = keys.map((key) => ({
    key,
    ...figureOf(surveys, (one) => isIn(one) && keyOf(dimension, one) === key),
  }));
  const { groups } = rank(figures.map(({ key, score }) => ({ domain: key ?? '', estimate: score })));
  const placeOf = new Map(
    groups.flatMap((group, index) =>
      group.map((one) => {
        const above = clearlyAbove(one, group).map(({ domain }) => domain);
        return [one.domain, { group: groups.length > 1 ? index + 1 : null, above: above.sort() }] as const;
      }),
    ),
  );
  return figures
    .map((one) => ({ ...one, ...(placeOf.get(one.key ?? '') ?? { group: null, above: [] }) }))
    .sort(
      (a, b) =>
        Number(a.score.kind === 'too_few') - Number(b.score.kind === 'too_few') || (a.group ?? 0) - (b.group ?? 0),
    );
}

/** What random reviews in a principal's scope say of a period; null where no card was ever used for a random sample in it. Errors: AccessError. */
export async function openResults(store: Store, by: Principal, asked: ResultsAsked): Promise<QualityResults | null> {
  const surveyed = await listSurveyedCards(store, by);
  const cardId = surveyed.find((one) => one.cardId === asked.cardId)?.cardId ?? surveyed[0]?.cardId;
  if (cardId === undefined) return null;
  const trend = trendPeriod(asked.period);
  const reach = { from: [trend.from, asked.period.from].sort()[0] ?? trend.from, to: trend.to };
  const surveys = await openSurveys(store, by, cardId, reach);
  const [latest, ...before] = surveys.cards;
  if (!latest) return null;
  const isIn = isPicked(asked);
  const isInTrend = isPicked({ ...asked, period: trend });
  const { observations } = poolOf(surveys.samples, isIn);
  const own = surveys.samples.filter(({ cases }) => cases.some(isIn));
  const reviewsOf = own.flatMap(({ cases }) => cases.filter(isIn).map(({ scored }) => scored?.reviews ?? 0));
  return {
    cards: [latest, ...before],
    surveyed,
    overall: figureOf(surveys, isIn),
    months: keysOfPeriod('month', trend).map((month) => ({
      month,
      ...figureOf(surveys, (one) => isInTrend(one) && one.startedOn.startsWith(month)),
    })),
    by: {
      vendor: figuresBy(surveys, isIn, 'vendor'),
      brand: figuresBy(surveys, isIn, 'brand'),
      agent: figuresBy(surveys, isIn, 'agent'),
    },
    drivers: driversIn(
      observations.map((one) => ({ caseId: one.caseId, weight: weightOf(one), lost: one.scored.lost })),
    ),
    samples: own.map(({ id }) => ({ id, name: surveys.names.get(id) ?? '' })),
    reviews: reviewsOf.reduce((sum, count) => sum + count, 0),
    doubles: reviewsOf.filter((count) => count > 1).length,
    risk: await countRiskReviews(store, by, cardId, asked),
  };
}

/** What stands beside other figures of a period: the score by the card most was scored by; null where nothing was drawn. Errors: AccessError. */
export async function openQualityFigure(
  store: Store,
  by: Principal,
  asked: ResultsAsked,
): Promise<{ figure: QualityFigure; card: Scorecard } | null> {
  const [first] = await listSurveyedCards(store, by);
  if (!first) return null;
  const surveys = await openSurveys(store, by, asked.cardId ?? first.cardId, asked.period);
  const [card] = surveys.cards;
  if (!card) return null;
  return { figure: figureOf(surveys, isPicked(asked)), card };
}
