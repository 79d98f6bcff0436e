import { describe } from 'vitest';
import { type Expected, givenRules } from './given.ts';

const rule = givenRules();
const on = '2026-10-12';

/** What a completed case counts as: left alone until its window closed, reopened in it, and how often ever. */
function counted(alone: 0 | 1, reopened: 0 | 1, reopens: number, day = on): Expected {
  return {
    autonomous_completion: [`${alone}/1`, alone === 1 ? 'met' : 'breached', day, null, null],
    reopen_rate: [`${reopened}/1`, reopened === 1 ? 'breached' : 'met', day, reopens, null],
  };
}
const absent: Expected = { autonomous_completion: {}, reopen_rate: {}, reason_tagged: {} };

describe('when a case is completed', () => {
  rule(
    'by the first solved',
    (a) => a.ticket().event('2026-10-13 00:00:00', 'solved').event('2026-10-14 00:00:00', 'closed'),
    counted(1, 0, 0, '2026-10-13'),
  );
  rule(
    'by the first closed',
    (a) => a.ticket().event('12:00:00', 'closed').event('2026-10-14 00:00:00', 'solved'),
    counted(1, 0, 0),
  );
  rule(
    'by closed_at where no event makes it done',
    (a) => a.ticket({ closed_at: '2026-10-13 12:00:00' }),
    counted(1, 0, 0, '2026-10-13'),
  );
  rule(
    'by closed_at where events only keep it open',
    (a) => a.ticket({ closed_at: '2026-10-13 12:00:00' }).event('10:00:00', 'open').event('11:00:00', 'pending'),
    counted(1, 0, 0, '2026-10-13'),
  );
  rule(
    'by the event where there is one, though closed_at is earlier',
    (a) => a.ticket({ closed_at: '12:00:00' }).event('2026-10-13 12:00:00', 'solved'),
    counted(1, 0, 0, '2026-10-13'),
  );
  rule(
    'not by a solution, a status or silence',
    (a) => a.ticket({ status: 'closed' }).event('12:00:00', 'solution_offered').agent('12:00:00'),
    absent,
  );
  rule(
    'not by a paid refund of a ticket',
    (a) => a.ticket().refund({ refunded_at: '12:00:00', closed_at: '12:00:00' }),
    absent,
  );
  rule(
    'on the brand’s day',
    (a) => a.ticket({ brand_id: 'harbor' }).event('2026-10-14 11:59:59', 'solved'),
    counted(1, 0, 0, '2026-10-13'),
  );
  rule(
    'before it was opened, it is kept on that day',
    (a) => a.ticket({ closed_at: '2026-10-11 12:00:00' }),
    counted(1, 0, 0, '2026-10-11'),
  );
  rule('spam never counts', (a) => a.ticket({ is_spam: 'yes' }).event('12:00:00', 'solved'), absent);
  rule(
    'cases that an agent began count',
    (a) => a.ticket().agent('10:00:00').event('12:00:00', 'solved'),
    counted(1, 0, 0),
  );
});

describe('a refund without a ticket', () => {
  const lone = { ticket_id: '', applied_at: '2026-10-10 10:00:00' };
  const completed = (day: string): Expected => ({
    autonomous_completion: { 'refund/r': ['1/1', 'met', day, null, null] },
    reopen_rate: { 'refund/r': ['0/1', 'met', day, 0, null] },
    reason_tagged: {},
    reason_agreement: {},
    csat: {},
  });
  const later = {
    closed_at: '2026-10-15 10:00:00',
    rejected_at: '2026-10-16 10:00:00',
    refunded_at: '2026-10-17 10:00:00',
  };
  for (const column of ['refunded_at', 'rejected_at', 'closed_at'])
    rule(
      `is completed by ${column} where that is the earliest`,
      (a) => a.refund({ ...lone, ...later, [column]: '10:00:00' }),
      completed(on),
    );
  rule('is not completed by its approval', (a) => a.refund({ ...lone, approved_at: '12:00:00' }), absent);
  rule(
    'is not left alone after an intervention',
    (a) => a.refund({ ...lone, closed_at: '12:00:00', platform_intervened_at: '13:00:00' }),
    {
      autonomous_completion: { 'refund/r': ['0/1', 'breached', on, null, null] },
    },
  );
});

describe('severity', () => {
  for (const severity of ['A', 'B', ''])
    rule(
      `${severity === '' ? 'unknown' : severity} counts`,
      (a) => a.ticket({ severity }).event('12:00:00', 'solved'),
      counted(1, 0, 0),
    );
  rule('C does not, but may be reopened', (a) => a.ticket({ severity: 'C' }).event('12:00:00', 'solved'), {
    autonomous_completion: {},
    reopen_rate: ['0/1', 'met', on, 0, null],
  });
});

describe('what spoils autonomy, until exactly 7 days after completion', () => {
  const [within, after] = ['2026-10-19 12:00:00', '2026-10-19 12:00:01'];
  for (const kind of ['escalated_to_brand', 'platform_intervened', 'platform_judged']) {
    rule(
      `${kind} at the end of the window`,
      (a) => a.ticket().event('12:00:00', 'solved').event(within, kind),
      counted(0, 0, 0),
    );
    rule(
      `not ${kind} a second later`,
      (a) => a.ticket().event('12:00:00', 'solved').event(after, kind),
      counted(1, 0, 0),
    );
    rule(
      `${kind} before completion`,
      (a) => a.ticket().event('11:00:00', kind).event('12:00:00', 'solved'),
      counted(0, 0, 0),
    );
  }
  rule(
    'a withdrawn intervention too',
    (a) => a.ticket().event('12:00:00', 'solved').event('13:00:00', 'platform_judged', { detail: 'withdrawn' }),
    counted(0, 0, 0),
  );
  rule(
    'a refund’s intervention at the end of the window, withdrawn too',
    (a) => a.ticket().event('12:00:00', 'solved').refund({ platform_intervened_at: within, judged_for: 'withdrawn' }),
    counted(0, 0, 0),
  );
  rule(
    'not a refund’s intervention a second later',
    (a) => a.ticket().event('12:00:00', 'solved').refund({ platform_intervened_at: after }),
    counted(1, 0, 0),
  );
  rule(
    'the earliest of a case’s refunds decides',
    (a) =>
      a
        .ticket()
        .event('12:00:00', 'solved')
        .refund({ platform_intervened_at: after })
        .refund({ refund_id: 's', platform_intervened_at: within }),
    counted(0, 0, 0),
  );
  rule(
    'not what goes on inside the vendor',
    (a) =>
      a.ticket().event('11:00:00', 'transferred').event('11:30:00', 'returned_to_vendor').event('12:00:00', 'solved'),
    counted(1, 0, 0),
  );
});

describe('reopening', () => {
  const [within, after] = ['2026-10-19 12:00:00', '2026-10-19 12:00:01'];
  for (const kind of ['reopened', 'open', 'pending'])
    rule(
      `${kind} after done, exactly 7 days later`,
      (a) => a.ticket().event('12:00:00', 'solved').event(within, kind),
      counted(0, 1, 1),
    );
  rule(
    'a second later the window is over, the reopening still has happened',
    (a) => a.ticket().event('12:00:00', 'closed').event(after, 'reopened'),
    counted(1, 0, 1),
  );
  rule(
    'equal states in a row are one',
    (a) => a.ticket().event('12:00:00', 'solved').event('12:10:00', 'solved').event('13:00:00', 'closed'),
    counted(1, 0, 0),
  );
  rule(
    'equal states in a row are one, also when reopened',
    (a) =>
      a
        .ticket()
        .event('12:00:00', 'solved')
        .event('13:00:00', 'reopened')
        .event('13:00:01', 'open')
        .event('14:00:00', 'pending'),
    counted(0, 1, 1),
  );
  rule(
    'each transition from done to not done counts',
    (a) =>
      a
        .ticket()
        .event('11:00:00', 'open')
        .event('12:00:00', 'solved')
        .event('13:00:00', 'reopened')
        .event('14:00:00', 'closed')
        .event('2026-11-01 13:00:00', 'open'),
    counted(0, 1, 2),
  );
  rule(
    'a reopening of what was never done is none',
    (a) => a.ticket().event('11:00:00', 'reopened').event('12:00:00', 'solved'),
    counted(1, 0, 0),
  );
  rule(
    'after closed_at alone nothing is reopened',
    (a) => a.ticket({ closed_at: '12:00:00' }).event('13:00:00', 'reopened'),
    counted(1, 0, 0),
  );
});

describe('the order of states', () => {
  const seq = (number: string) => ({ seq: number });
  rule(
    'is that of time, not of records',
    (a) => a.ticket().event('13:00:00', 'reopened').event('12:00:00', 'solved'),
    counted(0, 1, 1),
  );
  rule(
    'is that of seq against the clock',
    (a) => a.ticket().event('12:00:00', 'solved', seq('1')).event('11:00:00', 'open', seq('2')),
    counted(0, 1, 1),
  );
  rule(
    'seq against the clock, the other way',
    (a) => a.ticket().event('12:00:00', 'open', seq('1')).event('11:00:00', 'solved', seq('2')),
    counted(1, 0, 0),
  );
  rule(
    'seq is a number: 10 comes after 9',
    (a) => a.ticket().event('12:00:00', 'solved', seq('9')).event('11:00:00', 'open', seq('10')),
    counted(0, 1, 1),
  );
  rule(
    'one state without seq leaves them all to the clock',
    (a) =>
      a.ticket().event('12:00:00', 'solved', seq('1')).event('11:00:00', 'open', seq('2')).event('10:30:00', 'pending'),
    counted(1, 0, 0),
  );
  rule(
    'a happening without seq does not',
    (a) =>
      a
        .ticket()
        .event('12:00:00', 'solved', seq('1'))
        .event('11:00:00', 'open', seq('2'))
        .event('10:30:00', 'assigned'),
    counted(0, 1, 1),
  );
  rule(
    'in one instant is that of records: reopened',
    (a) => a.ticket().event('12:00:00', 'solved').event('12:00:00', 'open'),
    counted(0, 1, 1),
  );
  rule(
    'in one instant is that of records: completed',
    (a) => a.ticket().event('12:00:00', 'open').event('12:00:00', 'solved'),
    counted(1, 0, 0),
  );
  rule(
    'completion is the first by seq, whatever its clock',
    (a) =>
      a
        .ticket()
        .event('2026-10-14 12:00:00', 'solved', seq('1'))
        .event('2026-10-14 13:00:00', 'open', seq('2'))
        .event('2026-10-13 12:00:00', 'closed', seq('3')),
    counted(0, 1, 1, '2026-10-14'),
  );
  rule(
    'events equal in every column are one',
    (a) =>
      a
        .ticket()
        .event('12:00:00', 'solved')
        .event('12:00:00', 'open')
        .event('12:00:00', 'solved')
        .event('12:00:00', 'open'),
    counted(0, 1, 1),
  );
});

describe('as of 2026-11-05 09:00:00', () => {
  const day = '2026-10-29';
  const pending = (reopens: number): Expected => ({
    autonomous_completion: ['0/0', 'pending', day, null, null],
    reopen_rate: ['0/0', 'pending', day, reopens, null],
  });
  rule('7 days after completion the window is open', (a) => a.ticket().event(`${day} 09:00:00`, 'solved'), pending(0));
  rule(
    'it is open also for what is reopened already',
    (a) => a.ticket().event(`${day} 09:00:00`, 'solved').event(`${day} 10:00:00`, 'open'),
    pending(1),
  );
  rule('a second more closes it', (a) => a.ticket().event(`${day} 08:59:59`, 'solved'), counted(1, 0, 0, day));
  rule(
    'a later event has not happened',
    (a) => a.ticket().event('12:00:00', 'solved').event('2026-11-05 09:00:01', 'open'),
    counted(1, 0, 0),
  );
  rule(
    'a case completed later is not completed',
    (a) => a.ticket({ closed_at: '2026-11-05 09:00:01' }).event('2026-11-05 09:00:01', 'solved'),
    absent,
  );
  rule('a case completed at that instant is', (a) => a.ticket({ closed_at: '2026-11-05 09:00:00' }), {
    reopen_rate: ['0/0', 'pending', '2026-11-05', 0, null],
    reason_tagged: ['0/1', 'counted', '2026-11-05', null, null],
  });
});
