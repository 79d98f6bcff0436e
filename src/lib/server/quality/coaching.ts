import type { Principal, Scope } from '#lib/access/principal.ts';
import { type CoachingContent, coachingContentSchema } from '#lib/qa/coaching_schema.ts';
import * as coaching from '../store/coaching.ts';
import { QualityError } from '../store/quality_error.ts';
import { openReview } from '../store/reviews.ts';
import type { Store } from '../store/store.ts';
import type { Warehouse } from '../warehouse.ts';
import { quotableCase, quotesOf } from './quotes.ts';

/** A coaching note with what it says. */
export interface CoachingNote extends Omit<coaching.StoredNote, 'content'> {
  content: CoachingContent;
}

/** The notes that a principal may see. Errors: AccessError. */
export async function listNotes(store: Store, by: Principal): Promise<CoachingNote[]> {
  const notes = await coaching.listNotes(store, by);
  return notes.map((note) => ({ ...note, content: coachingContentSchema.parse(note.content) }));
}

/** What somebody writes to the agent of a case, from a review of it or without. */
export interface NoteOrder {
  caseId: string;
  reviewId: number | null;
  text: string;
  messageIds: readonly string[];
}

/**
 * Writes a note to the agent of a case, quoting messages as the data have them. Errors: AccessError; QualityError `missing` where there
 * is no such case or review in the scope, `no_agent`.
 */
export async function writeNote(
  { store, warehouse, scope }: { store: Store; warehouse: Warehouse; scope: Scope },
  by: Principal,
  { caseId, reviewId, text, messageIds }: NoteOrder,
): Promise<number> {
  const quotable = await quotableCase(warehouse, scope, caseId);
  if (!quotable) throw new QualityError('missing');
  const { brand_id: brandId, vendor_id: vendorId, agent_id: agentId } = quotable.head;
  if (reviewId !== null) {
    const review = await openReview(store, by, reviewId);
    const isShared = review.caseId === caseId && review.state === 'submitted' && review.kind !== 'calibration';
    if (!isShared) throw new QualityError('missing');
  }
  const content = coachingContentSchema.parse({ text, quotes: quotesOf(quotable, messageIds) });
  return coaching.writeNote(store, by, { caseId, brandId, vendorId, agentId, reviewId, content });
}
