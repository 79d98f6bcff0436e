import { z } from 'zod';
import type { Principal, Scope } from '#lib/access/principal.ts';
import { type MessageQuote, messageQuoteSchema } from '#lib/qa/coaching_schema.ts';
import { QualityError } from '../store/quality_error.ts';
import type { Store } from '../store/store.ts';
import * as typical from '../store/typical_cases.ts';
import type { Warehouse } from '../warehouse.ts';
import { quotableCase, quotesOf } from './quotes.ts';

/** An entry of the library with what was said in it. */
export interface LibraryEntry extends Omit<typical.StoredTypicalCase, 'quotes'> {
  quotes: MessageQuote[];
}

/** What a reader looks for; null stands for all. */
export interface LibraryFilter {
  example: 'good' | 'bad' | null;
  tag: string | null;
  /** Part of a title or lesson. */
  words: string;
}

/** The library as far as a principal may see it, and all tags in it. Errors: AccessError. */
export async function openLibrary(
  store: Store,
  by: Principal,
  { example, tag, words }: LibraryFilter,
): Promise<{ entries: LibraryEntry[]; tags: string[]; all: number }> {
  const kept = await typical.listTypicalCases(store, by);
  const sought = words.trim().toLowerCase();
  const entries = kept.filter(
    (one) =>
      (example === null || one.example === example) &&
      (tag === null || one.tags.includes(tag)) &&
      `${one.title}\n${one.lesson}\n${one.caseId}`.toLowerCase().includes(sought),
  );
  return {
    entries: entries.map((one) => ({ ...one, quotes: z.array(messageQuoteSchema).parse(one.quotes) })),
    tags: [...new Set(kept.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b, 'zh-CN')),
    all: kept.length,
  };
}

/** What an entry of the library is made from. */
export interface LibraryOrder {
  caseId: string;
  title: string;
  lesson: string;
  example: 'good' | 'bad';
  tags: readonly string[];
  messageIds: readonly string[];
}

/** Keeps a case in the library, quoting messages as the data have them. Errors: AccessError; QualityError `missing`. */
export async function keepCase(
  { store, warehouse, scope }: { store: Store; warehouse: Warehouse; scope: Scope },
  by: Principal,
  { messageIds, ...order }: LibraryOrder,
): Promise<void> {
  const quotable = await quotableCase(warehouse, scope, order.caseId);
  if (!quotable) throw new QualityError('missing');
  const { brand_id: brandId, vendor_id: vendorId, agent_id: agentId } = quotable.head;
  const quotes = quotesOf(quotable, messageIds);
  await typical.keepTypicalCase(store, by, { ...order, brandId, vendorId, agentId, quotes });
}
