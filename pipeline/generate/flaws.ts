import { EXPORT_COLUMNS, REFUND_COLUMNS } from './refund_row.ts';
import { SALES_COLUMNS } from './sales.ts';
import { TICKET_COLUMNS } from './lifecycle.ts';
import { EVENT_COLUMNS, MESSAGE_COLUMNS } from './ticket_log.ts';
import type { SalesTotals } from './sales.ts';

export type FileName = 'tickets' | 'messages' | 'events' | 'refunds' | 'refunds_tmall' | 'sales' | 'products';

/** A row that must be quarantined, and why. */
export interface Flaw {
  file: FileName;
  row: string;
  column: string;
  value: string;
  reason: string;
}

const TICKET = {
  ticket_id: '990000000001',
  brand_id: 'northpeak',
  shop_id: 'northpeak-tmall',
  platform: 'tmall',
  channel: 'chat',
  vendor_id: 'suda',
  agent_id: 'suda-001',
  customer_id: 'c999999999',
  request_type: 'enquiry',
  priority: '3',
  severity: 'A',
  opened_at: '2026-05-06 10:00:00',
  status: 'open',
};
const REFUND = {
  refund_id: '990000000100',
  order_id: '990000000200',
  brand_id: 'northpeak',
  vendor_id: 'suda',
  platform: 'jd',
  request_type: 'return_refund',
  applied_at: '2026-05-06 10:00:00',
  amount_applied_minor: '12900',
  currency: 'CNY',
};
const EXPORTED = {
  refund_id: '990000000300',
  order_id: '990000000400',
  request_type: 'return_refund',
  applied_at: '2026/05/06 10:00:00',
  amount_applied_minor: '32900',
  currency: 'CNY',
};
const KNOWN_DEFECT = 'known defect';

/** Returns the rows that must be quarantined; the same few whatever the number of cases. `ticketId` is one that exists. */
export function flawsFor(ticketId: string): Flaw[] {
  const message = {
    message_id: '990000000500',
    ticket_id: ticketId,
    sent_at: '2026-05-06 10:01:00',
    sender: 'customer',
    content_type: 'text',
    body: KNOWN_DEFECT,
  };
  const event = { ticket_id: ticketId, at: '2026-05-06 10:02:00', kind: 'assigned', actor: 'system' };
  return [
    flaw(
      'tickets',
      TICKET_COLUMNS,
      { ...TICKET, ticket_id: '990000000001' },
      'opened_at',
      '2026-02-30 10:00:00',
      'no such date',
    ),
    flaw('tickets', TICKET_COLUMNS, { ...TICKET, ticket_id: '990000000002' }, 'status', 'resolved', 'unknown enum'),
    flaw(
      'tickets',
      TICKET_COLUMNS,
      { ...TICKET, ticket_id: '990000000003' },
      'brand_id',
      'northpeek',
      'undeclared brand',
    ),
    flaw('tickets', TICKET_COLUMNS, TICKET, 'ticket_id', '4.83E+18', 'id whose digits are gone'),
    flaw(
      'tickets',
      TICKET_COLUMNS,
      { ...TICKET, ticket_id: '990000000005' },
      'opened_at',
      '',
      'missing required value',
    ),
    flaw(
      'messages',
      MESSAGE_COLUMNS,
      { ...message, message_id: '990000000501' },
      'ticket_id',
      '990000000999',
      'message of a ticket nobody knows',
    ),
    flaw('messages', MESSAGE_COLUMNS, { ...message, message_id: '990000000502' }, 'sender', 'robot', 'unknown enum'),
    flaw(
      'messages',
      MESSAGE_COLUMNS,
      { ...message, message_id: '990000000503' },
      'sent_at',
      '昨天 10:12',
      'not an instant',
    ),
    flaw('messages', MESSAGE_COLUMNS, { ...message, message_id: '990000000504' }, 'is_public', '可能', 'not a boolean'),
    flaw('events', EVENT_COLUMNS, event, 'ticket_id', '990000000998', 'event of a ticket nobody knows'),
    flaw('events', EVENT_COLUMNS, event, 'kind', 'finished', 'unknown enum'),
    flaw('events', EVENT_COLUMNS, event, 'seq', '2.5', 'not an integer'),
    flaw(
      'refunds',
      REFUND_COLUMNS,
      { ...REFUND, refund_id: '990000000101' },
      'amount_applied_minor',
      '129.50',
      'not an integer',
    ),
    flaw(
      'refunds',
      REFUND_COLUMNS,
      { ...REFUND, refund_id: '990000000102' },
      'applied_at',
      '',
      'missing required value',
    ),
    flaw('refunds', REFUND_COLUMNS, { ...REFUND, refund_id: '990000000103' }, 'judged_for', '买家', 'unknown enum'),
    flaw(
      'refunds',
      REFUND_COLUMNS,
      { ...REFUND, refund_id: '990000000104' },
      'vendor_id',
      'sudda',
      'undeclared vendor',
    ),
    flaw('refunds_tmall', EXPORT_COLUMNS, EXPORTED, 'applied_at', '2026/06/31 12:00:00', 'no such date'),
    flaw(
      'refunds_tmall',
      EXPORT_COLUMNS,
      { ...EXPORTED, refund_id: '990000000302' },
      'amount_refunded_minor',
      '1.29E+04',
      'not an integer',
    ),
    flaw(
      'sales',
      SALES_COLUMNS,
      {
        day: '2026-05-06',
        sku_id: 'NP-TREK-GY-40',
        brand_id: 'northpeak',
        units: '3',
        orders: '3',
        amount_minor: '137700',
      },
      'units',
      '12.5',
      'not an integer',
    ),
  ];
}

/** Returns the rows at the end of an export that are no records: the total and a blank one. */
export function trailerOf(file: FileName, sales: SalesTotals): string[] {
  if (file === 'sales') return [`汇总,,,${sales.units},${sales.orders},${sales.amountMinor}`, ',,,,,'];
  if (file === 'refunds_tmall')
    return [`汇总${','.repeat(EXPORT_COLUMNS.length - 1)}`, ','.repeat(EXPORT_COLUMNS.length - 1)];
  return [];
}

function flaw(
  file: FileName,
  columns: string[],
  values: Record<string, string>,
  column: string,
  value: string,
  reason: string,
): Flaw {
  const cells = { ...values, [column]: value };
  return { file, row: columns.map((name) => cells[name] ?? '').join(','), column, value, reason };
}
