import type { Scope } from '#lib/access/principal.ts';
import type { MessageQuote } from '#lib/qa/coaching_schema.ts';
import { type CaseHead, type CaseMessage, openCase } from '../case_file.ts';
import type { Warehouse } from '../warehouse.ts';

const longestQuote = 400;

/** A case with what was said in it that can be quoted: masked texts only. */
export interface QuotableCase {
  head: CaseHead;
  messages: MessageQuote[];
}

/** Opens a case for quoting; null where there is none in the scope. */
export async function quotableCase(warehouse: Warehouse, scope: Scope, caseId: string): Promise<QuotableCase | null> {
  const file = await openCase(warehouse, scope, caseId);
  return file && { head: file.head, messages: file.messages.flatMap(quoteOf) };
}

/** The messages picked, as the data have them and in the order they were sent. */
export function quotesOf({ messages }: QuotableCase, picked: readonly string[]): MessageQuote[] {
  return messages.filter(({ messageId }) => picked.includes(messageId));
}

function quoteOf({ message_id, sender, sent_at, body, is_automatic }: CaseMessage): MessageQuote[] {
  if (body === null || body.trim() === '' || is_automatic) return [];
  return [{ messageId: message_id, sender, sentAt: sent_at, text: body.slice(0, longestQuote) }];
}
