import { describe } from 'vitest';
import { givenRules } from './given.ts';

const rule = givenRules();
const on = '2026-10-12';
const split = { vendor_id: 'split' };
const owl = { vendor_id: 'owl' };
const mover = { vendor_id: 'mover' };
const bound = { vendor_id: 'bound' };

describe('time stands still outside hours', () => {
  rule('over the break at noon', (a) => a.ticket({ ...split, opened_at: '11:55:00' }).agent('13:35:00'), {
    first_response: ['1/1', 'met', on, 6000, 600],
    human_pickup_5m: ['0/1', 'late', on, 6000, 600],
  });
  rule(
    'a second over the limit after the break',
    (a) => a.ticket({ ...split, opened_at: '11:55:00' }).agent('13:35:01'),
    {
      first_response: ['0/1', 'late', on, 6001, 601],
    },
  );
  rule(
    'an answer in the break took until noon',
    (a) => a.ticket({ ...split, opened_at: '11:55:00' }).agent('12:45:00'),
    {
      first_response: ['1/1', 'met', on, 3000, 300],
    },
  );
  rule(
    'an answer at night to a question of that night took no time',
    (a) => a.ticket({ ...split, opened_at: '20:00:00' }).agent('23:00:00'),
    { first_response: ['1/1', 'met', on, 10800, 0] },
  );
  rule(
    'a question of the night is a question of 9:00 sharp',
    (a) => a.ticket({ ...split, opened_at: '03:00:00' }).agent('09:10:01'),
    { first_response: ['0/1', 'late', on, 22201, 601] },
  );
  rule(
    'Saturdays have hours of their own, Sundays none',
    (a) => a.ticket({ ...split, opened_at: '2026-10-17 15:55:00' }).agent('2026-10-19 09:05:00'),
    { first_response: ['1/1', 'met', '2026-10-17', 148_200, 600] },
  );
  rule(
    'holidays are closed, whatever their weekday',
    (a) => a.ticket({ ...split, opened_at: '2026-09-30 17:55:00' }).agent('2026-10-03 10:05:00'),
    { first_response: ['1/1', 'met', '2026-09-30', 231_000, 600] },
  );
  rule(
    'a question and its answer in the holidays took no time',
    (a) => a.ticket({ ...split, opened_at: '2026-10-01 10:00:00' }).agent('2026-10-02 17:00:00'),
    { first_response: ['1/1', 'met', '2026-10-01', 111_600, 0] },
  );
  rule(
    'a Sunday made a working day has Monday’s hours',
    (a) => a.ticket({ ...split, opened_at: '2026-10-10 15:55:00' }).agent('2026-10-11 09:05:01'),
    { first_response: ['0/1', 'late', '2026-10-10', 61_801, 601] },
  );
  rule(
    'a week of five shifts and a Saturday has 43.5 hours',
    (a) => a.ticket({ ...split, opened_at: '00:00:00' }).agent('2026-10-19 00:00:00'),
    {
      first_response: ['0/1', 'late', on, 604_800, 156_600],
    },
  );
  rule('nobody’s vendor is always open', (a) => a.ticket({ vendor_id: '', opened_at: '20:00:00' }).agent('20:10:01'), {
    first_response: ['0/1', 'late', on, 601, 601],
  });
});

describe('shifts over midnight', () => {
  rule('go on past it', (a) => a.ticket({ ...owl, opened_at: '23:55:00' }).agent('2026-10-13 00:05:00'), {
    first_response: ['1/1', 'met', on, 600, 600],
  });
  rule('stand still between them', (a) => a.ticket({ ...owl, opened_at: '01:55:00' }).agent('20:05:01'), {
    first_response: ['0/1', 'late', on, 65_401, 601],
  });
  rule(
    'belong to the day they begin on: a holiday keeps the end of the shift before',
    (a) => a.ticket({ ...owl, opened_at: '2026-10-20 01:55:00' }).agent('2026-10-21 20:05:00'),
    { first_response: ['1/1', 'met', '2026-10-20', 151_800, 600] },
  );
  rule(
    'belong to the day they begin on: a holiday’s own does not go on into the next day',
    (a) => a.ticket({ ...owl, opened_at: '2026-10-20 20:00:00' }).agent('2026-10-21 01:00:00'),
    { first_response: ['1/1', 'met', '2026-10-20', 18_000, 0] },
  );
});

describe('windows of business time, as of Thursday 2026-11-05 09:00:00', () => {
  rule('stay open overnight', (a) => a.ticket({ ...split, opened_at: '2026-11-04 17:55:00' }), {
    first_response: ['0/0', 'pending', '2026-11-04', null, null],
    human_pickup_5m: ['0/1', 'breached', '2026-11-04', null, null],
  });
  rule(
    'stay open at the limit',
    (a) => a.ticket({ ...split, opened_at: '2026-11-04 17:50:00' }).agent('2026-11-04 17:51:00'),
    {
      first_response: ['0/0', 'pending', '2026-11-04', 60, 60],
    },
  );
  rule('close a second later', (a) => a.ticket({ ...split, opened_at: '2026-11-04 17:49:59' }), {
    first_response: ['0/1', 'breached', '2026-11-04', null, null],
  });
});

describe('the calendar in force at the start holds for the whole case', () => {
  rule(
    'before the first one a vendor is always open',
    (a) => a.ticket({ ...mover, opened_at: '2026-10-09 22:00:00' }).agent('2026-10-09 22:10:01'),
    {
      first_response: ['0/1', 'late', '2026-10-09', 601, 601],
    },
  );
  rule(
    'a second before midnight of the change it is the old one',
    (a) => a.ticket({ ...mover, opened_at: '2026-10-13 23:59:59' }).agent('2026-10-14 09:10:00'),
    { first_response: ['1/1', 'met', '2026-10-13', 33_001, 600] },
  );
  rule(
    'at midnight of the change it is the new one',
    (a) => a.ticket({ ...mover, opened_at: '2026-10-14 00:00:00' }).agent('2026-10-14 09:10:00'),
    { first_response: ['0/1', 'late', '2026-10-14', 33_000, 7200] },
  );
  rule(
    'an early question moves the case to the old one',
    (a) =>
      a
        .ticket({ ...mover, opened_at: '2026-10-14 00:00:10' })
        .customer('2026-10-13 23:59:50')
        .agent('2026-10-14 00:10:00'),
    { first_response: ['1/1', 'met', '2026-10-13', 610, 0] },
  );
});

describe('the contract in force at the start gives limit and clock', () => {
  rule(
    'a second before its first day the default holds',
    (a) => a.ticket({ ...bound, opened_at: '2026-10-13 23:59:59' }).agent('2026-10-14 00:05:00'),
    { first_response: ['1/1', 'met', '2026-10-13', 301, 0] },
  );
  rule(
    'from midnight of its first day its own, exactly at the limit',
    (a) => a.ticket({ ...bound, opened_at: '2026-10-14 00:00:00' }).agent('2026-10-14 00:02:00'),
    { first_response: ['1/1', 'met', '2026-10-14', 120, 0] },
  );
  rule(
    'from midnight of its first day its own, a second over',
    (a) => a.ticket({ ...bound, opened_at: '2026-10-14 00:00:00' }).agent('2026-10-14 00:02:01'),
    { first_response: ['0/1', 'late', '2026-10-14', 121, 0] },
  );
  rule(
    'until the last second before the day it ends on',
    (a) => a.ticket({ ...bound, opened_at: '2026-10-20 23:59:59' }).agent('2026-10-21 00:05:00'),
    { first_response: ['0/1', 'late', '2026-10-20', 301, 0] },
  );
  rule(
    'no longer from midnight of that day',
    (a) => a.ticket({ ...bound, opened_at: '2026-10-21 00:00:00' }).agent('2026-10-21 00:05:00'),
    { first_response: ['1/1', 'met', '2026-10-21', 300, 0] },
  );
  rule(
    'its days begin at midnight of the brand: before it',
    (a) => a.ticket({ ...bound, brand_id: 'harbor', opened_at: '2026-10-14 11:59:59' }).agent('2026-10-14 12:03:00'),
    { first_response: ['1/1', 'met', '2026-10-13', 181, 1] },
  );
  rule(
    'its days begin at midnight of the brand: after it',
    (a) => a.ticket({ ...bound, brand_id: 'harbor', opened_at: '2026-10-14 12:00:00' }).agent('2026-10-14 12:03:00'),
    { first_response: ['0/1', 'late', '2026-10-14', 180, 0] },
  );
  rule(
    'it says nothing about other KPIs',
    (a) => a.ticket({ ...bound, opened_at: '2026-10-15 10:00:00' }).agent('2026-10-15 10:05:00'),
    {
      first_response: ['0/1', 'late', '2026-10-15', 300, 300],
      human_pickup_5m: ['1/1', 'met', '2026-10-15', 300, 300],
    },
  );
  rule(
    'it says nothing about other vendors',
    (a) => a.ticket({ opened_at: '2026-10-15 10:00:00' }).agent('2026-10-15 10:10:00'),
    {
      first_response: ['1/1', 'met', '2026-10-15', 600, 600],
    },
  );
  rule(
    'a solution within 4 hours of business',
    (a) => a.ticket({ ...bound, opened_at: '2026-10-14 16:00:00' }).event('2026-10-15 11:00:00', 'solved'),
    { resolution_24h: ['1/1', 'met', '2026-10-14', 19, 4] },
  );
  rule(
    'a solution a second after 4 hours of business',
    (a) => a.ticket({ ...bound, opened_at: '2026-10-14 16:00:00' }).event('2026-10-15 11:00:01', 'solved'),
    { resolution_24h: ['0/1', 'late', '2026-10-14', 68_401 / 3600, 14_401 / 3600] },
  );
  rule(
    'rounds within a minute',
    (a) =>
      a
        .ticket({ ...bound, opened_at: '2026-10-14 10:00:00' })
        .customer('2026-10-14 10:00:00')
        .agent('2026-10-14 10:01:00')
        .customer('2026-10-14 11:00:00')
        .agent('2026-10-14 11:01:01'),
    {
      reply_3m: {
        'a 1': ['1/1', 'met', '2026-10-14', 60, 60],
        'a 2': ['0/1', 'late', '2026-10-14', 61, 61],
      },
    },
  );
  rule(
    'a reopening a day after completion counts against it',
    (a) =>
      a
        .ticket({ ...bound, opened_at: '2026-10-14 10:00:00' })
        .event('2026-10-20 10:00:00', 'solved')
        .event('2026-10-21 10:00:00', 'reopened'),
    {
      reopen_rate: ['1/1', 'breached', '2026-10-20', 1, null],
      autonomous_completion: ['0/1', 'breached', '2026-10-20', null, null],
    },
  );
  rule(
    'a reopening a day and a second after completion does not',
    (a) =>
      a
        .ticket({ ...bound, opened_at: '2026-10-14 10:00:00' })
        .event('2026-10-20 10:00:00', 'solved')
        .event('2026-10-21 10:00:01', 'reopened'),
    {
      reopen_rate: ['0/1', 'met', '2026-10-20', 1, null],
      autonomous_completion: ['1/1', 'met', '2026-10-20', null, null],
    },
  );
  rule(
    'refunds follow the terms of their case’s start, also when they are later',
    (a) =>
      a.ticket({ ...bound, opened_at: '2026-10-20 10:00:00' }).refund({
        request_type: 'return_refund',
        applied_at: '2026-10-22 10:00:00',
        received_at: '2026-10-22 16:00:00',
        refunded_at: '2026-10-23 11:00:00',
      }),
    { refund_after_receipt_24h: { 'a r': ['1/1', 'met', '2026-10-22', 19, 4] } },
  );
  rule(
    'goods five days and a second after the money are not back in time',
    (a) =>
      a.ticket({ ...bound, opened_at: '2026-10-20 10:00:00' }).refund({
        request_type: 'return_refund',
        refunded_at: '2026-10-22 10:00:00',
        received_at: '2026-10-27 10:00:01',
        amount_refunded_minor: '9900',
      }),
    { refunded_without_goods: { 'a r': ['1/1', 'breached', '2026-10-22', 9900, null] } },
  );
});

describe('days are the brand’s', () => {
  const harbor = { brand_id: 'harbor' };
  rule('a second before its midnight', (a) => a.ticket({ ...harbor, opened_at: '11:59:59' }), {
    dispute_rate: ['0/1', 'counted', '2026-10-11', null, null],
  });
  rule('at its midnight', (a) => a.ticket({ ...harbor, opened_at: '12:00:00' }), {
    dispute_rate: ['0/1', 'counted', on, null, null],
  });
  rule('an hour later in winter, before', (a) => a.ticket({ ...harbor, opened_at: '2026-11-02 12:59:59' }), {
    dispute_rate: ['0/1', 'counted', '2026-11-01', null, null],
  });
  rule('an hour later in winter, at', (a) => a.ticket({ ...harbor, opened_at: '2026-11-02 13:00:00' }), {
    dispute_rate: ['0/1', 'counted', '2026-11-02', null, null],
  });
  rule('midnight in Shanghai', (a) => a.ticket({ opened_at: '00:00:00' }), {
    dispute_rate: ['0/1', 'counted', on, null, null],
  });
  rule('an offset in the text decides over the source’s zone', (a) => a.ticket({ opened_at: '2026-10-12T15:59:59Z' }), {
    dispute_rate: ['0/1', 'counted', on, null, null],
  });
  rule('a second later it is the next day', (a) => a.ticket({ opened_at: '2026-10-12T16:00:00Z' }), {
    dispute_rate: ['0/1', 'counted', '2026-10-13', null, null],
  });
});
