import { describe } from 'vitest';
import { type Expected, type Given, givenRules } from './given.ts';

const rule = givenRules();
const on = '2026-10-12';

/** What a case counts as: disputed, lost by the seller, and its refunds disputed by id. */
function counted(disputed: 0 | 1, lost: 0 | 1, refunds: Readonly<Record<string, 0 | 1>> = {}): Expected {
  return {
    dispute_rate: [`${disputed}/1`, 'counted', on, null, null],
    seller_liable_rate: [`${lost}/1`, 'counted', on, null, null],
    refund_dispute_rate: Object.fromEntries(
      Object.entries(refunds).map(([id, hit]) => [`a ${id}`, [`${hit}/1`, 'counted', on, null, null]]),
    ),
  };
}

describe('refunds', () => {
  const intervened = { platform_intervened_at: '12:00:00' };
  rule('without an intervention nothing is disputed', (a) => a.ticket().refund(), counted(0, 0, { r: 0 }));
  rule(
    'an intervention without a judgement is a dispute',
    (a) => a.ticket().refund(intervened),
    counted(1, 0, { r: 1 }),
  );
  rule(
    'judged for the buyer, the seller lost',
    (a) => a.ticket().refund({ ...intervened, judged_for: 'buyer' }),
    counted(1, 1, { r: 1 }),
  );
  rule(
    'judged for the seller, it was a dispute',
    (a) => a.ticket().refund({ ...intervened, judged_for: 'seller' }),
    counted(1, 0, { r: 1 }),
  );
  rule(
    'withdrawn, it was none',
    (a) => a.ticket().refund({ ...intervened, judged_for: 'withdrawn' }),
    counted(0, 0, { r: 0 }),
  );
  rule(
    'a judgement without an intervention is none',
    (a) => a.ticket().refund({ judged_for: 'buyer' }),
    counted(0, 0, { r: 0 }),
  );
  rule(
    'each refund has its own judgement, the case has them all',
    (a) =>
      a
        .ticket()
        .refund({ ...intervened, judged_for: 'withdrawn' })
        .refund({ ...intervened, refund_id: 's', judged_for: 'buyer' })
        .refund({ refund_id: 't' }),
    counted(1, 1, { r: 0, s: 1, t: 0 }),
  );
  rule(
    'an intervention before the start counts',
    (a) => a.ticket().refund({ applied_at: '00:00:00', platform_intervened_at: '00:30:00', judged_for: 'buyer' }),
    counted(1, 1, { r: 1 }),
  );
  rule(
    'a refund of its own is a case that can be disputed',
    (a) => a.refund({ ...intervened, ticket_id: '', judged_for: 'buyer' }),
    {
      dispute_rate: { 'refund/r': ['1/1', 'counted', on, null, null] },
      seller_liable_rate: { 'refund/r': ['1/1', 'counted', on, null, null] },
      refund_dispute_rate: { 'refund/r r': ['1/1', 'counted', on, null, null] },
    },
  );
  rule(
    'refunds count on the day of their application, cases on that of their start',
    (a) => a.ticket().refund({ applied_at: '2026-10-14 00:00:00', platform_intervened_at: '2026-10-15 00:00:00' }),
    {
      dispute_rate: ['1/1', 'counted', on, null, null],
      refund_dispute_rate: { 'a r': ['1/1', 'counted', '2026-10-14', null, null] },
    },
  );
});

describe('platform events', () => {
  const judged = (detail: string) => ({ detail });
  rule(
    'an intervention is a dispute of the case, not of its refunds',
    (a) => a.ticket().event('12:00:00', 'platform_intervened').refund(),
    counted(1, 0, { r: 0 }),
  );
  rule(
    'a judgement alone is an intervention',
    (a) => a.ticket().event('12:00:00', 'platform_judged', judged('buyer')),
    counted(1, 1),
  );
  rule(
    'judged for the seller',
    (a) => a.ticket().event('12:00:00', 'platform_judged', judged('seller')),
    counted(1, 0),
  );
  rule(
    'withdrawn, it was none',
    (a) =>
      a.ticket().event('12:00:00', 'platform_intervened').event('13:00:00', 'platform_judged', judged('withdrawn')),
    counted(0, 0),
  );
  rule(
    'the last judgement holds: withdrawn',
    (a) =>
      a
        .ticket()
        .event('13:00:00', 'platform_judged', judged('withdrawn'))
        .event('12:00:00', 'platform_judged', judged('buyer')),
    counted(0, 0),
  );
  rule(
    'the last judgement holds: the buyer',
    (a) =>
      a
        .ticket()
        .event('13:00:00', 'platform_judged', judged('buyer'))
        .event('12:00:00', 'platform_judged', judged('withdrawn')),
    counted(1, 1),
  );
  rule(
    'of judgements in one instant the later record is the last',
    (a) =>
      a
        .ticket()
        .event('12:00:00', 'platform_judged', judged('buyer'))
        .event('12:00:00', 'platform_judged', judged('seller')),
    counted(1, 0),
  );
  rule(
    'a last judgement that says nothing takes back the one before',
    (a) => a.ticket().event('12:00:00', 'platform_judged', judged('buyer')).event('13:00:00', 'platform_judged'),
    counted(1, 0),
  );
  rule(
    'a last judgement that says nothing is not withdrawn',
    (a) => a.ticket().event('12:00:00', 'platform_judged', judged('withdrawn')).event('13:00:00', 'platform_judged'),
    counted(1, 0),
  );
  rule(
    'an intervention after the last judgement opens no other',
    (a) =>
      a.ticket().event('12:00:00', 'platform_judged', judged('withdrawn')).event('13:00:00', 'platform_intervened'),
    counted(0, 0),
  );
  rule(
    'events are one intervention, a refund another',
    (a) =>
      a
        .ticket()
        .event('12:00:00', 'platform_judged', judged('buyer'))
        .refund({ platform_intervened_at: '12:00:00', judged_for: 'withdrawn' }),
    counted(1, 1, { r: 0 }),
  );
  rule(
    'a withdrawn event leaves the refund’s intervention',
    (a) =>
      a
        .ticket()
        .event('12:00:00', 'platform_judged', judged('withdrawn'))
        .refund({ platform_intervened_at: '12:00:00' }),
    counted(1, 0, { r: 1 }),
  );
  rule(
    'an escalation to the brand is no dispute',
    (a) => a.ticket().event('12:00:00', 'escalated_to_brand'),
    counted(0, 0),
  );
});

describe('as of 2026-11-05 09:00:00', () => {
  const later = '2026-11-05 09:00:01';
  rule(
    'a judgement is hidden with the intervention that dates it',
    (a) => a.ticket().refund({ platform_intervened_at: later, judged_for: 'buyer' }),
    counted(0, 0, { r: 0 }),
  );
  rule(
    'an intervention at that instant is known with its judgement',
    (a) => a.ticket().refund({ platform_intervened_at: '2026-11-05 09:00:00', judged_for: 'buyer' }),
    counted(1, 1, { r: 1 }),
  );
  rule(
    'a later event has not happened: the dispute is not yet withdrawn',
    (a) => a.ticket().event('12:00:00', 'platform_intervened').event(later, 'platform_judged', { detail: 'withdrawn' }),
    counted(1, 0),
  );
  rule(
    'a refund applied for later is absent',
    (a) => a.ticket().refund({ applied_at: later, platform_intervened_at: later }),
    counted(0, 0),
  );
});

const spoilt = (given: Given): Given =>
  given.refund({ platform_intervened_at: '12:00:00' }).event('12:00:00', 'platform_intervened');
describe('which cases count', () => {
  rule('spam and its refunds are in no denominator', (a) => spoilt(a.ticket({ is_spam: 'true' })), {
    dispute_rate: {},
    seller_liable_rate: {},
    refund_dispute_rate: {},
  });
  rule('cases that an agent began count', (a) => spoilt(a.ticket().agent('10:00:00')), counted(1, 0, { r: 1 }));
});
