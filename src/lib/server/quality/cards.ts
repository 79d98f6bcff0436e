import type { Principal } from '#lib/access/principal.ts';
import { defaultScorecard } from '#lib/qa/default_scorecard/card.ts';
import type { Scorecard } from '#lib/qa/scorecard.ts';
import { type ScorecardProblem, readScorecard } from '#lib/qa/scorecard_reading.ts';
import * as scorecards from '../store/scorecards.ts';
import type { Store } from '../store/store.ts';

/** One version of a card with what it says, or what is wrong with it where a draft is not finished. */
export interface CardVersion extends Omit<scorecards.StoredCard, 'card'> {
  card: Scorecard | null;
  problems: readonly ScorecardProblem[];
}

/** A card that does not read; the problems say where. */
export class CardError extends Error {
  override readonly name = 'CardError';
  readonly problems: readonly ScorecardProblem[];

  constructor(problems: readonly ScorecardProblem[]) {
    super(problems.map(({ path, found, allowed }) => `${path}: found ${found}; allowed: ${allowed}`).join('\n'));
    this.problems = problems;
  }
}

function toVersion({ card, ...stored }: scorecards.StoredCard, brands: readonly string[]): CardVersion {
  const reading = readScorecard({ ...card, version: stored.version, state: stored.state }, brands);
  return { ...stored, card: reading.card, problems: reading.problems };
}

/** Every version of every card. Errors: AccessError. */
export async function listCards(store: Store, by: Principal, brands: readonly string[]): Promise<CardVersion[]> {
  return (await scorecards.listCards(store, by)).map((stored) => toVersion(stored, brands));
}

/** The card that a review or sample pins. Errors: AccessError, QualityError; CardError where it does not read. */
export async function pinnedCard(
  store: Store,
  by: Principal,
  { cardId, cardVersion }: { cardId: string; cardVersion: number },
): Promise<Scorecard> {
  const stored = await scorecards.openCard(store, by, cardId, cardVersion);
  // A pinned card may name brands that the configuration no longer has: reviews by it go on.
  const { card, problems } = readScorecard({ ...stored.card, version: stored.version, state: stored.state }, null);
  if (!card) throw new CardError(problems);
  return card;
}

/** Keeps a draft, finished or not; returns its version. Errors: AccessError. */
export async function saveDraft(store: Store, by: Principal, card: { id: string }): Promise<number> {
  return scorecards.saveDraftCard(store, by, card.id, card);
}

/** Begins with the card that comes along. Errors: AccessError. */
export async function saveDefaultCard(store: Store, by: Principal): Promise<{ cardId: string; version: number }> {
  const version = await saveDraft(store, by, defaultScorecard);
  return { cardId: defaultScorecard.id, version };
}

/** Publishes a draft that reads. Errors: AccessError, QualityError, CardError. */
export async function publish(
  store: Store,
  by: Principal,
  { cardId, version }: { cardId: string; version: number },
  brands: readonly string[],
): Promise<void> {
  const stored = await scorecards.openCard(store, by, cardId, version);
  const { problems } = toVersion(stored, brands);
  if (problems.length > 0) throw new CardError(problems);
  await scorecards.publishCard(store, by, cardId, version);
}
