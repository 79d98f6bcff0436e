import type { Principal } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import { QualityError } from './quality_error.ts';
import type { Store } from './store.ts';

export type CardState = 'draft' | 'published' | 'archived';

/** One version of a scorecard; `card` is what lib/qa reads. */
export interface StoredCard {
  cardId: string;
  version: number;
  state: CardState;
  card: object;
  changedAt: string;
  publishedAt: string | null;
  /** How many samples are scored by it. */
  samples: number;
}

/** Every version of every card, the latest first; drafts for who writes them alone. Errors: AccessError. */
export async function listCards(store: Store, by: Principal): Promise<StoredCard[]> {
  if (!may(by.role, 'quality')) throw new AccessError('quality');
  let query = store.db
    .selectFrom('scorecards')
    .selectAll('scorecards')
    .select((of) =>
      of
        .selectFrom('samples')
        .select((sample) => sample.cast<number>(sample.fn.countAll(), 'integer').as('count'))
        .whereRef('samples.card_id', '=', 'scorecards.card_id')
        .whereRef('samples.card_version', '=', 'scorecards.version')
        .as('samples'),
    );
  if (!may(by.role, 'manage_quality')) query = query.where('state', '<>', 'draft');
  const rows = await query.orderBy('card_id').orderBy('version', 'desc').execute();
  return rows.map((row) => ({
    cardId: row.card_id,
    version: row.version,
    state: row.state,
    card: row.card,
    changedAt: row.changed_at.toISOString(),
    publishedAt: row.published_at?.toISOString() ?? null,
    samples: row.samples ?? 0,
  }));
}

/** One version of a card. Errors: AccessError; QualityError `missing`. */
export async function openCard(store: Store, by: Principal, cardId: string, version: number): Promise<StoredCard> {
  const found = (await listCards(store, by)).find((one) => one.cardId === cardId && one.version === version);
  if (!found) throw new QualityError('missing');
  return found;
}

/**
 * Keeps the draft of a card: a new version where the last one is published already. Returns its version. Errors: AccessError; QualityError
 * `outdated` where the draft is not the one of the instant `basedOn` (null: where there is one).
 */
export async function saveDraftCard(
  store: Store,
  by: Principal,
  cardId: string,
  card: object,
  basedOn: string | null = null,
  now = new Date(),
): Promise<number> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  return store.db.transaction().execute(async (transaction) => {
    const last = await transaction
      .selectFrom('scorecards')
      .select(['version', 'state', 'changed_at'])
      .where('card_id', '=', cardId)
      .orderBy('version', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst();
    const draftedAt = last?.state === 'draft' ? last.changed_at.toISOString() : null;
    if (basedOn !== draftedAt) throw new QualityError('outdated');
    const changed = { card: JSON.stringify(card), changed_by: by.userId, changed_at: now };
    if (last?.state === 'draft') {
      await transaction
        .updateTable('scorecards')
        .set(changed)
        .where('card_id', '=', cardId)
        .where('version', '=', last.version)
        .execute();
      return last.version;
    }
    const version = (last?.version ?? 0) + 1;
    const begun = await transaction
      .insertInto('scorecards')
      .values({ card_id: cardId, version, state: 'draft', ...changed })
      .onConflict((conflict) => conflict.doNothing())
      .returning('version')
      .executeTakeFirst();
    if (!begun) throw new QualityError('outdated');
    return version;
  });
}

/** Publishes a draft and archives the version before: reviews begun by that one go on with it. Errors: AccessError; QualityError. */
export async function publishCard(
  store: Store,
  by: Principal,
  cardId: string,
  version: number,
  now = new Date(),
): Promise<void> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  await store.db.transaction().execute(async (transaction) => {
    const published = await transaction
      .updateTable('scorecards')
      .set({ state: 'published', published_at: now })
      .where('card_id', '=', cardId)
      .where('version', '=', version)
      .where('state', '=', 'draft')
      .returning('version')
      .executeTakeFirst();
    if (!published) throw new QualityError('not_draft');
    await transaction
      .updateTable('scorecards')
      .set({ state: 'archived' })
      .where('card_id', '=', cardId)
      .where('version', '<>', version)
      .where('state', '=', 'published')
      .execute();
  });
}

/** Takes a published card out of use for new samples. Errors: AccessError; QualityError. */
export async function archiveCard(store: Store, by: Principal, cardId: string, version: number): Promise<void> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  const archived = await store.db
    .updateTable('scorecards')
    .set({ state: 'archived' })
    .where('card_id', '=', cardId)
    .where('version', '=', version)
    .where('state', '=', 'published')
    .returning('version')
    .executeTakeFirst();
  if (!archived) throw new QualityError('missing');
}
