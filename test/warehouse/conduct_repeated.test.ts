import { conductRules } from './given_conduct.ts';

const rule = conductRules('repeated');
const same = { body: '亲，正在为您核实，请耐心等待' };

rule(
  'the same answer three times',
  (a) =>
    a
      .ticket()
      .customer('10:00:00')
      .agent('10:01:00', same)
      .agent('10:20:00', same)
      .customer('10:30:00')
      .agent('10:40:00', same),
  ['failed', '3', 'm05'],
);
rule(
  'by two agents',
  (a) =>
    a
      .ticket()
      .customer('10:00:00')
      .agent('10:01:00', same)
      .agent('10:20:00', { ...same, agent_id: 'bob' })
      .agent('10:40:00', same),
  ['failed', '3', 'm04'],
);
rule(
  'twice is allowed',
  (a) =>
    a
      .ticket()
      .customer('10:00:00')
      .agent('10:01:00', same)
      .agent('10:20:00', same)
      .agent('10:40:00', { body: '查到了' }),
  'passed',
);
rule(
  'other words are another answer',
  (a) =>
    a
      .ticket()
      .customer('10:00:00')
      .agent('10:01:00', same)
      .agent('10:20:00', same)
      .agent('10:40:00', { body: '亲，正在为您核实，请再等等' }),
  'passed',
);
for (const body of ['好的亲', '在的', '[图片]', '稍等一下'])
  rule(
    `“${body}” may be said as often as needed`,
    (a) =>
      a
        .ticket()
        .customer('10:00:00')
        .agent('10:01:00', { body })
        .agent('10:20:00', { body })
        .agent('10:40:00', { body }),
    'passed',
  );
rule(
  'an automatic text is nobody’s pasting',
  (a) =>
    a
      .ticket()
      .customer('10:00:00')
      .agent('10:01:00', { ...same, is_automatic: 'true' })
      .agent('10:02:00', same)
      .agent('10:20:00', same)
      .agent('10:40:00', { body: '查到了' }),
  'passed',
);
rule(
  'a buyer asks the same three times',
  (a) =>
    a
      .ticket()
      .customer('10:00:00', { body: '退款什么时候到账' })
      .customer('10:10:00', { body: '退款什么时候到账' })
      .customer('10:20:00', { body: '退款什么时候到账' })
      .agent('10:21:00', { body: '在' })
      .agent('10:22:00', { body: '查' })
      .agent('10:23:00', { body: '到了' }),
  'passed',
);
rule(
  'two answers cannot be three',
  (a) => a.ticket().customer('10:00:00').agent('10:01:00', same).agent('10:20:00', same),
  'not judged',
);
