import { describe } from 'vitest';
import { type Expected, givenRules } from './given.ts';

const rule = givenRules();
const on = '2026-10-12';

/** Where the refunds of a rule end up, as "case refund"; all of them applied for on one day. */
function refundsIn(places: readonly string[], day = on): Expected {
  return {
    refund_dispute_rate: Object.fromEntries(places.map((place) => [place, ['0/1', 'counted', day, null, null]])),
  };
}
/** Which cases are in denominators at all. */
function cases(names: readonly string[], disputed: readonly string[] = []): Expected {
  return {
    dispute_rate: Object.fromEntries(
      names.map((name) => [name, [disputed.includes(name) ? '1/1' : '0/1', 'counted', on, null, null]]),
    ),
  };
}

describe('a refund without ticket_id joins the ticket of its order', () => {
  const byOrder = { ticket_id: '', order_id: 'o' };
  const order = { order_id: 'o' };
  rule('opened at the same time', (a) => a.ticket(order).refund(byOrder), refundsIn(['a r']));
  rule(
    'opened exactly 30 days before',
    (a) => a.ticket({ ...order, opened_at: '2026-09-12 10:00:00' }).refund(byOrder),
    refundsIn(['a r']),
  );
  rule(
    'not a second more',
    (a) => a.ticket({ ...order, opened_at: '2026-09-12 09:59:59' }).refund(byOrder),
    refundsIn(['refund/r r']),
  );
  rule(
    'opened exactly an hour after',
    (a) => a.ticket({ ...order, opened_at: '11:00:00' }).refund(byOrder),
    refundsIn(['a r']),
  );
  rule(
    'not a second more after',
    (a) => a.ticket({ ...order, opened_at: '11:00:01' }).refund(byOrder),
    refundsIn(['refund/r r']),
  );
  rule(
    'by its opening, not by its start',
    (a) =>
      a
        .ticket({ ...order, opened_at: '11:00:01' })
        .customer('10:00:00')
        .refund(byOrder),
    refundsIn(['refund/r r']),
  );
  rule(
    'with the same product',
    (a) => a.ticket({ ...order, sku_id: 's1' }).refund({ ...byOrder, sku_id: 's1' }),
    refundsIn(['a r']),
  );
  rule(
    'not with another',
    (a) => a.ticket({ ...order, sku_id: 's1' }).refund({ ...byOrder, sku_id: 's2' }),
    refundsIn(['refund/r r']),
  );
  rule(
    'where the ticket names no product',
    (a) => a.ticket(order).refund({ ...byOrder, sku_id: 's2' }),
    refundsIn(['a r']),
  );
  rule(
    'where the refund names no product',
    (a) => a.ticket({ ...order, sku_id: 's1' }).refund(byOrder),
    refundsIn(['a r']),
  );
  rule(
    'not of another brand',
    (a) => a.ticket({ ...order, brand_id: 'harbor' }).refund({ ...byOrder, brand_id: 'north' }),
    refundsIn(['refund/r r']),
  );
  rule(
    'of another vendor too',
    (a) => a.ticket({ ...order, vendor_id: 'split' }).refund({ ...byOrder, vendor_id: 'open' }),
    refundsIn(['a r']),
  );
  rule('not of another order', (a) => a.ticket(order).refund({ ...byOrder, order_id: 'p' }), refundsIn(['refund/r r']));
  rule('not where neither has an order', (a) => a.ticket().refund({ ticket_id: '' }), refundsIn(['refund/r r']));
  rule(
    'the latest opened of several',
    (a) =>
      a
        .ticket({ ...order, ticket_id: 'c', opened_at: '2026-10-01 10:00:00' })
        .ticket({ ...order, ticket_id: 'b', opened_at: '10:30:00' })
        .ticket({ ...order, opened_at: '11:00:01' })
        .refund(byOrder),
    refundsIn(['b r']),
  );
  rule(
    'of two opened at once the greater id',
    (a) =>
      a
        .ticket({ ...order, ticket_id: 't9' })
        .ticket({ ...order, ticket_id: 't10' })
        .refund(byOrder),
    refundsIn(['t9 r']),
  );
  rule(
    'the latest opened that has its product',
    (a) =>
      a
        .ticket({ ...order, opened_at: '09:00:00' })
        .ticket({ ...order, ticket_id: 'b', sku_id: 's2', opened_at: '09:30:00' })
        .refund({ ...byOrder, sku_id: 's1' }),
    refundsIn(['a r']),
  );
  rule(
    'never spam',
    (a) =>
      a
        .ticket({ ...order, opened_at: '09:00:00' })
        .ticket({ ...order, ticket_id: 'b', is_spam: 'true', opened_at: '09:30:00' })
        .refund(byOrder),
    refundsIn(['a r']),
  );
  rule('nor spam alone', (a) => a.ticket({ ...order, is_spam: 'true' }).refund(byOrder), refundsIn(['refund/r r']));
  rule(
    'where that was merged, the one it ended in',
    (a) =>
      a
        .ticket({ opened_at: '2026-08-01 10:00:00' })
        .ticket({ ...order, ticket_id: 'b', merged_into: 'a' })
        .refund(byOrder),
    refundsIn(['a r']),
  );
  rule(
    'which has opened by the as-of instant',
    (a) =>
      a
        .ticket({ ...order, opened_at: '2026-11-05 09:00:01' })
        .refund({ ...byOrder, applied_at: '2026-11-05 08:30:00' }),
    refundsIn(['refund/r r'], '2026-11-05'),
  );
});

describe('a refund with ticket_id', () => {
  rule(
    'belongs to that ticket, whatever its order and time',
    (a) => a.ticket({ order_id: 'o', opened_at: '2026-08-01 10:00:00' }).refund({ order_id: 'p' }),
    refundsIn(['a r']),
  );
  rule(
    'of an unknown ticket is a case of its own, though a ticket has its order',
    (a) => a.ticket({ order_id: 'o' }).refund({ ticket_id: 'nobody', order_id: 'o' }),
    {
      ...refundsIn(['refund/r r']),
      ...cases(['a', 'refund/r']),
    },
  );
  rule(
    'of a ticket opened after the as-of instant too',
    (a) => a.ticket({ opened_at: '2026-11-05 09:00:01' }).refund(),
    {
      ...refundsIn(['refund/r r']),
      ...cases(['refund/r']),
    },
  );
  rule('of spam is in no denominator', (a) => a.ticket({ is_spam: 'true' }).refund(), {
    ...refundsIn([]),
    ...cases([]),
  });
});

describe('a refund that is a case of its own', () => {
  rule(
    'counts where no ticket is needed, and nowhere else',
    (a) => a.refund({ ticket_id: '', refunded_at: '11:00:00', reason_buyer: 'size' }),
    {
      first_response: {},
      first_touch_30s: {},
      human_pickup_5m: {},
      unanswered_24h: {},
      resolution_24h: { 'refund/r': ['1/1', 'met', on, 1, 1] },
      dispute_rate: { 'refund/r': ['0/1', 'counted', on, null, null] },
      seller_liable_rate: { 'refund/r': ['0/1', 'counted', on, null, null] },
      transfer_rate: {},
      autonomous_completion: { 'refund/r': ['1/1', 'met', on, null, null] },
      reopen_rate: { 'refund/r': ['0/1', 'met', on, 0, null] },
      reason_tagged: {},
      reason_agreement: {},
      csat: {},
      reply_3m: {},
      refund_dispute_rate: { 'refund/r r': ['0/1', 'counted', on, null, null] },
      refund_time: { 'refund/r r': ['1/1', 'counted', on, 1, 1] },
    },
  );
  rule('has its own brand’s days', (a) => a.refund({ ticket_id: '', brand_id: 'harbor' }), {
    dispute_rate: { 'refund/r': ['0/1', 'counted', '2026-10-11', null, null] },
    refund_dispute_rate: { 'refund/r r': ['0/1', 'counted', '2026-10-11', null, null] },
  });
  rule(
    'is one for each refund',
    (a) => a.refund({ ticket_id: '', order_id: 'o' }).refund({ refund_id: 's', ticket_id: '', order_id: 'o' }),
    cases(['refund/r', 'refund/s']),
  );
});

describe('merged tickets', () => {
  const into = (ticket_id: string, merged_into: string) => ({ ticket_id, merged_into });
  rule(
    'are in no denominator',
    (a) => a.ticket().ticket(into('b', 'a')).customer('10:00:00').event('11:00:00', 'solved'),
    {
      ...cases(['a']),
      first_response: ['0/1', 'breached', on, null, null],
      resolution_24h: ['0/1', 'breached', on, null, null],
      reopen_rate: {},
      reply_3m: {},
    },
  );
  rule(
    'hand on refunds and what the platform did',
    (a) => a.ticket().ticket(into('b', 'a')).refund().event('11:00:00', 'platform_judged', { detail: 'buyer' }),
    { ...cases(['a'], ['a']), ...refundsIn(['a r']), seller_liable_rate: ['1/1', 'counted', on, null, null] },
  );
  rule(
    'keep the rest: messages, transfers, escalations, states',
    (a) =>
      a
        .ticket({ closed_at: '11:00:00' })
        .ticket(into('b', 'a'))
        .agent('10:01:00')
        .event('10:02:00', 'transferred')
        .event('10:03:00', 'escalated_to_brand')
        .event('10:04:00', 'reopened'),
    {
      first_response: ['0/1', 'breached', on, null, null],
      transfer_rate: ['0/1', 'counted', on, 0, null],
      autonomous_completion: ['1/1', 'met', on, null, null],
    },
  );
  rule(
    'are followed along a chain to its end',
    (a) => a.ticket().ticket(into('b', 'a')).ticket(into('c', 'b')).refund().event('11:00:00', 'platform_intervened'),
    { ...cases(['a'], ['a']), ...refundsIn(['a r']) },
  );
  rule('into themselves are not merged', (a) => a.ticket(into('a', 'a')).refund(), {
    ...cases(['a']),
    ...refundsIn(['a r']),
  });
  rule(
    'in a circle are not merged',
    (a) => a.ticket(into('a', 'b')).refund().ticket(into('b', 'c')).ticket(into('c', 'a')).refund({ refund_id: 's' }),
    {
      ...cases(['a', 'b', 'c']),
      ...refundsIn(['a r', 'c s']),
    },
  );
  rule(
    'into a circle are merged into the one they name',
    (a) => a.ticket(into('a', 'b')).ticket(into('b', 'a')).ticket(into('c', 'b')).refund(),
    {
      ...cases(['a', 'b']),
      ...refundsIn(['b r']),
    },
  );
  rule('into an unknown ticket are not merged', (a) => a.ticket(into('a', 'nobody')).refund(), {
    ...cases(['a']),
    ...refundsIn(['a r']),
  });
  rule(
    'into another brand are not merged',
    (a) =>
      a
        .ticket()
        .ticket({ ...into('b', 'a'), brand_id: 'harbor', opened_at: '12:00:00' })
        .refund({ applied_at: '12:00:00' }),
    {
      ...cases(['a', 'b']),
      ...refundsIn(['b r']),
    },
  );
  rule(
    'in a chain that leaves the brand end before it',
    (a) =>
      a.ticket({ brand_id: 'harbor', opened_at: '12:00:00' }).ticket(into('b', 'a')).ticket(into('c', 'b')).refund(),
    { ...cases(['a', 'b']), ...refundsIn(['b r']) },
  );
  rule(
    'into a ticket opened after the as-of instant are not merged yet',
    (a) => a.ticket({ opened_at: '2026-11-05 09:00:01' }).ticket(into('b', 'a')).refund(),
    {
      ...cases(['b']),
      ...refundsIn(['b r']),
    },
  );
  rule('into spam leave their refunds to it', (a) => a.ticket({ is_spam: 'true' }).ticket(into('b', 'a')).refund(), {
    ...cases([]),
    ...refundsIn([]),
  });
  rule(
    'that are spam count nowhere',
    (a) => a.ticket({ ticket_id: 'a' }).ticket({ ...into('b', 'a'), is_spam: 'true' }),
    cases(['a']),
  );
  rule(
    'give the refund the hours and terms of where they ended',
    (a) =>
      a
        .ticket({ vendor_id: 'split' })
        .ticket(into('b', 'a'))
        .refund({ applied_at: '11:00:00', refunded_at: '14:00:00' }),
    {
      refund_time: { 'a r': ['1/1', 'counted', on, 3, 1.5] },
    },
  );
});
