import { describe } from 'vitest';
import { givenRules } from './given.ts';

const rule = givenRules();
const on = '2026-10-12';
const none = { resolution_24h: ['0/1', 'breached', on, null, null] } as const;

describe('resolution_24h', () => {
  rule(
    'a solution exactly a day after the start is in time',
    (a) => a.ticket().event('2026-10-13 10:00:00', 'solved'),
    {
      resolution_24h: ['1/1', 'met', on, 24, 24],
    },
  );
  rule('a solution a second later is late', (a) => a.ticket().event('2026-10-13 10:00:01', 'solved'), {
    resolution_24h: ['0/1', 'late', on, 86_401 / 3600, 86_401 / 3600],
  });
  rule('without a solution there is no value', (a) => a.ticket().customer('10:00:00').agent('10:01:00'), none);
  rule(
    'hours stand still outside the vendor’s',
    (a) => a.ticket({ vendor_id: 'split', opened_at: '17:00:00' }).event('2026-10-13 10:00:00', 'solved'),
    {
      resolution_24h: ['1/1', 'met', on, 17, 2],
    },
  );
  rule(
    'a question before the opening starts the day',
    (a) => a.ticket().customer('09:00:00').event('2026-10-13 09:00:01', 'solved'),
    {
      resolution_24h: ['0/1', 'late', on, 86_401 / 3600, 86_401 / 3600],
    },
  );
  rule('cases that an agent began count', (a) => a.ticket().agent('09:00:00').event('11:00:00', 'solved'), {
    resolution_24h: ['1/1', 'met', on, 1, 1],
  });

  for (const kind of ['solution_offered', 'solved', 'closed'])
    rule(`${kind} is a solution`, (a) => a.ticket().event('12:00:00', kind), {
      resolution_24h: ['1/1', 'met', on, 2, 2],
    });
  for (const kind of [
    'open',
    'pending',
    'reopened',
    'assigned',
    'transferred',
    'escalated_to_brand',
    'platform_judged',
    'resumed',
  ])
    rule(`${kind} is none`, (a) => a.ticket().event('12:00:00', kind), none);

  rule(
    'the earliest of them counts',
    (a) => a.ticket({ closed_at: '12:00:00' }).event('13:00:00', 'solved').event('11:00:00', 'solution_offered'),
    {
      resolution_24h: ['1/1', 'met', on, 1, 1],
    },
  );
  rule('the closing in the ticket counts', (a) => a.ticket({ closed_at: '12:00:00' }).event('13:00:00', 'solved'), {
    resolution_24h: ['1/1', 'met', on, 2, 2],
  });
  rule(
    'events and closings before the start do not',
    (a) => a.ticket({ closed_at: '09:59:59' }).event('09:59:59', 'solved'),
    none,
  );
  rule('one at the start does', (a) => a.ticket().event('10:00:00', 'solution_offered'), {
    resolution_24h: ['1/1', 'met', on, 0, 0],
  });
  rule(
    'one before the start leaves a later one to count',
    (a) => a.ticket().event('09:00:00', 'solution_offered').event('11:00:00', 'solution_offered'),
    {
      resolution_24h: ['1/1', 'met', on, 1, 1],
    },
  );
});

describe('what a refund says', () => {
  for (const column of ['approved_at', 'rejected_at', 'refunded_at']) {
    rule(`${column} is a solution`, (a) => a.ticket().refund({ [column]: '12:00:00' }), {
      resolution_24h: ['1/1', 'met', on, 2, 2],
    });
    rule(
      `${column} before the start counts as at the start`,
      (a) => a.ticket().refund({ applied_at: '08:00:00', [column]: '08:30:00' }),
      {
        resolution_24h: ['1/1', 'met', on, 0, 0],
      },
    );
  }
  for (const column of ['closed_at', 'received_at', 'inspected_at', 'platform_intervened_at'])
    rule(`${column} is none`, (a) => a.ticket().refund({ [column]: '12:00:00' }), none);
  rule(
    'the earliest of all refunds and events counts',
    (a) =>
      a
        .ticket()
        .event('15:00:00', 'solved')
        .refund({ approved_at: '14:00:00' })
        .refund({ refund_id: 's', rejected_at: '13:00:00', refunded_at: '12:00:00' }),
    { resolution_24h: ['1/1', 'met', on, 2, 2] },
  );
  rule(
    'a refund of its own is a case from its application',
    (a) => a.refund({ ticket_id: '', approved_at: '10:30:00' }),
    {
      resolution_24h: { 'refund/r': ['1/1', 'met', on, 0.5, 0.5] },
    },
  );
  rule('its closing alone is no solution', (a) => a.refund({ ticket_id: '', closed_at: '10:30:00' }), {
    resolution_24h: { 'refund/r': ['0/1', 'breached', on, null, null] },
  });
  rule(
    'approved before it was applied for, it took no time',
    (a) => a.refund({ ticket_id: '', approved_at: '09:30:00' }),
    {
      resolution_24h: { 'refund/r': ['1/1', 'met', on, 0, 0] },
    },
  );
});

describe('as of 2026-11-05 09:00:00', () => {
  const day = '2026-11-04';
  rule(
    'a window of exactly a day is open, though met',
    (a) => a.ticket({ opened_at: `${day} 09:00:00` }).event(`${day} 10:00:00`, 'solved'),
    {
      resolution_24h: ['0/0', 'pending', day, 1, 1],
    },
  );
  rule('a second more closes it', (a) => a.ticket({ opened_at: `${day} 08:59:59` }), {
    resolution_24h: ['0/1', 'breached', day, null, null],
  });
  rule(
    'what is dated later is not known',
    (a) =>
      a
        .ticket({ opened_at: `${day} 08:00:00`, closed_at: '2026-11-05 09:00:01' })
        .event('2026-11-05 09:00:01', 'solved')
        .refund({
          applied_at: `${day} 09:00:00`,
          approved_at: '2026-11-05 09:00:01',
          refunded_at: '2026-11-06 09:00:00',
        }),
    { resolution_24h: ['0/1', 'breached', day, null, null] },
  );
  rule('what is dated then is', (a) => a.ticket({ opened_at: `${day} 08:00:00`, closed_at: '2026-11-05 09:00:00' }), {
    resolution_24h: ['0/1', 'late', day, 25, 25],
  });
});
