import { conductRules } from './given_conduct.ts';

const rule = conductRules('promise');
type Give = Parameters<typeof rule>[1];
const promised =
  (body: string, then: Give = (a) => a): Give =>
  (a) =>
    then(a.ticket({ channel: 'chat' }).customer('10:00:00', { body: '什么时候有结果' }).agent('11:00:00', { body }));
const answer = { body: '查到了，给您换新的' };

for (const [body, words] of [
  ['24小时内给您答复', '24小时内'],
  ['2小时内回复您', '2小时内'],
  ['30分钟内给您结果', '30分钟内'],
  ['半小时内处理好', '半小时内'],
  ['今天内给您答复', '今天内'],
  ['最晚明天给您答复', '最晚明天'],
  ['三天内解决', '三天内'],
  ['2个工作日内核实清楚', '2个工作日内'],
] as const)
  rule(`“${body}” and silence`, promised(body), ['failed', words, 'm02']);

for (const body of [
  '尽快给您答复',
  '稍后给您处理',
  '请您24小时内回复我们',
  '签收后24小时内处理',
  '一般24小时内处理',
  '超过24小时未回复会自动关闭',
  '7天内寄出哦',
  '支持7天无理由',
  '一年内保修',
  '48小时内发货',
  '24小时内给您回电',
  '今天在派送了',
])
  rule(`“${body}” promises nothing that can be seen`, promised(body), 'not judged');

rule(
  'an answer in time',
  promised('2小时内回复您', (a) => a.agent('12:59:00', answer)),
  'passed',
);
rule(
  'an answer a minute late',
  promised('2小时内回复您', (a) => a.agent('13:01:00', answer)),
  ['failed', '2小时内', 'm02'],
);
rule(
  'what is said in the same breath keeps nothing',
  promised('2小时内回复您', (a) => a.agent('11:00:20', { body: '请放心' })),
  ['failed', '2小时内', 'm02'],
);
rule(
  'within a promise of minutes a minute is enough',
  promised('30分钟内给您结果', (a) => a.agent('11:01:30', answer)),
  'passed',
);
rule(
  'a bot’s answer keeps nothing',
  promised('2小时内回复您', (a) => a.bot('12:00:00', { body: '您好' })),
  ['failed', '2小时内', 'm02'],
);
rule(
  'the buyer’s question neither',
  promised('2小时内回复您', (a) => a.customer('12:00:00', { body: '好了吗' })),
  ['failed', '2小时内', 'm02'],
);
rule(
  'a private note neither',
  promised('2小时内回复您', (a) => a.agent('12:00:00', { body: '已催', is_public: 'false' })),
  ['failed', '2小时内', 'm02'],
);
rule(
  'a solution offered in time',
  promised('24小时内给您答复', (a) => a.event('2026-10-13 10:00:00', 'solution_offered')),
  'passed',
);
rule(
  'closing the ticket is no answer',
  promised('24小时内给您答复', (a) => a.event('12:00:00', 'solved')),
  ['failed', '24小时内', 'm02'],
);
rule(
  'a decision about the refund in time',
  promised('24小时内给您答复', (a) => a.refund({ approved_at: '15:00:00' })),
  'passed',
);
rule(
  'today ends at midnight',
  promised('今天内给您答复', (a) => a.agent('23:59:00', answer)),
  'passed',
);
rule(
  'not later',
  promised('今天内给您答复', (a) => a.agent('2026-10-13 00:01:00', answer)),
  ['failed', '今天内', 'm02'],
);
rule(
  'the end of the third day',
  promised('3天内解决', (a) => a.agent('2026-10-15 23:00:00', answer)),
  'passed',
);
rule(
  'and not after it',
  promised('3天内解决', (a) => a.agent('2026-10-16 01:00:00', answer)),
  ['failed', '3天内', 'm02'],
);
const friday: Give = (a) =>
  a
    .ticket({ opened_at: '2026-10-16 10:00:00' })
    .customer('2026-10-16 10:00:00')
    .agent('2026-10-16 11:00:00', { body: '1个工作日内处理' });
rule('a working day after a Friday is Monday', (a) => friday(a).agent('2026-10-19 20:00:00', answer), 'passed');
rule('not Tuesday', (a) => friday(a).agent('2026-10-20 09:00:00', answer), ['failed', '1个工作日内', 'm02']);
const beforeHolidays: Give = (a) =>
  a
    .ticket({ opened_at: '2026-09-30 10:00:00' })
    .customer('2026-09-30 10:00:00')
    .agent('2026-09-30 11:00:00', { body: '1个工作日内处理' });
rule('holidays are no working days', (a) => beforeHolidays(a).agent('2026-10-08 10:00:00', answer), 'passed');

const money = '24小时内退款到账';
rule(
  'money without a refund on record cannot be judged',
  promised(money, (a) => a.agent('12:00:00', answer)),
  'not judged',
);
rule(
  'money paid in time',
  promised(money, (a) => a.refund({ refunded_at: '20:00:00' })),
  'passed',
);
rule(
  'money paid before',
  promised('今天给您退款', (a) => a.refund({ refunded_at: '10:59:00' })),
  'passed',
);
rule(
  'words are no money',
  promised(money, (a) => a.refund({ approved_at: '11:30:00' }).agent('12:00:00', answer)),
  ['failed', '24小时内', 'm02'],
);
rule(
  'money late',
  promised(money, (a) => a.refund({ refunded_at: '2026-10-13 12:00:00' })),
  ['failed', '24小时内', 'm02'],
);
rule(
  'of two the broken one is shown',
  promised('2小时内回复您', (a) => a.agent('12:00:00', { body: '今天内给您答复' }).customer('13:00:00')),
  ['failed', '今天内', 'm03'],
);
rule(
  'a promise that is not due yet',
  (a) =>
    a
      .ticket({ opened_at: '2026-11-05 08:00:00' })
      .customer('2026-11-05 08:00:00')
      .agent('2026-11-05 08:10:00', { body: '24小时内答复' }),
  'not judged',
);
rule(
  'a buyer’s limit',
  (a) => a.ticket().customer('10:00:00', { body: '24小时内给我答复' }).agent('11:00:00', { body: '好的' }),
  'not judged',
);
rule(
  'on the phone nothing that follows is written down',
  (a) => a.ticket({ channel: 'phone' }).customer('10:00:00').agent('10:01:00', { body: '24小时内给您答复' }),
  'not judged',
);
