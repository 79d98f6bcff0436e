import { describe } from 'vitest';
import { givenRules } from './given.ts';

const rule = givenRules();
const on = '2026-10-12';

describe('limits', () => {
  rule('an answer exactly at every limit is in time', (a) => a.ticket().bot('10:00:30').agent('10:10:00'), {
    first_response: ['1/1', 'met', on, 600, 600],
    first_touch_30s: ['1/1', 'met', on, 30, 30],
    human_pickup_5m: ['0/1', 'late', on, 600, 600],
    unanswered_24h: ['0/1', 'met', on, null, null],
  });
  rule('an answer a second over the limit is late', (a) => a.ticket().bot('10:00:31').agent('10:10:01'), {
    first_response: ['0/1', 'late', on, 601, 601],
    first_touch_30s: ['0/1', 'late', on, 31, 31],
  });
  rule('a person has five minutes to pick up, the fifth included', (a) => a.ticket().agent('10:05:00'), {
    human_pickup_5m: ['1/1', 'met', on, 300, 300],
  });
  rule('a second after five minutes is no pickup in time', (a) => a.ticket().agent('10:05:01'), {
    human_pickup_5m: ['0/1', 'late', on, 301, 301],
  });
  rule('an answer exactly a day later still answers', (a) => a.ticket().agent('2026-10-13 10:00:00'), {
    unanswered_24h: ['0/1', 'met', on, null, null],
  });
  rule('an answer a second after a day came too late', (a) => a.ticket().agent('2026-10-13 10:00:01'), {
    unanswered_24h: ['1/1', 'late', on, null, null],
  });
  rule('without any reply a value is null, never zero', (a) => a.ticket().customer('10:00:00'), {
    first_response: ['0/1', 'breached', on, null, null],
    first_touch_30s: ['0/1', 'breached', on, null, null],
    human_pickup_5m: ['0/1', 'breached', on, null, null],
    unanswered_24h: ['1/1', 'breached', on, null, null],
  });
  rule('fractions of a second count: 600.001 s is late', (a) => a.ticket().agent('2026-10-12 10:10:00.001'), {
    first_response: ['0/1', 'late', on, 600.001, 600.001],
  });
});

describe('open windows, as of 2026-11-05 09:00:00', () => {
  const day = '2026-11-05';
  rule(
    'a window of exactly the limit is still open, though met early',
    (a) => a.ticket({ opened_at: `${day} 08:50:00` }).agent(`${day} 08:50:20`),
    {
      first_response: ['0/0', 'pending', day, 20, 20],
      first_touch_30s: ['1/1', 'met', day, 20, 20],
      human_pickup_5m: ['1/1', 'met', day, 20, 20],
      unanswered_24h: ['0/0', 'pending', day, null, null],
    },
  );
  rule(
    'a window closes once more than the limit has passed',
    (a) => a.ticket({ opened_at: `${day} 08:49:59` }).agent(`${day} 08:50:20`),
    { first_response: ['1/1', 'met', day, 21, 21] },
  );
  rule('30 s after the start nobody is late yet', (a) => a.ticket({ opened_at: `${day} 08:59:30` }), {
    first_touch_30s: ['0/0', 'pending', day, null, null],
  });
  rule('31 s after the start somebody is', (a) => a.ticket({ opened_at: `${day} 08:59:29` }), {
    first_touch_30s: ['0/1', 'breached', day, null, null],
  });
  rule('a day after the start the day is not over', (a) => a.ticket({ opened_at: '2026-11-04 09:00:00' }), {
    unanswered_24h: ['0/0', 'pending', '2026-11-04', null, null],
  });
  rule('a day and a second after it, it is', (a) => a.ticket({ opened_at: '2026-11-04 08:59:59' }), {
    unanswered_24h: ['1/1', 'breached', '2026-11-04', null, null],
  });
  rule(
    'an answer after the as-of instant has not been given',
    (a) => a.ticket({ opened_at: `${day} 08:49:00` }).agent(`${day} 09:00:01`),
    { first_response: ['0/1', 'breached', day, null, null], human_pickup_5m: ['0/1', 'breached', day, null, null] },
  );
  rule(
    'an answer at the as-of instant has been given',
    (a) => a.ticket({ opened_at: `${day} 08:49:00` }).agent(`${day} 09:00:00`),
    { first_response: ['0/1', 'late', day, 660, 660] },
  );
  rule('a ticket opened after the as-of instant is absent', (a) => a.ticket({ opened_at: `${day} 09:00:01` }), {
    first_response: {},
    resolution_24h: {},
    transfer_rate: {},
  });
  rule('a ticket opened at the as-of instant is there', (a) => a.ticket({ opened_at: `${day} 09:00:00` }), {
    first_response: ['0/0', 'pending', day, null, null],
    transfer_rate: ['0/1', 'counted', day, 0, null],
  });
});

describe('what answers', () => {
  rule(
    'after a question, an answer in the same second was typed by nobody, but touches',
    (a) => a.ticket().customer('10:00:00').agent('10:00:00').agent('10:02:00'),
    {
      first_response: ['1/1', 'met', on, 120, 120],
      first_touch_30s: ['1/1', 'met', on, 0, 0],
      human_pickup_5m: ['1/1', 'met', on, 120, 120],
    },
  );
  rule(
    'half a second is the same second, one second is not',
    (a) => a.ticket().customer('10:00:00').agent('2026-10-12 10:00:00.999').agent('10:00:01'),
    { first_response: ['1/1', 'met', on, 1, 1], first_touch_30s: ['1/1', 'met', on, 0.999, 0.999] },
  );
  rule('an automatic text touches but does not answer', (a) => a.ticket().agent('10:00:05', { is_automatic: 'true' }), {
    first_response: ['0/1', 'breached', on, null, null],
    first_touch_30s: ['1/1', 'met', on, 5, 5],
    unanswered_24h: ['1/1', 'breached', on, null, null],
  });
  rule('a private note neither touches nor answers', (a) => a.ticket().agent('10:00:05', { is_public: 'false' }), {
    first_response: ['0/1', 'breached', on, null, null],
    first_touch_30s: ['0/1', 'breached', on, null, null],
  });
  rule('a bot touches but does not answer', (a) => a.ticket().bot('10:00:05').agent('10:01:00'), {
    first_response: ['1/1', 'met', on, 60, 60],
    first_touch_30s: ['1/1', 'met', on, 5, 5],
  });
  rule('a private bot does not touch', (a) => a.ticket().bot('10:00:05', { is_public: 'no' }), {
    first_touch_30s: ['0/1', 'breached', on, null, null],
  });
  rule(
    'system, brand and platform neither touch nor answer',
    (a) =>
      a
        .ticket()
        .customer('10:00:00')
        .system('10:00:01')
        .agent('10:00:02', { sender: 'brand' })
        .agent('10:00:03', { sender: 'platform' }),
    {
      first_response: ['0/1', 'breached', on, null, null],
      first_touch_30s: ['0/1', 'breached', on, null, null],
    },
  );
  rule(
    'unknown publicity and automation mean public and typed',
    (a) => a.ticket().agent('10:01:00', { is_public: '', is_automatic: '' }),
    {
      first_response: ['1/1', 'met', on, 60, 60],
    },
  );
  rule('an answer before the start is none', (a) => a.ticket().customer('10:00:10').bot('09:59:59').agent('10:20:00'), {
    first_response: ['0/1', 'late', on, 1200, 1200],
    first_touch_30s: ['0/1', 'late', on, 1200, 1200],
  });
  rule(
    'an answer edited to be automatic no longer answers',
    (a) =>
      a
        .ticket()
        .agent('10:01:00', { message_id: 'x', updated_at: '10:01:00' })
        .agent('10:01:00', { message_id: 'x', updated_at: '10:05:00', is_automatic: 'true' }),
    { first_response: ['0/1', 'breached', on, null, null] },
  );
});

describe('where a case starts', () => {
  rule('a question before the opening starts the clock', (a) => a.ticket().customer('09:55:00').agent('10:00:00'), {
    first_response: ['1/1', 'met', on, 300, 300],
  });
  rule('a question after the opening does not', (a) => a.ticket().customer('10:05:00').agent('10:10:00'), {
    first_response: ['1/1', 'met', on, 600, 600],
  });
  rule(
    'a question on the day before moves the case to that day',
    (a) => a.ticket({ opened_at: '00:00:10' }).customer('2026-10-11 23:59:59').agent('00:00:09'),
    {
      first_response: ['1/1', 'met', '2026-10-11', 10, 10],
      resolution_24h: ['0/1', 'breached', '2026-10-11', null, null],
    },
  );
  rule(
    'a private question of a customer starts the clock too',
    (a) => a.ticket().customer('09:55:00', { is_public: 'false' }).agent('10:00:01'),
    {
      first_response: ['1/1', 'met', on, 301, 301],
    },
  );
  const agentsOwn = {
    first_response: {},
    first_touch_30s: {},
    human_pickup_5m: {},
    unanswered_24h: {},
    transfer_rate: {},
  };
  rule(
    'a case that an agent began before its opening is the agent’s',
    (a) => a.ticket().agent('09:59:00').customer('10:01:00'),
    {
      ...agentsOwn,
      resolution_24h: ['0/1', 'breached', on, null, null],
      dispute_rate: ['0/1', 'counted', on, null, null],
    },
  );
  rule('a case that an agent began at its opening is the agent’s', (a) => a.ticket().agent('10:00:00'), agentsOwn);
  rule(
    'a message a second after the opening answers a customer',
    (a) => a.ticket().agent('10:00:01').customer('10:00:02'),
    {
      first_response: ['1/1', 'met', on, 1, 1],
    },
  );
  rule(
    'a bot’s greeting before an agent’s makes the case the customer’s',
    (a) => a.ticket().bot('09:59:00').agent('10:00:00').agent('10:00:01'),
    {
      first_response: ['1/1', 'met', on, 1, 1],
    },
  );
  rule(
    'a template before the question does not start a case',
    (a) => a.ticket().agent('09:58:00', { is_automatic: '是' }).customer('10:00:00').agent('10:01:00'),
    {
      first_response: ['1/1', 'met', on, 60, 60],
      first_touch_30s: ['0/1', 'late', on, 60, 60],
    },
  );
  rule(
    'a private note before the opening does not start a case',
    (a) => a.ticket().agent('09:58:00', { is_public: '0' }).agent('10:01:00'),
    {
      first_response: ['1/1', 'met', on, 60, 60],
    },
  );
  rule(
    'of two first messages in one instant the lesser id came first: the agent’s',
    (a) => a.ticket().agent('09:59:00', { message_id: 'm1' }).customer('09:59:00', { message_id: 'm2' }),
    agentsOwn,
  );
  rule(
    'of two first messages in one instant the lesser id came first: the customer’s',
    (a) =>
      a.ticket().agent('09:59:00', { message_id: 'm2' }).customer('09:59:00', { message_id: 'm1' }).agent('09:59:30'),
    { first_response: ['1/1', 'met', on, 30, 30], first_touch_30s: ['1/1', 'met', on, 0, 0] },
  );
  rule(
    'ids are compared as text: m10 comes before m9',
    (a) => a.ticket().agent('09:59:00', { message_id: 'm10' }).customer('09:59:00', { message_id: 'm9' }),
    agentsOwn,
  );
});

describe('which cases count', () => {
  rule('spam is in no denominator', (a) => a.ticket({ is_spam: 'true' }).customer('10:00:00').agent('10:01:00'), {
    first_response: {},
    first_touch_30s: {},
    human_pickup_5m: {},
    unanswered_24h: {},
  });
  rule('a refund without a ticket is no one’s answer', (a) => a.refund({ ticket_id: '' }), {
    first_response: {},
    first_touch_30s: {},
    human_pickup_5m: {},
    unanswered_24h: {},
    transfer_rate: {},
    resolution_24h: { 'refund/r': ['0/1', 'breached', on, null, null] },
  });
});
