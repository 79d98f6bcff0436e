import { describe } from 'vitest';
import { type KpiOutcome, givenRules } from './given.ts';

const rule = givenRules();
const on = '2026-10-12';
const yes: KpiOutcome = ['1/1', 'counted', on, null, null];
const no: KpiOutcome = ['0/1', 'counted', on, null, null];
const done = { closed_at: '12:00:00' };

describe('reason_tagged', () => {
  for (const reason of ['size', '尺码不符', '尺碼不符', 'Size', '偏大', 'SIZE', ' size ', 'ＳＩＺＥ', '　偏小'])
    rule(`“${reason}” is in the taxonomy`, (a) => a.ticket({ ...done, reason_agent: reason }), { reason_tagged: yes });
  for (const reason of ['other thing', 'siz', 'size,quality', '尺码'])
    rule(`“${reason}” is not`, (a) => a.ticket({ ...done, reason_agent: reason }), { reason_tagged: no });
  rule('no reason is no tag', (a) => a.ticket(done), { reason_tagged: no });
  rule('only completed tickets count', (a) => a.ticket({ reason_agent: 'size' }), {
    reason_tagged: {},
    reason_agreement: {},
  });
  rule('spam never counts', (a) => a.ticket({ ...done, is_spam: 'true', reason_agent: 'size' }), { reason_tagged: {} });
  rule('the buyer’s reason is no tag', (a) => a.ticket(done).refund({ reason_buyer: 'size' }), {
    reason_tagged: no,
    reason_agreement: {},
  });
});

describe('reason_agreement', () => {
  const tagged = { ...done, reason_agent: 'size' };
  rule('the same tag', (a) => a.ticket(tagged).refund({ reason_buyer: 'size' }), { reason_agreement: yes });
  rule(
    'the same tag in other words',
    (a) => a.ticket({ ...done, reason_agent: '尺码不符' }).refund({ reason_buyer: '偏大' }),
    { reason_agreement: yes },
  );
  rule('two tags', (a) => a.ticket(tagged).refund({ reason_buyer: 'quality' }), { reason_agreement: no });
  rule('a buyer’s reason outside the taxonomy', (a) => a.ticket(tagged).refund({ reason_buyer: 'whim' }), {
    reason_agreement: {},
  });
  rule(
    'an agent’s reason outside the taxonomy',
    (a) => a.ticket({ ...done, reason_agent: 'whim' }).refund({ reason_buyer: 'size' }),
    { reason_agreement: {} },
  );
  rule(
    'two equal reasons outside the taxonomy',
    (a) => a.ticket({ ...done, reason_agent: 'whim' }).refund({ reason_buyer: 'whim' }),
    { reason_agreement: {} },
  );
  rule('no reasons at all', (a) => a.ticket(done).refund(), { reason_agreement: {} });
  rule('the warehouse’s reason is not the buyer’s', (a) => a.ticket(tagged).refund({ reason_warehouse: 'size' }), {
    reason_agreement: {},
  });
  rule(
    'the buyer’s reason is that of the earliest refund',
    (a) =>
      a
        .ticket(tagged)
        .refund({ refund_id: 'r2', reason_buyer: 'size' })
        .refund({ refund_id: 'r3', applied_at: '09:59:59', reason_buyer: 'quality' }),
    { reason_agreement: no },
  );
  rule(
    'of two at once the lesser id',
    (a) =>
      a
        .ticket(tagged)
        .refund({ refund_id: 'r2', reason_buyer: 'quality' })
        .refund({ refund_id: 'r10', reason_buyer: 'size' }),
    { reason_agreement: yes },
  );
  rule(
    'of the earliest that has any',
    (a) =>
      a
        .ticket(tagged)
        .refund({ refund_id: 'r1' })
        .refund({ refund_id: 'r2', applied_at: '11:00:00', reason_buyer: 'size' }),
    { reason_agreement: yes },
  );
  rule(
    'a reason outside the taxonomy is one: later ones do not replace it',
    (a) =>
      a
        .ticket(tagged)
        .refund({ refund_id: 'r1', reason_buyer: 'whim' })
        .refund({ refund_id: 'r2', applied_at: '11:00:00', reason_buyer: 'size' }),
    { reason_agreement: {} },
  );
  rule(
    'as of then, a later refund is not there',
    (a) => a.ticket(tagged).refund({ applied_at: '2026-11-05 09:00:01', reason_buyer: 'size' }),
    { reason_agreement: {} },
  );
});

describe('csat', () => {
  const rated = (score: string, at = '2026-10-13 00:00:00') => ({ csat_score: score, csat_at: at });
  for (const score of [1, 3, 4, 5])
    rule(`${score} of 5`, (a) => a.ticket(rated(String(score))), {
      csat: [score >= 4 ? '1/1' : '0/1', 'counted', '2026-10-13', score, null],
    });
  rule('no score is not the worst score', (a) => a.ticket(), { csat: {} });
  rule('the instant alone is no rating', (a) => a.ticket(rated('')), { csat: {} });
  rule('a score without its instant belongs to no day', (a) => a.ticket(rated('5', '')), { csat: {} });
  rule('on the brand’s day', (a) => a.ticket({ brand_id: 'harbor', ...rated('5', '2026-10-13 11:59:59') }), {
    csat: ['1/1', 'counted', on, 5, null],
  });
  rule('as of then, a later score is hidden with its instant', (a) => a.ticket(rated('5', '2026-11-05 09:00:01')), {
    csat: {},
  });
  rule('a score of that instant is known', (a) => a.ticket(rated('4', '2026-11-05 09:00:00')), {
    csat: ['1/1', 'counted', '2026-11-05', 4, null],
  });
  rule('spam rates nothing', (a) => a.ticket({ is_spam: 'true', ...rated('1') }), { csat: {} });
  rule('cases that an agent began and open ones can be rated', (a) => a.ticket(rated('2')).agent('10:00:00'), {
    csat: ['0/1', 'counted', '2026-10-13', 2, null],
  });
});

describe('transfer_rate', () => {
  const passed = (hit: 0 | 1, count: number): { transfer_rate: KpiOutcome } => ({
    transfer_rate: [`${hit}/1`, 'counted', on, count, null],
  });
  const bob = { agent_id: 'bob' };
  rule('nobody answered: nothing was passed on', (a) => a.ticket(), passed(0, 0));
  rule('one agent twice', (a) => a.ticket().agent('10:01:00').agent('10:02:00'), passed(0, 0));
  rule('two agents', (a) => a.ticket().agent('10:01:00').agent('10:02:00', bob), passed(1, 1));
  rule(
    'a transferred event, whoever answered',
    (a) => a.ticket().agent('10:01:00').event('10:02:00', 'transferred'),
    passed(1, 1),
  );
  rule(
    'a transfer and the two agents it was between are one',
    (a) => a.ticket().agent('10:01:00').event('10:02:00', 'transferred').agent('10:03:00', bob),
    passed(1, 1),
  );
  rule(
    'the greater of transfers and agents less one: transfers',
    (a) => a.ticket().event('10:01:00', 'transferred').event('10:02:00', 'transferred').agent('10:03:00', bob),
    passed(1, 2),
  );
  rule(
    'the greater of transfers and agents less one: agents',
    (a) =>
      a
        .ticket()
        .event('10:01:00', 'transferred')
        .agent('10:02:00')
        .agent('10:03:00', bob)
        .agent('10:04:00', { agent_id: 'cy' })
        .agent('10:05:00', { agent_id: 'di' }),
    passed(1, 3),
  );
  rule(
    'one event given twice is one',
    (a) => a.ticket().event('10:01:00', 'transferred').event('10:01:00', 'transferred'),
    passed(1, 1),
  );
  rule(
    'templates are signed by nobody',
    (a) =>
      a
        .ticket()
        .agent('10:01:00')
        .agent('10:02:00', { ...bob, is_automatic: 'true' }),
    passed(0, 0),
  );
  rule(
    'notes are no replies',
    (a) =>
      a
        .ticket()
        .agent('10:01:00')
        .agent('10:02:00', { ...bob, is_public: 'false' }),
    passed(0, 0),
  );
  rule(
    'an unnamed agent is not a second one',
    (a) => a.ticket().agent('10:01:00').agent('10:02:00', { agent_id: '' }),
    passed(0, 0),
  );
  rule(
    'assigning and giving back are no transfers',
    (a) => a.ticket().event('10:01:00', 'assigned').event('10:02:00', 'returned_to_vendor'),
    passed(0, 0),
  );
  rule('cases that an agent began do not count', (a) => a.ticket().agent('10:00:00').agent('10:02:00', bob), {
    transfer_rate: {},
  });
  rule(
    'later transfers have not happened',
    (a) => a.ticket().event('2026-11-05 09:00:01', 'transferred').agent('2026-11-05 09:00:01', bob),
    passed(0, 0),
  );
});
