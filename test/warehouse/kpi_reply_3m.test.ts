import { describe } from 'vitest';
import { type Expected, type KpiOutcome, givenRules } from './given.ts';

const rule = givenRules();
const on = '2026-10-12';

/** The rounds of a case by number, as the seconds each took; null where it was not answered. */
function rounds(seconds: Readonly<Record<number, number | null>>): Expected {
  const outcomes = Object.entries(seconds).map(([number, value]): [string, KpiOutcome] => {
    if (value === null) return [`a ${number}`, ['0/1', 'breached', on, null, null]];
    return [`a ${number}`, [value <= 180 ? '1/1' : '0/1', value <= 180 ? 'met' : 'late', on, value, value]];
  });
  return { reply_3m: Object.fromEntries(outcomes) };
}

describe('limits', () => {
  rule(
    'a reply after exactly 3 minutes is in time',
    (a) => a.ticket().customer('10:00:00').agent('10:03:00'),
    rounds({ 1: 180 }),
  );
  rule('a second later it is not', (a) => a.ticket().customer('10:00:00').agent('10:03:01'), rounds({ 1: 181 }));
  rule('without a reply there is no value', (a) => a.ticket().customer('10:00:00'), rounds({ 1: null }));
  rule('values go up to 600 seconds', (a) => a.ticket().customer('10:00:00').agent('10:10:00'), rounds({ 1: 600 }));
  rule('and stop there', (a) => a.ticket().customer('10:00:00').agent('2026-10-14 10:00:00'), rounds({ 1: 600 }));
  rule(
    'both clocks stop there',
    (a) => a.ticket({ vendor_id: 'split' }).customer('11:50:00').agent('13:45:00'),
    rounds({ 1: 600 }),
  );
  rule(
    'the limit is the calendar’s, the other clock stands still at noon',
    (a) => a.ticket({ vendor_id: 'split' }).customer('11:59:00').agent('13:31:00'),
    {
      reply_3m: { 'a 1': ['0/1', 'late', on, 600, 120] },
    },
  );
  rule('without messages there are no rounds', (a) => a.ticket(), { reply_3m: {} });
  rule('what only an agent says is no round', (a) => a.ticket().agent('10:00:00').agent('10:05:00'), { reply_3m: {} });
});

describe('what opens a round and what ends it', () => {
  rule(
    'a customer who writes twice has asked once, the first time',
    (a) => a.ticket().customer('10:00:00').customer('10:02:59').agent('10:03:01'),
    rounds({ 1: 181 }),
  );
  rule(
    'after a reply the next message opens the next round',
    (a) =>
      a
        .ticket()
        .customer('10:00:00')
        .agent('10:01:00')
        .agent('10:02:00')
        .customer('10:03:00')
        .customer('10:04:00')
        .agent('10:09:00')
        .customer('11:00:00'),
    rounds({ 1: 60, 2: 360, 3: null }),
  );
  rule(
    'an answer inside a second is none: the round stays open',
    (a) => a.ticket().customer('10:00:00').agent('2026-10-12 10:00:00.999').agent('10:02:00'),
    rounds({ 1: 120 }),
  );
  rule(
    'after exactly a second it is one',
    (a) => a.ticket().customer('10:00:00').agent('10:00:01').agent('10:02:00'),
    rounds({ 1: 1 }),
  );
  rule(
    'after one inside a second the next exactly a second after the question is one',
    (a) => a.ticket().customer('10:00:00').agent('10:00:00').agent('10:00:01').customer('10:05:00'),
    rounds({ 1: 1, 2: null }),
  );
  rule(
    'after one inside a second a further message opens no round',
    (a) => a.ticket().customer('10:00:00').agent('10:00:00').customer('10:01:00').agent('10:03:01'),
    rounds({ 1: 181 }),
  );
  rule(
    'an answer inside a second is the only one',
    (a) => a.ticket().customer('10:00:00').agent('10:00:00'),
    rounds({ 1: null }),
  );
  rule(
    'the second runs from the question, not from the last message',
    (a) => a.ticket().customer('10:00:00').customer('10:01:00').agent('2026-10-12 10:01:00.500'),
    rounds({ 1: 60.5 }),
  );
  rule(
    'an answer inside a second of a later round leaves the earlier ones',
    (a) => a.ticket().customer('10:00:00').agent('10:01:00').customer('11:00:00').agent('11:00:00').agent('11:00:30'),
    rounds({ 1: 60, 2: 30 }),
  );
  rule(
    'templates, notes, bots, brand, platform and system end nothing',
    (a) =>
      a
        .ticket()
        .customer('10:00:00')
        .agent('10:00:10', { is_automatic: 'true' })
        .agent('10:00:20', { is_public: 'false' })
        .bot('10:00:30')
        .system('10:00:40')
        .agent('10:00:50', { sender: 'brand' })
        .agent('10:01:00', { sender: 'platform' })
        .agent('10:02:00'),
    rounds({ 1: 120 }),
  );
  rule(
    'a customer’s private message opens nothing',
    (a) => a.ticket().customer('10:00:00', { is_public: 'false' }).customer('10:05:00').agent('10:06:00'),
    rounds({ 1: 60 }),
  );
  rule(
    'a reply before any question ends nothing',
    (a) => a.ticket().agent('09:59:00').customer('10:00:00').agent('10:01:00'),
    rounds({ 1: 60 }),
  );
  rule(
    'rounds of a case that an agent began count, also before its opening',
    (a) => a.ticket().agent('09:00:00').customer('09:30:00').agent('09:31:00'),
    rounds({ 1: 60 }),
  );
});

describe('messages of one instant', () => {
  rule(
    'come in the order of their ids: the reply first, then a new question',
    (a) =>
      a
        .ticket()
        .customer('10:00:00', { message_id: 'm1' })
        .agent('10:01:00', { message_id: 'm2' })
        .customer('10:01:00', { message_id: 'm3' }),
    rounds({ 1: 60, 2: null }),
  );
  rule(
    'come in the order of their ids: another message, then the reply',
    (a) =>
      a
        .ticket()
        .customer('10:00:00', { message_id: 'm1' })
        .agent('10:01:00', { message_id: 'm3' })
        .customer('10:01:00', { message_id: 'm2' }),
    rounds({ 1: 60 }),
  );
});

describe('hours, local to the brand', () => {
  const ask =
    (at: string, reply: string): Parameters<typeof rule>[1] =>
    (a) =>
      a.ticket().customer(at).agent(reply);
  rule('07:59:59 is too early, though answered in the day', ask('07:59:59', '08:01:00'), { reply_3m: {} });
  rule('08:00:00 counts', ask('08:00:00', '08:01:00'), rounds({ 1: 60 }));
  rule('22:59:59 counts, though answered at night', ask('22:59:59', '23:02:59'), rounds({ 1: 180 }));
  rule('23:00:00 is too late', ask('23:00:00', '23:01:00'), { reply_3m: {} });
  rule(
    'a round of the night keeps its number',
    (a) => a.ticket().customer('07:00:00').agent('07:01:00').customer('09:00:00').agent('09:01:00'),
    rounds({ 2: 60 }),
  );
  rule('07:59:59 in New York', (a) => a.ticket({ brand_id: 'harbor' }).customer('19:59:59'), { reply_3m: {} });
  rule('08:00:00 in New York', (a) => a.ticket({ brand_id: 'harbor' }).customer('20:00:00'), rounds({ 1: null }));
  rule(
    '22:59:59 in New York is still that day',
    (a) => a.ticket({ brand_id: 'harbor' }).customer('2026-10-13 10:59:59'),
    rounds({ 1: null }),
  );
  rule(
    'a round belongs to the day of its question, not of its case',
    (a) => a.ticket().customer('2026-10-14 09:00:00').agent('2026-10-14 09:00:05'),
    {
      reply_3m: { 'a 1': ['1/1', 'met', '2026-10-14', 5, 5] },
    },
  );
});

describe('as of 2026-11-05 09:00:00', () => {
  const day = '2026-11-05';
  rule(
    '3 minutes after the question the window is open, though met',
    (a) => a.ticket().customer(`${day} 08:57:00`).agent(`${day} 08:58:00`),
    {
      reply_3m: { 'a 1': ['0/0', 'pending', day, 60, 60] },
    },
  );
  rule('a second more closes it', (a) => a.ticket().customer(`${day} 08:56:59`), {
    reply_3m: { 'a 1': ['0/1', 'breached', day, null, null] },
  });
  rule(
    'a later reply has not been given, a later question not asked',
    (a) => a.ticket().customer(`${day} 08:50:00`).agent(`${day} 09:00:01`).customer(`${day} 09:00:02`),
    {
      reply_3m: { 'a 1': ['0/1', 'breached', day, null, null] },
    },
  );
});

rule('spam has no rounds', (a) => a.ticket({ is_spam: '是' }).customer('10:00:00').agent('10:01:00'), { reply_3m: {} });
