import { conductRules } from './given_conduct.ts';

const rule = conductRules('return_address');
const approved = { request_type: 'return_refund', approved_at: '11:00:00' };
const asked = (a: Parameters<Parameters<typeof rule>[1]>[0]) => a.ticket().customer('10:00:00', { body: '怎么退' });

rule('approved, and nobody said where to', (a) => asked(a).agent('11:01:00', { body: '同意了' }).refund(approved), [
  'failed',
  'never',
]);
for (const body of [
  '退货地址：江苏省云泽市北湖区物流园3号库，售后部收，400-000-1111',
  '地址发您：山东省海棠市开发区纺织路18号2号仓（牧云售后）电话400-000-1111',
  '亲，寄到广东省晴湾市创新区科技大道66号售后部，售后组收',
  '浙江省鹭溪市织里镇童装城7栋退货组 售后部 400-000-1333',
])
  rule(`“${body.slice(0, 14)}…” tells it`, (a) => asked(a).agent('11:01:00', { body }).refund(approved), 'passed');
for (const body of [
  '寄回地址会自动显示',
  '退货地址稍后发您',
  '退货地址：稍后发您',
  '您的地址是哪里',
  '地址写错了改不了',
  '在订单里申请退货退款',
])
  rule(`“${body}” does not`, (a) => asked(a).agent('11:01:00', { body }).refund(approved), ['failed', 'never']);
const address = { body: '退货地址：江苏省云泽市北湖区物流园3号库，售后部收' };
rule('before the approval is as good', (a) => asked(a).agent('10:30:00', address).refund(approved), 'passed');
rule('more than a day after it', (a) => asked(a).agent('2026-10-13 11:00:01', address).refund(approved), [
  'failed',
  'late',
]);
rule('an event', (a) => asked(a).event('11:05:00', 'return_address_sent').refund(approved), 'passed');
rule('a bot may send it', (a) => asked(a).bot('11:00:05', address).refund(approved), 'passed');
rule(
  'the buyer’s own address is none',
  (a) => asked(a).customer('11:02:00', { body: '收货地址：北京市海淀区中关村大街1号院2号楼' }).refund(approved),
  ['failed', 'never'],
);
rule(
  'a private note tells the buyer nothing',
  (a) =>
    asked(a)
      .agent('11:01:00', { ...address, is_public: 'false' })
      .refund(approved),
  ['failed', 'never'],
);
rule('not approved', (a) => asked(a).refund({ request_type: 'return_refund' }), 'not judged');
rule('money only', (a) => asked(a).refund({ ...approved, request_type: 'refund_only_shipped' }), 'not judged');
rule('goods need not come back', (a) => asked(a).refund({ ...approved, goods_status: 'waived' }), 'not judged');
rule(
  'approved less than a day ago',
  (a) => asked(a).refund({ ...approved, approved_at: '2026-11-04 12:00:00' }),
  'not judged',
);
rule('no ticket', (a) => a.refund({ ...approved, ticket_id: '' }), 'not judged');
