import { type RawBuilder, sql } from 'kysely';
import { type Principal, scopeOf } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import type { Period } from '#lib/metrics/period.ts';
import { AccessError } from './access_error.ts';
import { isTakenIn } from './owned.ts';
import type { ReviewPart } from './reviews.ts';
import type { Store } from './store.ts';

/** A final review of a case drawn at random. */
export interface SurveyReview {
  reviewerId: string;
  part: ReviewPart;
  score: number;
  content: object;
  facts: object | null;
}

/** A case of a random sample that was not replaced; its reviews are given once all of them are final, until then none. */
export interface SurveyCase {
  caseId: string;
  stratum: string;
  brandId: string;
  vendorId: string | null;
  agentId: string | null;
  startedOn: string;
  reviews: readonly SurveyReview[];
}

/** A random sample as the store knows it. `scored` counts the cases of each stratum, of all that it drew, all of whose reviews are final. */
export interface StoredSurvey {
  id: number;
  name: string;
  cardVersion: number;
  plan: object;
  draw: object;
  seed: string;
  brands: readonly string[] | null;
  vendors: readonly string[] | null;
  scored: ReadonlyMap<string, number>;
  cases: readonly SurveyCase[];
}

/**
 * Writes the condition that a row of `sample_cases` is scored: it has reviews and all are final. It is the same for everybody, so that
 * a number does not depend on who looks, and nobody learns of a score that they have to find blind.
 */
const isScored: RawBuilder<boolean> = sql<boolean>`(
  sample_cases.replaced_at is null
  and (sample_cases.sample_id, sample_cases.case_id) in (select sample_id, case_id from reviews where state = 'submitted')
  and (sample_cases.sample_id, sample_cases.case_id) not in (select sample_id, case_id from reviews where state <> 'submitted')
)`;

/**
 * The random samples of a card with those of their cases that began in a period and are in the principal's scope; samples of others'
 * cases come without any, since how they were drawn bears on what a shared case counts. Errors: AccessError.
 */
export async function listSurveys(
  store: Store,
  by: Principal,
  cardId: string,
  { from, to }: Period,
): Promise<StoredSurvey[]> {
  if (!may(by.role, 'quality')) throw new AccessError('quality');
  const samples = await store.db
    .selectFrom('samples')
    .select(['id', 'name', 'card_version', 'plan', 'draw', 'seed', 'brands', 'vendors'])
    .where('kind', '=', 'random')
    .where('card_id', '=', cardId)
    .orderBy('id')
    .execute();
  const ids = samples.map(({ id }) => id);
  if (ids.length === 0) return [];
  const scored = await store.db
    .selectFrom('sample_cases')
    .select(['sample_id', 'stratum', sql<number>`count(*)::integer`.as('scored')])
    .where('sample_id', 'in', ids)
    .where(isScored)
    .groupBy(['sample_id', 'stratum'])
    .execute();
  const cases = await store.db
    .selectFrom('sample_cases')
    .select(['sample_id', 'case_id', 'stratum', 'brand_id', 'vendor_id', 'agent_id', 'started_on'])
    .where('sample_id', 'in', ids)
    .where('replaced_at', 'is', null)
    .where('started_on', '>=', from)
    .where('started_on', '<', to)
    .where(isTakenIn(scopeOf(by), 'sample_cases'))
    .orderBy('sample_id')
    .orderBy('case_id')
    .execute();
  const reviews = await store.db
    .selectFrom('reviews')
    .innerJoin('sample_cases', (join) =>
      join
        .onRef('sample_cases.sample_id', '=', 'reviews.sample_id')
        .onRef('sample_cases.case_id', '=', 'reviews.case_id'),
    )
    .select(['reviews.sample_id', 'reviews.case_id', 'reviewer_id', 'part', 'score', 'content', 'facts'])
    .where('reviews.sample_id', 'in', ids)
    .where('started_on', '>=', from)
    .where('started_on', '<', to)
    .where(isScored)
    .where(isTakenIn(scopeOf(by), 'reviews'))
    .orderBy('reviews.id')
    .execute();
  const key = (row: { sample_id: number; case_id: string }): string => `${row.sample_id} ${row.case_id}`;
  const reviewsByCase = Map.groupBy(reviews, key);
  const casesBySample = Map.groupBy(cases, ({ sample_id }) => sample_id);
  const scoredBySample = Map.groupBy(scored, ({ sample_id }) => sample_id);
  return samples.map((sample) => ({
    id: sample.id,
    name: sample.name,
    cardVersion: sample.card_version,
    plan: sample.plan,
    draw: sample.draw,
    seed: sample.seed,
    brands: sample.brands,
    vendors: sample.vendors,
    scored: new Map((scoredBySample.get(sample.id) ?? []).map((row) => [row.stratum, row.scored])),
    cases: (casesBySample.get(sample.id) ?? []).map((row) => ({
      caseId: row.case_id,
      stratum: row.stratum,
      brandId: row.brand_id,
      vendorId: row.vendor_id,
      agentId: row.agent_id,
      startedOn: row.started_on ?? '',
      reviews: (reviewsByCase.get(key(row)) ?? []).flatMap(({ score, ...review }) =>
        score === null
          ? []
          : [
              {
                reviewerId: review.reviewer_id,
                part: review.part,
                score,
                content: review.content,
                facts: review.facts,
              },
            ],
      ),
    })),
  }));
}

/** A card with how many cases of random samples in the principal's scope are scored by it. */
export interface SurveyedCard {
  cardId: string;
  scored: number;
}

/** The cards of random samples with cases in the principal's scope, the one most was scored by first. Errors: AccessError. */
export async function listSurveyedCards(store: Store, by: Principal): Promise<SurveyedCard[]> {
  if (!may(by.role, 'quality')) throw new AccessError('quality');
  const rows = await store.db
    .selectFrom('sample_cases')
    .innerJoin('samples', 'samples.id', 'sample_cases.sample_id')
    .select(['card_id', sql<number>`count(*) filter (where ${isScored})::integer`.as('scored')])
    .where('kind', '=', 'random')
    .where(isTakenIn(scopeOf(by), 'sample_cases'))
    .groupBy('card_id')
    .orderBy('scored', 'desc')
    .orderBy('card_id')
    .execute();
  return rows.map(({ card_id, scored }) => ({ cardId: card_id, scored }));
}
