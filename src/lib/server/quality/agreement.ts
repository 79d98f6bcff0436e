import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Principal } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { localDay } from '#lib/metrics/period.ts';
import { type CaseFacts, applies } from '#lib/qa/applicability.ts';
import type { Answers } from '#lib/qa/answers.ts';
import {
  type ComparedCase,
  type Subject,
  type SubjectAgreement,
  type SubjectMonth,
  comparedBy,
  measureSubject,
  subjectByMonth,
} from '#lib/qa/comparison.ts';
import { reviewContentSchema } from '#lib/qa/review_schema.ts';
import { type Criterion, type Scorecard, criteriaOf } from '#lib/qa/scorecard.ts';
import { type StoredRating, listRatings } from '../store/ratings.ts';
import type { Store } from '../store/store.ts';
import { pinnedCard } from './cards.ts';
import { factsOf } from './reviews.ts';

/** Who is compared with whom: two who scored the same case blindly, or those in calibrations with the reference. */
export const bases = ['double', 'calibration'] as const;
export type Basis = (typeof bases)[number];

/** What a reader asks for; null stands for the score, for everybody, and for the card with most comparisons. */
export interface AgreementQuestion {
  basis: Basis;
  cardId: string | null;
  criterionId: string | null;
  reviewerId: string | null;
}

export interface AgreementReport {
  card: Scorecard | null;
  cards: { id: string; name: Scorecard['name'] }[];
  criterion: Criterion | null;
  reviewerId: string | null;
  reviewers: { userId: string; name: string; agreement: SubjectAgreement }[];
  /** The score first, then the criteria of the newest version of the card. */
  subjects: { criterion: Criterion | null; agreement: SubjectAgreement }[];
  months: SubjectMonth[];
}

const monthsBack = 12;

const measured = new LRUCache<string, SubjectAgreement>({ max: 2000 });

/** Measures how far reviewers agree over the last twelve months, by what was first submitted. Errors: AccessError. */
export async function openAgreement(
  store: Store,
  by: Principal,
  { basis, cardId, criterionId, reviewerId }: AgreementQuestion,
  { now, timezone }: { now: Date; timezone: string },
): Promise<AgreementReport> {
  const since = new Date(now);
  since.setUTCMonth(since.getUTCMonth() - monthsBack);
  const ratings = (await listRatings(store, by, since)).filter(
    ({ kind }) => (kind === 'calibration') === (basis === 'calibration'),
  );
  const newest = await newestCards(store, by, ratings);
  const card = newest.find(({ id }) => id === cardId) ?? newest[0] ?? null;
  const ofCard = ratings.filter((rating) => rating.cardId === card?.id);
  const isOwnOnly = !may(by.role, 'manage_quality');
  const who = isOwnOnly ? by.userId : reviewerId;
  const cases = card ? await compare(store, by, ofCard, card, basis, timezone) : [];
  const shown = who === null ? cases : comparedBy(cases, who);
  const criterion = card ? (criteriaOf(card).find(({ id }) => id === criterionId) ?? null) : null;
  const state = stateOf(ofCard, card, basis);
  const measure = async (of: readonly ComparedCase[], subject: Subject, rater: string | null) => {
    const id = subject === 'score' ? subject : subject.id;
    const key = `${state} ${id} ${rater}`;
    const known = measured.get(key);
    if (known) return known;
    await setImmediate();
    const agreement = measureSubject(of, subject, `${card?.id}\n${id}\n${rater}`);
    measured.set(key, agreement);
    return agreement;
  };
  const subjects: AgreementReport['subjects'] = [];
  for (const one of card ? [null, ...criteriaOf(card)] : [])
    subjects.push({ criterion: one, agreement: await measure(shown, one ?? 'score', who) });
  const subject = criterion ?? 'score';
  const reviewers: AgreementReport['reviewers'] = [];
  for (const { userId, name } of ratersOf(ofCard))
    if (!isOwnOnly || userId === by.userId) {
      const own = comparedBy(cases, userId);
      if (own.length > 0) reviewers.push({ userId, name, agreement: await measure(own, subject, userId) });
    }
  return {
    card,
    cards: newest.map(({ id, name }) => ({ id, name })),
    criterion,
    reviewerId: who,
    reviewers,
    subjects,
    months: subjectByMonth(shown, subject, `${card?.id}`),
  };
}

/** Tells apart what is measured: first ratings do not change, so their names are enough. */
function stateOf(ratings: readonly StoredRating[], card: Scorecard | null, basis: Basis): string {
  const names = ratings.map(({ sampleId, caseId, reviewerId, part }) => [sampleId, caseId, reviewerId, part]);
  return createHash('sha256')
    .update(JSON.stringify([card?.id, card?.version, basis, names]))
    .digest('hex');
}

function ratersOf(ratings: readonly StoredRating[]): { userId: string; name: string }[] {
  const names = new Map(ratings.map(({ reviewerId, reviewerName }) => [reviewerId, reviewerName]));
  return [...names].map(([userId, name]) => ({ userId, name })).sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
}

/** The newest version in use of each card, that with most ratings first. */
async function newestCards(store: Store, by: Principal, ratings: readonly StoredRating[]): Promise<Scorecard[]> {
  const byCard = [...Map.groupBy(ratings, ({ cardId }) => cardId)].sort(([, a], [, b]) => b.length - a.length);
  return Promise.all(
    byCard.map(([cardId, of]) =>
      pinnedCard(store, by, { cardId, cardVersion: Math.max(...of.map(({ cardVersion }) => cardVersion)) }),
    ),
  );
}

async function compare(
  store: Store,
  by: Principal,
  ratings: readonly StoredRating[],
  card: Scorecard,
  basis: Basis,
  timezone: string,
): Promise<ComparedCase[]> {
  const versions = new Map<number, Scorecard>();
  for (const { cardId, cardVersion } of ratings)
    if (!versions.has(cardVersion)) versions.set(cardVersion, await pinnedCard(store, by, { cardId, cardVersion }));
  const reviewOf = ({ reviewerId, content, facts, score, cardVersion }: StoredRating) => ({
    reviewerId,
    score: score ?? NaN,
    answers: comparable(
      reviewContentSchema.parse(content).answers,
      factsOf({ facts }, null),
      versions.get(cardVersion) ?? card,
      card,
    ),
  });
  const groups = Map.groupBy(ratings, ({ sampleId, caseId }) => `${sampleId} ${caseId}`);
  return [...groups.values()].flatMap((of): ComparedCase[] => {
    const scored = of.filter(({ score }) => score !== null);
    const month = localDay(of.at(-1)?.submittedAt ?? '', timezone).slice(0, 7);
    const isReference = basis === 'calibration';
    const against = scored.find(({ part }) => part === (isReference ? 'reference' : 'second'));
    const others = scored.filter(({ part }) => (isReference ? part !== 'reference' : part === 'first'));
    if (!against || others.length === 0) return [];
    return [{ month, isReference, against: reviewOf(against), reviews: others.map(reviewOf) }];
  });
}

/** Keeps the answers to criteria that apply to the case and whose scale has stayed the same up to the newest version. */
function comparable(answers: Answers, facts: CaseFacts, own: Scorecard, newest: Scorecard): Answers {
  const scales = new Map(criteriaOf(newest).map(({ id, scale }) => [id, JSON.stringify(scale)]));
  const kept = criteriaOf(own).filter(
    (criterion) => applies(criterion, facts) && scales.get(criterion.id) === JSON.stringify(criterion.scale),
  );
  return Object.fromEntries(
    kept.flatMap(({ id }) => {
      const answer = answers[id];
      return answer ? [[id, answer]] : [];
    }),
  );
}
