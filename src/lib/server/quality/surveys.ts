import { type Principal, scopeOf } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import type { Period } from '#lib/metrics/period.ts';
import type { Frame } from '#lib/qa/frame.ts';
import { lostPointsOf } from '#lib/qa/lost_points.ts';
import type { SurveyedSample } from '#lib/qa/pool.ts';
import { reviewContentSchema } from '#lib/qa/review_schema.ts';
import { type RandomReview, type ScoredCase, combineReviews } from '#lib/qa/reviews.ts';
import { scoreReview } from '#lib/qa/score.ts';
import type { Scorecard } from '#lib/qa/scorecard.ts';
import { AccessError } from '../store/access_error.ts';
import type { Store } from '../store/store.ts';
import { type StoredSurvey, type SurveyCase, listSurveys } from '../store/surveys.ts';
import { pinnedCard } from './cards.ts';
import { qualityMemory } from './memory.ts';
import { factsOf } from './reviews.ts';
import { readDraw, readPlan } from './samples.ts';

/** The random samples of a card, ready to be estimated from. */
export interface Surveys {
  samples: readonly SurveyedSample[];
  /** Names of those with a case in the scope, by id. */
  names: ReadonlyMap<number, string>;
  /** The versions of the card that cases in the scope were scored by, latest first. */
  cards: readonly Scorecard[];
}

const remembered = qualityMemory<Surveys>(60);

/** Reads the random samples of a card with what a principal sees of them: cases that began in the period. Errors: AccessError; CardError. */
export async function openSurveys(store: Store, by: Principal, cardId: string, period: Period): Promise<Surveys> {
  if (!may(by.role, 'quality')) throw new AccessError('quality');
  return remembered(store, [scopeOf(by), cardId, period], () => readSurveys(store, by, cardId, period));
}

async function readSurveys(store: Store, by: Principal, cardId: string, period: Period): Promise<Surveys> {
  const stored = await listSurveys(store, by, cardId, period);
  const seen = stored.filter(({ cases }) => cases.length > 0);
  const versions = [...new Set(seen.map(({ cardVersion }) => cardVersion))].sort((a, b) => b - a);
  const cards = await Promise.all(versions.map((cardVersion) => pinnedCard(store, by, { cardId, cardVersion })));
  return {
    samples: stored.flatMap((one) => {
      const frame = frameOf(one);
      const card = cards.find(({ version }) => version === one.cardVersion) ?? null;
      return frame ? [toSample(one, frame, card)] : [];
    }),
    names: new Map(seen.map(({ id, name }) => [id, name])),
    cards,
  };
}

function toSample(stored: StoredSurvey, frame: Frame, card: Scorecard | null): SurveyedSample {
  const { strata } = readDraw(stored.draw);
  const progress = strata.map(({ stratum, size }) => ({ stratum, size, scored: stored.scored.get(stratum) ?? 0 }));
  return {
    id: stored.id,
    seed: stored.seed,
    frame,
    strata: new Map(progress.map(({ stratum, ...counts }) => [stratum, counts])),
    size: progress.reduce((sum, { size }) => sum + size, 0),
    scored: progress.reduce((sum, { scored }) => sum + scored, 0),
    cases: stored.cases.map((one) => ({ ...one, scored: card && scoredCase(card, one) })),
  };
}

/** Whose cases of when a sample was drawn from; null where it was narrowed by what the store does not keep of a case. */
function frameOf({ plan, brands, vendors }: StoredSurvey): Frame | null {
  const { period, keys } = readPlan(plan);
  const { brand, vendor, ...others } = keys;
  if (Object.values(others).some((list) => list.length > 0)) return null;
  return { period, brands: narrowed(brands, brand), vendors: narrowed(vendors, vendor) };
}

function narrowed(scope: readonly string[] | null, picked: readonly string[] = []): readonly string[] | null {
  if (picked.length === 0) return scope;
  return scope === null ? picked : picked.filter((id) => scope.includes(id));
}

/** What the reviews of a case come to; a reference agreed on takes the place of the others. */
function scoredCase(card: Scorecard, { caseId, reviews }: SurveyCase): ScoredCase | null {
  const references = reviews.filter(({ part }) => part === 'reference');
  const valid = references.length > 0 ? references : reviews;
  const random = valid.map(({ reviewerId, score, content, facts }): RandomReview => {
    const { answers } = reviewContentSchema.parse(content);
    const lost = lostPointsOf(scoreReview(card, factsOf({ facts }, null), answers));
    return { kind: 'random', caseId, reviewerId, score, lost };
  });
  return combineReviews(random)[0] ?? null;
}
