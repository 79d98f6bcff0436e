import type { CanonicalTable } from '../build/adapters.ts';

/** The columns without which a canonical row is quarantined (METRICS §1). */
export const requiredColumns: Record<CanonicalTable, readonly string[]> = {
  tickets: ['ticket_id', 'brand_id', 'opened_at', 'status'],
  messages: ['message_id', 'ticket_id', 'sent_at', 'sender'],
  events: ['ticket_id', 'at', 'kind'],
  refunds: ['refund_id', 'brand_id', 'applied_at'],
  sales: ['day', 'sku_id', 'brand_id', 'units'],
  products: ['sku_id', 'brand_id'],
};
