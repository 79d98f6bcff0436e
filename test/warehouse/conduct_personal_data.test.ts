import { conductRules } from './given_conduct.ts';

const rule = conductRules('personal_data');
const said = (body: string) => (a: Parameters<Parameters<typeof rule>[1]>[0]) =>
  a.ticket().customer('10:00:00', { body: '退款怎么还没到' }).agent('10:01:00', { body });

for (const [body, detail] of [
  ['麻烦提供一下身份证号', 'asked:身份证号'],
  ['身份证正反面发我核实', 'asked:身份证正反面'],
  ['银行卡号报一下，直接打给您', 'asked:银行卡号'],
  ['验证码发我一下', 'asked:验证码'],
  ['您把支付密码告诉我', 'asked:支付密码'],
] as const)
  rule(`“${body}” asks for it`, said(body), ['failed', detail, 'm02']);
for (const [body, token] of [
  ['跟您核对下，王小明收，电话13812345678', '［手机号］'],
  ['身份证是110101199003070134对吗', '［证件号］'],
  ['打到这张卡6222021234567890128了', '［银行卡号］'],
  ['收件人：李雷，已经补发', '［姓名］'],
] as const)
  rule(`“${body}” exposes it`, said(body), ['failed', `exposed:${token}`, 'm02']);

for (const body of [
  '请提供订单号',
  '订单号发我一下',
  '请勿把验证码告诉任何人哦',
  '我们不会要您的支付密码，谨防诈骗',
  '不需要提供身份证号的亲',
  '退款原路退回您的银行卡',
  '跟您核对下，尾号5678，138****5678',
  '退货地址：江苏省云泽市北湖区物流园路3号，售后部收，13800001111',
  '快递员电话13800001111，您联系他',
  '退货请联系售后部 400-000-1111',
  '已登记，尽快处理',
])
  rule(`“${body}” does neither`, said(body), 'passed');

rule(
  'the buyer’s own number in the buyer’s own words',
  (a) =>
    a.ticket().customer('10:00:00', { body: '打我电话13812345678 身份证号发你' }).agent('10:01:00', { body: '好的' }),
  'passed',
);
rule(
  'a number in a private note',
  (a) =>
    a
      .ticket()
      .customer('10:00:00')
      .agent('10:00:30', { body: '客户电话13812345678', is_public: 'false' })
      .agent('10:01:00', { body: '好的' }),
  'passed',
);
rule(
  'a bot asks for an order',
  (a) => a.ticket().customer('10:00:00').bot('10:00:01', { body: '请输入验证码' }).agent('10:01:00', { body: '好的' }),
  'passed',
);
rule('nobody answered', (a) => a.ticket().customer('10:00:00'), 'not judged');
