import { describe } from 'vitest';
import { type Expected, type KpiOutcome, givenRules } from './given.ts';

const rule = givenRules();
const on = '2026-10-12';

describe('refund_time', () => {
  const took = (value: number | null, business: number | null, day = on): Expected => ({
    refund_time: { 'a r': ['1/1', 'counted', day, value, business] },
  });
  rule(
    'runs from application to payment, on the day of payment',
    (a) => a.ticket().refund({ refunded_at: '2026-10-14 00:30:00' }),
    took(38.5, 38.5, '2026-10-14'),
  );
  rule(
    'stands still outside the vendor’s hours',
    (a) => a.ticket({ vendor_id: 'split' }).refund({ refunded_at: '2026-10-13 10:00:00' }),
    took(24, 7.5, '2026-10-13'),
  );
  rule(
    'an instant refund took no time, which is not null',
    (a) => a.ticket().refund({ refunded_at: '10:00:00' }),
    took(0, 0),
  );
  rule(
    'paid before it was applied for it counts without a duration',
    (a) => a.ticket().refund({ refunded_at: '09:00:00' }),
    took(null, null),
  );
  rule('unpaid refunds do not count', (a) => a.ticket().refund({ approved_at: '11:00:00', closed_at: '12:00:00' }), {
    refund_time: {},
  });
  rule('paid after the as-of instant is unpaid', (a) => a.ticket().refund({ refunded_at: '2026-11-05 09:00:01' }), {
    refund_time: {},
  });
  rule(
    'paid at the as-of instant is paid',
    (a) => a.ticket().refund({ applied_at: '2026-11-05 08:00:00', refunded_at: '2026-11-05 09:00:00' }),
    took(1, 1, '2026-11-05'),
  );
  rule(
    'the day is the brand’s',
    (a) => a.ticket({ brand_id: 'harbor' }).refund({ refunded_at: '11:00:00' }),
    took(1, 1, '2026-10-11'),
  );
  rule(
    'every refund of a case counts, and those without a ticket',
    (a) =>
      a
        .ticket()
        .refund({ refunded_at: '11:00:00' })
        .refund({ refund_id: 's', refunded_at: '12:00:00' })
        .refund({ refund_id: 't', ticket_id: '', refunded_at: '13:00:00' }),
    {
      refund_time: {
        'a r': ['1/1', 'counted', on, 1, 1],
        'a s': ['1/1', 'counted', on, 2, 2],
        'refund/t t': ['1/1', 'counted', on, 3, 3],
      },
    },
  );
  rule(
    'a refund without a ticket has its own vendor’s hours',
    (a) => a.refund({ ticket_id: '', vendor_id: 'split', applied_at: '11:00:00', refunded_at: '14:00:00' }),
    {
      refund_time: { 'refund/r r': ['1/1', 'counted', on, 3, 1.5] },
    },
  );
  rule('refunds of spam do not count', (a) => a.ticket({ is_spam: 'true' }).refund({ refunded_at: '11:00:00' }), {
    refund_time: {},
  });
  rule(
    'the version with the greatest updated_at counts',
    (a) =>
      a
        .ticket()
        .refund({ refunded_at: '11:00:00', updated_at: '12:00:00' })
        .refund({ refunded_at: '', updated_at: '11:00:00' }),
    took(1, 1),
  );
});

describe('refund_after_receipt_24h', () => {
  const received = { request_type: 'return_refund', received_at: '12:00:00' };
  const paid = (...outcome: KpiOutcome): Expected => ({ refund_after_receipt_24h: { 'a r': outcome } });
  const absent: Expected = { refund_after_receipt_24h: {} };
  rule(
    'paid exactly a day after receipt is in time',
    (a) => a.ticket().refund({ ...received, refunded_at: '2026-10-13 12:00:00' }),
    paid('1/1', 'met', on, 24, 24),
  );
  rule(
    'a second later is late',
    (a) => a.ticket().refund({ ...received, refunded_at: '2026-10-13 12:00:01' }),
    paid('0/1', 'late', on, 86_401 / 3600, 86_401 / 3600),
  );
  rule(
    'paid at receipt took no time',
    (a) => a.ticket().refund({ ...received, refunded_at: '12:00:00' }),
    paid('1/1', 'met', on, 0, 0),
  );
  rule(
    'paid before receipt is in time, without a duration',
    (a) => a.ticket().refund({ ...received, refunded_at: '11:00:00' }),
    paid('1/1', 'met', on, null, null),
  );
  rule('never paid', (a) => a.ticket().refund(received), paid('0/1', 'breached', on, null, null));
  rule(
    'hours stand still outside the vendor’s, the limit does not',
    (a) => a.ticket({ vendor_id: 'split' }).refund({ ...received, refunded_at: '2026-10-13 14:00:00' }),
    paid('0/1', 'late', on, 26, 8),
  );
  rule(
    'on the day of receipt',
    (a) => a.ticket().refund({ ...received, received_at: '2026-10-14 00:00:00', refunded_at: '2026-10-14 01:00:00' }),
    paid('1/1', 'met', '2026-10-14', 1, 1),
  );
  rule(
    'refund_only_shipped counts',
    (a) => a.ticket().refund({ ...received, request_type: 'refund_only_shipped', refunded_at: '13:00:00' }),
    paid('1/1', 'met', on, 1, 1),
  );
  for (const request_type of ['refund_only_unshipped', 'exchange', 'reship', 'repair', 'complaint', 'enquiry', ''])
    rule(
      `${request_type === '' ? 'an unknown request' : request_type} does not`,
      (a) => a.ticket({ request_type: 'return_refund' }).refund({ ...received, request_type, refunded_at: '13:00:00' }),
      absent,
    );
  rule(
    'the refund’s request counts, not the ticket’s',
    (a) => a.ticket({ request_type: 'exchange' }).refund({ ...received, refunded_at: '13:00:00' }),
    paid('1/1', 'met', on, 1, 1),
  );
  rule(
    'goods not received do not count',
    (a) => a.ticket().refund({ ...received, received_at: '', refunded_at: '13:00:00' }),
    absent,
  );
  rule(
    'rejected ones do not, though paid',
    (a) => a.ticket().refund({ ...received, rejected_at: '12:30:00', refunded_at: '13:00:00' }),
    absent,
  );
  rule(
    'a rejection after the as-of instant is none',
    (a) => a.ticket().refund({ ...received, rejected_at: '2026-11-05 09:00:01' }),
    paid('0/1', 'breached', on, null, null),
  );
  rule(
    'a day after receipt the window is open, though met',
    (a) => a.ticket().refund({ ...received, received_at: '2026-11-04 09:00:00', refunded_at: '2026-11-04 10:00:00' }),
    paid('0/0', 'pending', '2026-11-04', 1, 1),
  );
  rule(
    'it is open also for what was paid before',
    (a) => a.ticket().refund({ ...received, received_at: '2026-11-04 09:00:00', refunded_at: '10:00:00' }),
    paid('0/0', 'pending', '2026-11-04', null, null),
  );
  rule(
    'a second more closes it',
    (a) => a.ticket().refund({ ...received, received_at: '2026-11-04 08:59:59', refunded_at: '2026-11-05 09:00:01' }),
    paid('0/1', 'breached', '2026-11-04', null, null),
  );
  rule(
    'a later receipt has not happened',
    (a) => a.ticket().refund({ ...received, received_at: '2026-11-05 09:00:01' }),
    absent,
  );
});

describe('refunded_without_goods', () => {
  const paid = { request_type: 'return_refund', refunded_at: '12:00:00', amount_refunded_minor: '12900' };
  const back: Expected = { refunded_without_goods: { 'a r': ['0/1', 'met', on, null, null] } };
  const lost: Expected = { refunded_without_goods: { 'a r': ['1/1', 'breached', on, 12_900, null] } };
  const absent: Expected = { refunded_without_goods: {} };
  rule('goods that never came are lost: value in minor units', (a) => a.ticket().refund(paid), lost);
  rule(
    'goods back exactly 15 days after payment',
    (a) => a.ticket().refund({ ...paid, received_at: '2026-10-27 12:00:00' }),
    back,
  );
  rule(
    'a second later they are counted as lost',
    (a) => a.ticket().refund({ ...paid, received_at: '2026-10-27 12:00:01' }),
    lost,
  );
  rule('goods back before payment', (a) => a.ticket().refund({ ...paid, received_at: '2026-10-01 12:00:00' }), back);
  for (const goods_status of ['returned', 'intercepted', 'lost_claimed', 'waived', 'unshipped']) {
    rule(`${goods_status} is no loss`, (a) => a.ticket().refund({ ...paid, goods_status }), back);
    rule(
      `${goods_status} is none, whenever received`,
      (a) => a.ticket().refund({ ...paid, goods_status, received_at: '2026-10-30 12:00:00' }),
      back,
    );
  }
  for (const goods_status of ['in_transit', 'delivered', ''])
    rule(
      `${goods_status === '' ? 'an unknown whereabouts' : goods_status} is a loss`,
      (a) => a.ticket().refund({ ...paid, goods_status }),
      lost,
    );
  rule(
    'a loss of unknown amount has no value',
    (a) => a.ticket().refund({ ...paid, amount_refunded_minor: '', amount_applied_minor: '500' }),
    {
      refunded_without_goods: { 'a r': ['1/1', 'breached', on, null, null] },
    },
  );
  rule('refund_only_shipped counts', (a) => a.ticket().refund({ ...paid, request_type: 'refund_only_shipped' }), lost);
  for (const request_type of ['refund_only_unshipped', 'exchange', ''])
    rule(
      `${request_type === '' ? 'an unknown request' : request_type} does not`,
      (a) => a.ticket().refund({ ...paid, request_type }),
      absent,
    );
  rule('a rejected one that was paid counts', (a) => a.ticket().refund({ ...paid, rejected_at: '11:00:00' }), lost);
  rule('unpaid ones do not', (a) => a.ticket().refund({ ...paid, refunded_at: '' }), absent);
  rule(
    'days are the calendar’s also where the vendor is closed',
    (a) => a.ticket({ vendor_id: 'split' }).refund({ ...paid, received_at: '2026-10-27 12:00:01' }),
    lost,
  );
  rule(
    '15 days after payment the window is open',
    (a) => a.ticket().refund({ ...paid, refunded_at: '2026-10-21 09:00:00' }),
    {
      refunded_without_goods: { 'a r': ['0/0', 'pending', '2026-10-21', null, null] },
    },
  );
  rule('a second more closes it', (a) => a.ticket().refund({ ...paid, refunded_at: '2026-10-21 08:59:59' }), {
    refunded_without_goods: { 'a r': ['1/1', 'breached', '2026-10-21', 12_900, null] },
  });
  rule(
    'refunds of spam do not count',
    (a) => a.ticket({ is_spam: 'true' }).refund({ ...paid, received_at: '11:00:00' }),
    { ...absent, refund_after_receipt_24h: {} },
  );
});
