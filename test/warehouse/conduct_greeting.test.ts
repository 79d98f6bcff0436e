import { conductRules } from './given_conduct.ts';

const rule = conductRules('greeting');
const asked = { body: '在吗 衣服破了' };

for (const body of ['您好，小艾为您服务', '亲亲在的呢', '你好', '您好亲，您的问题我看到了', '下午好', '在的，您说'])
  rule(
    `“${body}” within ten minutes greets`,
    (a) => a.ticket().customer('10:00:00', asked).agent('10:05:00', { body }),
    'passed',
  );
for (const body of ['订单号', '稍等', '查一下', '亲什么问题', '亲，麻烦拍照给我看看', '好的'])
  rule(`“${body}” does not`, (a) => a.ticket().customer('10:00:00', asked).agent('10:05:00', { body }), [
    'failed',
    'no_greeting',
  ]);
rule(
  'a greeting within a minute after the first answer is part of it',
  (a) =>
    a
      .ticket()
      .customer('10:00:00', asked)
      .agent('10:05:00', { body: '稍等' })
      .agent('10:05:40', { body: '您好，查到了' }),
  'passed',
);
rule(
  'later it is none',
  (a) => a.ticket().customer('10:00:00', asked).agent('10:05:00', { body: '稍等' }).agent('10:07:00', { body: '您好' }),
  ['failed', 'no_greeting'],
);
rule('a greeting after the limit', (a) => a.ticket().customer('10:00:00', asked).agent('10:10:01', { body: '您好' }), [
  'failed',
  'late',
]);
rule('nobody answered', (a) => a.ticket().customer('10:00:00', asked), ['failed', 'no_answer']);
rule(
  'a bot’s welcome is no person’s',
  (a) => a.ticket().customer('10:00:00', asked).bot('10:00:01', { body: '您好，欢迎光临' }),
  ['failed', 'no_answer'],
);
rule(
  'an automatic text in an agent’s name neither',
  (a) =>
    a
      .ticket()
      .customer('10:00:00', asked)
      .agent('10:00:02', { body: '您好，为您服务', is_automatic: 'true' })
      .agent('10:03:00', { body: '发图' }),
  ['failed', 'no_greeting'],
);
rule(
  'the buyer’s 你好 greets nobody for the agent',
  (a) => a.ticket().customer('10:00:00', { body: '你好' }).agent('10:03:00', { body: '发图' }),
  ['failed', 'no_greeting'],
);
rule(
  'a private note neither',
  (a) => a.ticket().customer('10:00:00', asked).agent('10:01:00', { body: '您好', is_public: 'false' }),
  ['failed', 'no_answer'],
);
rule(
  'the window is still open',
  (a) => a.ticket({ opened_at: '2026-11-05 08:55:00' }).customer('2026-11-05 08:55:00'),
  'not judged',
);
rule('an agent wrote first', (a) => a.ticket().agent('10:00:00', { body: '您好，回访一下' }), 'not judged');
rule(
  'spam',
  (a) => a.ticket({ is_spam: 'true' }).customer('10:00:00').agent('10:01:00', { body: '不需要' }),
  'not judged',
);
