import { conductRules } from './given_conduct.ts';

const rule = conductRules('intake');
const request = { request_type: 'return_refund', order_id: 'o1', closed_at: '12:00:00' };
const broken = { body: '收到就是破的' };
const hello = { body: '您好，马上给您处理' };

rule(
  'a fault without a picture, none asked for',
  (a) => a.ticket(request).customer('10:00:00', broken).agent('10:01:00', hello),
  ['failed', 'evidence'],
);
for (const body of ['亲，麻烦拍照给我看看好吗', '发图', '请发一段视频', '有图片吗', '拍下外包装'])
  rule(
    `“${body}” asks for one`,
    (a) => a.ticket(request).customer('10:00:00', broken).agent('10:01:00', { body }),
    'passed',
  );
for (const body of ['[图片]', '你看 [视频]', '照片在附件里'])
  rule(
    `“${body}” is one`,
    (a) => a.ticket(request).customer('10:00:00', broken).customer('10:00:10', { body }).agent('10:01:00', hello),
    'passed',
  );
rule(
  'an image by its content type',
  (a) =>
    a
      .ticket(request)
      .customer('10:00:00', broken)
      .customer('10:00:10', { body: 'IMG', content_type: 'image' })
      .agent('10:01:00', hello),
  'passed',
);
for (const body of ['不喜欢 想退', '没坏 就是不想要了', '没有破损 不合适', '便宜了50块 补差价'])
  rule(
    `“${body}” needs no picture`,
    (a) => a.ticket(request).customer('10:00:00', { body }).agent('10:01:00', hello),
    'passed',
  );
for (const body of ['有破损', '没拆就碎了', '颜色有色差', '少了个螺丝', '发错货了'])
  rule(`“${body}” does`, (a) => a.ticket(request).customer('10:00:00', { body }).agent('10:01:00', hello), [
    'failed',
    'evidence',
  ]);
rule(
  'a bot asked for it',
  (a) => a.ticket(request).customer('10:00:00', broken).bot('10:00:01', { body: '请发图片' }).agent('10:01:00', hello),
  ['failed', 'evidence'],
);
rule(
  'nobody sends pictures by telephone',
  (a) =>
    a
      .ticket({ ...request, channel: 'phone' })
      .customer('10:00:00', broken)
      .agent('10:01:00', hello),
  'passed',
);
const wish = { body: '不喜欢 想退' };
rule(
  'no order known, told or asked for',
  (a) =>
    a
      .ticket({ ...request, order_id: '' })
      .customer('10:00:00', wish)
      .agent('10:01:00', hello),
  ['failed', 'order'],
);
rule(
  'the order number asked for',
  (a) =>
    a
      .ticket({ ...request, order_id: '' })
      .customer('10:00:00', wish)
      .agent('10:01:00', { body: '请提供订单号' }),
  'passed',
);
rule(
  'told by the buyer',
  (a) =>
    a
      .ticket({ ...request, order_id: '' })
      .customer('10:00:00', { body: '订单 4831200123456789 想退' })
      .agent('10:01:00', hello),
  'passed',
);
rule(
  'a short number is no order',
  (a) =>
    a
      .ticket({ ...request, order_id: '' })
      .customer('10:00:00', { body: '想退 尾号6789' })
      .agent('10:01:00', hello),
  ['failed', 'order'],
);
rule(
  'no wish known or asked for',
  (a) =>
    a
      .ticket({ ...request, request_type: '' })
      .customer('10:00:00', { body: '有问题' })
      .agent('10:01:00', hello),
  ['failed', 'outcome'],
);
rule(
  'the wish asked for',
  (a) =>
    a
      .ticket({ ...request, request_type: '' })
      .customer('10:00:00', { body: '有问题' })
      .agent('10:01:00', { body: '您希望怎么解决呢' }),
  'passed',
);
rule(
  'a refund says what is wanted',
  (a) =>
    a
      .ticket({ ...request, request_type: '' })
      .customer('10:00:00', { body: '有问题' })
      .agent('10:01:00', hello)
      .refund(),
  'passed',
);
rule(
  'two parts missing',
  (a) =>
    a
      .ticket({ ...request, order_id: '' })
      .customer('10:00:00', { body: '碎了' })
      .agent('10:01:00', hello),
  ['failed', 'order,evidence'],
);
rule(
  'an enquiry',
  (a) =>
    a
      .ticket({ ...request, request_type: 'enquiry' })
      .customer('10:00:00', broken)
      .agent('10:01:00', hello),
  'not judged',
);
rule('nobody answered', (a) => a.ticket(request).customer('10:00:00', broken), 'not judged');
rule(
  'open and younger than a day',
  (a) =>
    a
      .ticket({ request_type: 'repair', opened_at: '2026-11-05 08:00:00' })
      .customer('2026-11-05 08:00:00', broken)
      .agent('2026-11-05 08:01:00', hello),
  'not judged',
);
