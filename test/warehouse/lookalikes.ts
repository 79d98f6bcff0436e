import type { Random } from '../../pipeline/generate/random.ts';
import { digits } from './personal_data.ts';

export const lookalikeKinds = [
  'order number',
  'refund number',
  'tracking number',
  'product code',
  'amount',
  'date',
  'size',
  'service line',
  'prose',
] as const;
export type LookalikeKind = (typeof lookalikeKinds)[number];

/** Draws a clause around a text that is nobody's and has to stay. */
export const drawLookalike: Record<LookalikeKind, (random: Random) => { clause: string; text: string }> = {
  'order number': (random) =>
    within(random, drawOrder(random), [
      '{}',
      '订单{}',
      '订单号：{}',
      '订单编号 {} 查一下',
      '{}这个订单怎么还没发',
      '单号{}退款',
      '亲，{}，麻烦看下',
      '两个订单{}都没到',
    ]),
  'refund number': (random) =>
    within(
      random,
      random.pick([
        `${random.between(1, 4)}${digits(random, 17)}`,
        `${random.between(1, 4)}${digits(random, 18)}`,
        `TK${digits(random, 14)}`,
        digits(random, 11).replace(/^./, '2'),
      ]),
      ['退款编号{}', '退款单号：{}', '售后单 {}', '退款{}到账了吗', '{}这个退款'],
    ),
  'tracking number': (random) => {
    const { courier, number } = drawTracking(random);
    const labelled = [
      '运单号{}',
      '运单号：{}',
      '快递单号 {}',
      '物流单号:{}，麻烦催下',
      '寄回去了，单号{}',
      '退货物流{}',
    ];
    const alone = ['{}', `${courier}{}`, `${courier} {} 一直没更新`];
    return within(random, number, isLikePhone(number) ? labelled : [...labelled, ...alone]);
  },
  'product code': (random) => {
    const said = ['货号{}', '款号：{}', '型号{}', 'sku {}', 'SKU:{}', '商品编码 {}'];
    if (random.chance(0.15)) return within(random, `1${random.between(3, 9)}${digits(random, 9)}`, said);
    const code = random.pick([
      `1${random.between(3, 9)}${digits(random, 8)}`,
      `1${random.between(0, 2)}${digits(random, 9)}`,
      `1${random.between(3, 9)}${digits(random, 1)}-${digits(random, 4)}`,
      `1${random.between(3, 9)}${digits(random, 1)}-${digits(random, 4)}-${random.pick(['A', 'XL'])}`,
      `69${digits(random, 11)}`,
      `NP-SHELL-${digits(random, 4)}-BLK-M`,
      `SKU${digits(random, 8)}`,
      `HM1${random.between(3, 9)}${digits(random, 6)}`,
      `B0${digits(random, 8)}`,
    ]);
    return within(random, code, [...said, '型号 {} 有货吗', '条码{}扫不出来', '{}这款还有吗']);
  },
  amount: (random) =>
    within(
      random,
      random.pick([
        `${random.between(1, 9999)}.${pad(random.below(100))}`,
        `¥${random.between(100, 99999)}`,
        `${random.between(1, 99)},${digits(random, 3)},${digits(random, 3)}.00`,
        `满${random.between(1, 9)}99减${random.between(10, 90)}`,
        `${random.between(130, 199)}.00-${random.between(1, 99)}.50`,
        `1${random.between(3, 9)}${digits(random, 4)}元`,
      ]),
      ['一共{}', '{}退我', '实付{}，退了一半', '差价{}怎么算', '优惠{}没用上'],
    ),
  date: (random) => {
    const [month, day] = [random.between(1, 12), random.between(1, 28)];
    const clock = `${pad(random.below(24))}:${pad(random.below(60))}`;
    return within(
      random,
      random.pick([
        `2026-${pad(month)}-${pad(day)} ${clock}:${pad(random.below(60))}`,
        `2026/${month}/${day} ${clock}`,
        `2025年${month}月${day}日${clock}`,
        `2026${pad(month)}${pad(day)}`,
        `2026${pad(month)}${pad(day)}${digits(random, 6)}`,
        `${month}.${day}-${month}.${day + 2}`,
        `2026.${pad(month)}.${pad(day)}`,
        `${month}月${day}号`,
      ]),
      ['{}', '{}下的单', '{}签收的', '预计{}送达', '批次{}', '{}之前发货吗'],
    );
  },
  size: (random) =>
    within(
      random,
      random.pick([
        '155 160 165 170 175',
        '165/88A',
        '170/92A 175/96A',
        '36 37 38 39 40',
        '1.8*2.0米',
        '200x230cm',
        '身高165体重130',
        '160斤175高',
        '120*60*75',
        '138-145cm',
        '胸围96腰围82衣长68',
        '42码 43码',
      ]),
      ['尺码{}', '{}穿多大', '有{}吗', '我{}选哪个', '标的{}不对'],
    ),
  'service line': (random) =>
    within(
      random,
      random.pick(['400-820-8820', '4008208820', '95338', '12315', '400 889 5543', '95554', '800-820-0000', '10086']),
      ['打{}没人接', '快递客服{}', '投诉电话{}', '{}'],
    ),
  prose: (random) => {
    const text = random.pick(prose);
    return { clause: text, text };
  },
};

function within(random: Random, text: string, templates: string[]): { clause: string; text: string } {
  return { clause: random.pick(templates).replace('{}', () => text), text };
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** Nobody can tell such a number from a mobile with its country, unless the text says what it is. */
function isLikePhone(number: string): boolean {
  return /^861[3-9]/.test(number);
}

function drawOrder(random: Random): string {
  const kind = random.below(6);
  if (kind <= 1) return `${random.between(1, 5)}${digits(random, 18)}`;
  if (kind === 2) return `${random.between(1, 9)}${digits(random, 17)}`;
  if (kind === 3) return `${random.between(2, 3)}${digits(random, 11)}`;
  if (kind === 4)
    return `2${random.between(4, 6)}${pad(random.between(1, 12))}${pad(random.between(1, 28))}-${digits(random, 15)}`;
  return `69${digits(random, 17)}`;
}

function drawTracking(random: Random): { courier: string; number: string } {
  const [courier, prefix, count] = random.pick([
    ['顺丰', 'SF', 13],
    ['顺丰', 'SF', 12],
    ['圆通', 'YT', 13],
    ['圆通', 'YT8613', 9],
    ['极兔', 'JT', 13],
    ['京东', 'JDVA', 11],
    ['京东', 'JDVA1', 10],
    ['德邦', 'DPK', 12],
    ['中通', '75', 12],
    ['中通', '78', 10],
    ['申通', '77', 13],
    ['韵达', '43', 13],
    ['韵达', '31', 11],
    ['邮政', '98', 11],
    ['EMS', '11', 11],
    ['丰网', '', 14],
    ['运单', '', 15],
    ['运单', '86', 11],
  ] as const);
  return { courier, number: prefix + digits(random, count) };
}

const prose = [
  '浙江省杭州市西湖区能送到吗',
  '5号发货，3号楼那件不要了',
  '超市买的2号电池',
  '快递一路5号才到',
  'M码1号色，红色2件',
  '我住3楼没电梯',
  '北京3号能到吗',
  '从上海发货到广东要几天',
  '新疆西藏不包邮吗',
  '收件人写错了能改吗',
  '收件人 写错了',
  '收货人不在家，改天送',
  '收件人信息填错了',
  '联系人电话打不通',
  '联系人：客服',
  '姓名：无',
  '姓名不用改，地址改一下',
  '收货人 方便签收吗',
  '收件人和电话都对的',
  '收件人是谁',
  '联系人 没写对',
  '收件人：同上',
  '收件人：跟原来一样',
  '收货人：不变',
  '联系人还是原来的',
  '姓名 电话 地址发我',
  '收件人、电话、地址都不变',
  '收件人：\n电话：\n地址：',
  '地址填错了，能改吗',
  '小区门口的驿站关门了',
  '放小区门卫就行',
  '超市旁边那个店取的货',
  '这条路走不通，换一家快递',
  '运费险7.5元，路上2天',
  '楼下快递柜3号柜',
  '5楼送不上来，放1楼了',
  '买2件打8折，满3件包邮',
  '二号链接的那款',
  '城市运动系列3号色',
  '发中通还是圆通，1号能到不',
  '客服12号说3天内退',
  '@客服 在吗',
  '@小二 这个A款2号色',
  '优惠券满199-20，满399-50',
  '街头风T恤1号店买的',
  '花园系列5号床单',
  '广场舞鞋38号',
  '道具3号坏了',
  '里面少了2号螺丝',
  '中心轴8号孔对不上',
  '大学生优惠3号截止',
  '已经拒收了，3号楼下驿站退回的',
  '县城能送吗，镇上也行',
  '我在镇上，村里不通快递',
  '从义乌市发的货5号到的',
  '这个区的快递停了，7号恢复',
  '安装师傅说层高2.8米装不了',
  '订单里2号商品没发',
];
