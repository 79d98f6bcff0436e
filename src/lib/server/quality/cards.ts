import type { Principal } from '#lib/access/principal.ts';
import { defaultScorecard } from '#lib/qa/default_scorecard/card.ts';
import type { Scorecard } from '#lib/qa/scorecard.ts';
import { type ScorecardProblem, readScorecard } from '#lib/qa/scorecard_reading.ts';
import { type ScorecardDraft, draftOf, freeId, scorecardDraftSchema } from '#lib/qa/scorecard_draft.ts';
import { QualityError } from '../store/quality_error.ts';
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
  return readPinned(await scorecards.openCard(store, by, cardId, cardVersion));
}

/** The cards that several pin, by `<id>@<version>`. Errors: as `pinnedCard`. */
export async function pinnedCards(
  store: Store,
  by: Principal,
  pins: readonly { cardId: string; cardVersion: number }[],
): Promise<Map<string, Scorecard>> {
  const wanted = new Set(pins.map(({ cardId, cardVersion }) => `${cardId}@${cardVersion}`));
  const stored = await scorecards.listCards(store, by);
  return new Map(
    stored.flatMap((one) => {
      const key = `${one.cardId}@${one.version}`;
      return wanted.has(key) ? [[key, readPinned(one)] as const] : [];
    }),
  );
}

function readPinned(stored: scorecards.StoredCard): Scorecard {
  // A pinned card may name brands that the configuration no longer has: reviews by it go on.
  const { card, problems } = readScorecard({ ...stored.card, version: stored.version, state: stored.state }, null);
  if (!card) throw new CardError(problems);
  return card;
}

/** The draft of a card, whatever it lacks. Errors: AccessError; QualityError `missing`. */
export async function openDraft(
  store: Store,
  by: Principal,
  cardId: string,
): Promise<{ draft: ScorecardDraft; version: number; changedAt: string }> {
  const found = (await scorecards.listCards(store, by)).find((one) => one.cardId === cardId && one.state === 'draft');
  if (!found) throw new QualityError('missing');
  const { card, version, changedAt } = found;
  return { draft: scorecardDraftSchema.parse(card), version, changedAt };
}

/** Keeps a draft, finished or not, made from the one of an instant, or the first one (null); returns its version. Errors: AccessError; QualityError `outdated`. */
export async function saveDraft(
  store: Store,
  by: Principal,
  draft: ScorecardDraft,
  basedOn: string | null = null,
): Promise<number> {
  return scorecards.saveDraftCard(store, by, draft.id, draft, basedOn);
}

/** Begins another card with what the default one says; returns its id. Errors: AccessError. */
export async function beginCard(store: Store, by: Principal): Promise<string> {
  const { id } = defaultScorecard;
  const taken = (await scorecards.listCards(store, by)).map(({ cardId }) => ({ id: cardId }));
  const cardId = taken.some((one) => one.id === id) ? freeId(id, taken) : id;
  await saveDraft(store, by, draftOf(defaultScorecard, cardId));
  return cardId;
}

/** Begins a draft of what a published version says. Errors: AccessError; QualityError `missing`, `outdated` where there is a draft already. */
export async function reviseCard(
  store: Store,
  by: Principal,
  pinned: { cardId: string; cardVersion: number },
): Promise<void> {
  await saveDraft(store, by, draftOf(await pinnedCard(store, by, pinned)));
}

/** Publishes a draft that reads; one that is published already stays so, as after a second click. Errors: AccessError, QualityError, CardError. */
export async function publish(
  store: Store,
  by: Principal,
  { cardId, version }: { cardId: string; version: number },
  brands: readonly string[],
): Promise<void> {
  const stored = await scorecards.openCard(store, by, cardId, version);
  if (stored.state === 'published') return;
  const { problems } = toVersion(stored, brands);
  if (problems.length > 0) throw new CardError(problems);
  await scorecards.publishCard(store, by, cardId, version);
}
