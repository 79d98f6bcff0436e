import { conductRules } from './given_conduct.ts';

const rule = conductRules('closing');
const done = { closed_at: '12:00:00', channel: 'chat' };
const ending = (body: string) => (a: Parameters<Parameters<typeof rule>[1]>[0]) =>
  a
    .ticket(done)
    .customer('10:00:00')
    .agent('10:05:00', { body: '查到了' })
    .customer('10:06:00', { body: '好的' })
    .agent('10:06:30', { body });

for (const body of [
  '不客气亲，祝您生活愉快~',
  '好的亲，有问题随时找我哦',
  '感谢您的理解，再见',
  '还有什么可以帮您的吗',
  '期待您再次光临',
  '麻烦您对本次服务评价一下，谢谢亲',
])
  rule(`“${body}” closes`, ending(body), 'passed');
for (const body of ['好的', '嗯', '不客气', '给个好评', '请问有什么可以帮您', '退了', '您的问题随后处理'])
  rule(`“${body}” does not`, ending(body), ['failed', null]);
rule(
  'the buyer’s 好的 after it changes nothing',
  (a) =>
    a
      .ticket(done)
      .customer('10:00:00')
      .agent('10:05:00', { body: '祝您生活愉快' })
      .customer('10:06:00', { body: '好的 谢谢' }),
  'passed',
);
rule(
  'nor a short word within ten minutes',
  (a) =>
    a.ticket(done).customer('10:00:00').agent('10:05:00', { body: '祝您生活愉快' }).agent('10:07:00', { body: '嗯' }),
  'passed',
);
rule(
  'a goodbye before the talk went on is none',
  (a) =>
    a
      .ticket(done)
      .customer('10:00:00')
      .agent('10:05:00', { body: '祝您生活愉快' })
      .customer('11:00:00', { body: '还没到' })
      .agent('11:05:00', { body: '查一下' }),
  ['failed', null],
);
rule(
  'the buyer’s 再见',
  (a) => a.ticket(done).customer('10:00:00').agent('10:05:00', { body: '退了' }).customer('10:06:00', { body: '再见' }),
  ['failed', null],
);
rule(
  'a bot’s goodbye',
  (a) =>
    a.ticket(done).customer('10:00:00').agent('10:05:00', { body: '退了' }).bot('10:06:00', { body: '祝您生活愉快' }),
  ['failed', null],
);
rule(
  'an open case',
  (a) => a.ticket({ channel: 'chat' }).customer('10:00:00').agent('10:05:00', { body: '退了' }),
  'not judged',
);
rule(
  'a letter',
  (a) =>
    a
      .ticket({ ...done, channel: 'email' })
      .customer('10:00:00')
      .agent('10:05:00', { body: '退了' }),
  'not judged',
);
rule('nobody answered', (a) => a.ticket(done).customer('10:00:00'), 'not judged');
