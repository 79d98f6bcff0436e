import { conductRules } from './given_conduct.ts';

const rule = conductRules('forbidden');
const said = (body: string) => (a: Parameters<Parameters<typeof rule>[1]>[0]) =>
  a.ticket().customer('10:00:00', { body: '能退吗' }).agent('10:01:00', { body });

for (const [body, phrase] of [
  ['拆封不退', '拆封不退'],
  ['亲，拆封了不能退的', '拆封…不能退'],
  ['特价商品不退不换哦', '特价…不退'],
  ['吊牌剪了就不支持退货', '吊牌剪了…不'],
  ['是您自己选错码，运费自理', '自己选错'],
  ['这个属于人为的，我们不负责', '属于人为'],
  ['这不归我管', '不归我管'],
  ['您加微信，我给您退', '加微信'],
  ['有好评返现的', '好评返现'],
] as const)
  rule(`“${body}”`, said(body), ['failed', phrase, 'm02']);

for (const body of [
  '拆封不影响退货',
  '亲，不是拆封不退，配件齐全就可以',
  '我们没有说拆封不退哦',
  '不会拆封不退的，您放心',
  '拆封。试过的话，不能退到原路的部分会转给您',
  '没说是您的问题',
  '不是您的问题，是我们没做好',
  '我们没有好评返现活动',
  '特价商品也支持七天无理由',
  '这个不属于人为损坏，免费给您修',
  '您的问题我们来负责',
  '爱退不退',
  '您去找附近的门店看看',
])
  rule(`“${body}” is harmless`, said(body), 'passed');

rule(
  'a buyer who quotes it',
  (a) => a.ticket().customer('10:00:00', { body: '你们凭什么拆封不退' }).agent('10:01:00', { body: '可以退的亲' }),
  'passed',
);
rule(
  'a bot',
  (a) => a.ticket().customer('10:00:00').bot('10:00:01', { body: '拆封不退' }).agent('10:01:00', { body: '可以退的' }),
  'passed',
);
rule(
  'an automatic text in an agent’s name',
  (a) =>
    a
      .ticket()
      .customer('10:00:00')
      .agent('10:00:01', { body: '拆封不退', is_automatic: 'true' })
      .agent('10:01:00', { body: '在' }),
  'passed',
);
rule(
  'a private note',
  (a) =>
    a
      .ticket()
      .customer('10:00:00')
      .agent('10:00:30', { body: '拆封不退？', is_public: 'false' })
      .agent('10:01:00', { body: '在' }),
  'passed',
);
rule(
  'the first of two is shown',
  (a) =>
    a.ticket().customer('10:00:00').agent('10:01:00', { body: '拆封不退' }).agent('10:02:00', { body: '不归我管' }),
  ['failed', '拆封不退', 'm02'],
);
rule('another brand’s phrase', said('您去找线下门店'), 'passed');
rule(
  'the brand’s own phrase',
  (a) => a.ticket({ brand_id: 'harbor' }).customer('10:00:00').agent('10:01:00', { body: '您去找线下门店' }),
  ['failed', '去找…门店', 'm02'],
);
rule(
  'with its exception',
  (a) => a.ticket({ brand_id: 'harbor' }).customer('10:00:00').agent('10:01:00', { body: '您去找附近门店' }),
  'passed',
);
rule('nobody answered', (a) => a.ticket().customer('10:00:00', { body: '拆封不退？' }), 'not judged');
rule(
  'spam',
  (a) => a.ticket({ is_spam: 'true' }).customer('10:00:00').agent('10:01:00', { body: '不归我管' }),
  'not judged',
);
