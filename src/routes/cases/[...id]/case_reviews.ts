import type { Principal } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { listCards } from '#lib/server/quality/cards.ts';
import { type StoredReview, listReviews } from '#lib/server/store/reviews.ts';
import type { Store } from '#lib/server/store/store.ts';

/** A final review of a case; `reviewer` null for who does not score cases. */
export interface CaseReview extends Pick<StoredReview, 'id' | 'kind' | 'score' | 'isCritical' | 'submittedAt'> {
  card: string;
  reviewer: string | null;
}

/** The final reviews of a case that a principal may see; null where they see none of any case. */
export async function reviewsOfCase(
  store: Store,
  by: Principal,
  caseId: string,
  locale: Locale,
): Promise<CaseReview[] | null> {
  if (!may(by.role, 'quality')) return null;
  const reviews = await listReviews(store, by, { caseId, states: ['submitted'] });
  if (reviews.length === 0) return [];
  const cards = await listCards(store, by, []);
  return reviews.map(({ id, kind, score, isCritical, submittedAt, cardId, cardVersion, reviewerName }) => {
    const card = cards.find((one) => one.cardId === cardId && one.version === cardVersion)?.card;
    const reviewer = may(by.role, 'review') ? reviewerName : null;
    return { id, kind, score, isCritical, submittedAt, card: card?.name[locale] ?? cardId, reviewer };
  });
}
