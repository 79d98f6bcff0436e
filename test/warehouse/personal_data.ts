import type { Random } from '../../pipeline/generate/random.ts';

export const personalKinds = ['mobile', 'landline', 'identity card', 'bank card', 'e-mail', 'address', 'name'] as const;
export type PersonalKind = (typeof personalKinds)[number];

/** A stretch of text about a person; it is masked when none of its traces is left. */
export interface PersonalData {
  kind: PersonalKind;
  text: string;
  traces: string[];
}

/** Draws a clause of a message around one piece of personal data, written as hastily as people write. */
export const drawPersonal: Record<PersonalKind, (random: Random) => { clause: string; data: PersonalData }> = {
  mobile: (random) => {
    const written =
      random.pick(['', '', '', '+86', '+86 ', '+86-', '0086', '0086 ', '86', '（+86）']) + drawMobile(random);
    return around(random, number('mobile', written + random.pick(['', '', '', '', '转1234', '-5678']), random), [
      '{}',
      '电话{}',
      '电话：{}，请联系我',
      '我手机号{}麻烦改下',
      '打{}这个号就行',
      '手机{}收货前打电话',
      'tel:{}',
      '微信同号 {}',
      '快递员一直打不通，换成{}吧',
      '联系电话 {} 谢谢',
      '地址不变,{}',
      '用{}这个注册的查一下订单',
    ]);
  },
  landline: (random) =>
    around(random, number('landline', drawLandline(random), random), [
      '{}',
      '座机{}',
      '公司电话：{}',
      '打{}找前台',
      '没手机，家里电话{}谢谢',
      '门店电话 {} 周末不在',
      '(座机 {})',
    ]),
  'identity card': (random) => {
    const isOld = random.chance(0.05);
    const templates = isOld
      ? ['身份证{}', '身份证号：{}', '证件号码 {}']
      : [
          '{}',
          '身份证{}',
          '身份证号：{}谢谢',
          '报关要的证件 {}',
          '实名信息{}麻烦登记',
          '我的是{}',
          '号码：{}，姓名对得上',
        ];
    return around(
      random,
      number('identity card', isOld ? drawOldIdentity(random) : drawIdentity(random), random),
      templates,
    );
  },
  'bank card': (random) =>
    around(random, number('bank card', drawCard(random), random), [
      '{}',
      '卡号{}',
      '退到这张卡：{}',
      '建行{}麻烦打款',
      '银行卡号 {} 开户行杭州分行',
      '钱打{}就行',
      '账户：{}，谢谢',
    ]),
  'e-mail': (random) => {
    const name = random.pick([
      'zhang.wei',
      'lily_2020',
      '8837261',
      'x-chen',
      'wang+taobao',
      'A.B.C',
      'sunny88',
      'kefu%1',
    ]);
    const local = `${name}${random.between(1, 999)}`;
    const at = random.pick(['@', '@', '@', '@', '＠', ' @ ', '@ ']);
    const domain = random.pick([
      'qq.com',
      '163.com',
      'foxmail.com',
      'vip.sina.com',
      'a-b.com.cn',
      'gmail.com',
      'mail.ustc.edu.cn',
    ]);
    const host = random.chance(0.05) ? domain.replaceAll('.', '．') : domain;
    return around(random, { kind: 'e-mail', text: `${local}${at}${host}`, traces: [local, host] }, [
      '{}',
      '邮箱{}谢谢',
      '发票发到：{}。',
      '【{}】',
      '电子发票，{}，抬头个人',
      '“{}”这个邮箱收不到',
      '邮箱是{}，麻烦了！',
    ]);
  },
  address: (random) =>
    around(random, drawAddress(random), [
      '{}',
      '地址：{}',
      '地址改成{}',
      '请寄到{}，谢谢',
      '麻烦发{}',
      '收货地址 {} 别放驿站',
      '我搬家了，新地址是{}！',
      '送到{}可以吗',
      '退货从{}取件',
    ]),
  name: (random) => {
    const label = random.pick(['收件人', '收货人', '联系人', '姓名', '收件人姓名']);
    const name = drawName(random);
    const clause = label + random.pick([':', '：', ' ', ' : ', '： ', '　']) + name;
    const after = random.pick(['', '', '，麻烦改下', ' 谢谢', '。', '电话', ' 手机号', '\n', '先生', '女士收', '/']);
    return { clause: clause + after, data: { kind: 'name', text: name, traces: [name] } };
  },
};

function around(random: Random, data: PersonalData, templates: string[]): { clause: string; data: PersonalData } {
  return { clause: random.pick(templates).replace('{}', () => data.text), data };
}

/** Makes a number personal data, in full-width digits now and then; four digits in a row that are left give it away, a country's code does not. */
function number(kind: PersonalKind, text: string, random: Random): PersonalData {
  const written = random.chance(0.08) ? widen(text) : text;
  const runs = written.replace(/^\D*(?:00|００)?(?:86|８６)/, '').match(/[0-9０-９]{4,}/g) ?? [];
  const traces = runs.flatMap((run) => Array.from({ length: run.length - 3 }, (_, k) => run.slice(k, k + 4)));
  return { kind, text: written, traces: traces.length === 0 ? [written] : traces };
}

function widen(text: string): string {
  return text.replace(/[0-9X]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}

/** Draws so many decimal digits. */
export function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => String(random.below(10))).join('');
}

/** Cuts a number into groups of these lengths, the last one taking the rest. */
function grouped(text: string, lengths: number[], separator: string): string {
  let at = 0;
  const groups = lengths.map((length) => text.slice(at, (at += length)));
  return [...groups, text.slice(at)].filter((group) => group !== '').join(separator);
}

function drawMobile(random: Random): string {
  const plain = `1${random.between(3, 9)}${digits(random, 9)}`;
  if (random.chance(0.55)) return plain;
  const lengths = random.pick([
    [3, 4],
    [3, 4],
    [3, 4],
    [3, 3],
    [4, 4],
    [7],
    [3],
    [4, 3],
    [5],
    Array<number>(10).fill(1),
  ]);
  return grouped(plain, lengths, random.pick([' ', '-', ' ', '　', '.', ' - ', '—', '－', '_']));
}

function drawLandline(random: Random): string {
  const area = random.pick([
    '010',
    '021',
    '020',
    '025',
    '027',
    '028',
    '0571',
    '0755',
    '0512',
    '0371',
    '0898',
    '0991',
    '0311',
  ]);
  const long = area.length === 3 || random.chance(0.6);
  const local = `${random.between(2, 8)}${digits(random, long ? 7 : 6)}`;
  const writtenLocal = random.chance(0.25) ? grouped(local, [long ? 4 : 3], random.pick([' ', '-', '—'])) : local;
  const writtenArea = random.pick([
    `${area}-`,
    `${area}-`,
    `${area}-`,
    `${area} `,
    `${area} - `,
    `${area}——`,
    `(${area})`,
    `（${area}）`,
    `（${area}） `,
    area,
    `+86-${area.slice(1)}-`,
    `+86 ${area.slice(1)} `,
    `0086 ${area.slice(1)} `,
    `86-${area}-`,
  ]);
  return writtenArea + writtenLocal + random.pick(['', '', '', '', '转123', ' 转 8012', '-806', '分机88']);
}

const regions = [
  '110105',
  '310115',
  '330106',
  '440305',
  '510107',
  '371402',
  '411627',
  '650102',
  '150102',
  '230103',
  '820000',
];

function drawIdentity(random: Random): string {
  const born = `${random.between(1945, 2015)}${pad(random.between(1, 12))}${pad(random.between(1, 28))}`;
  const body = random.pick(regions) + born + digits(random, 3);
  const factors = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const check = '10X98765432'.charAt(factors.reduce((sum, factor, k) => sum + factor * Number(body[k]), 0) % 11);
  const whole = body + (random.chance(0.3) ? check.toLowerCase() : check);
  if (random.chance(0.75)) return whole;
  return grouped(
    whole,
    random.pick([
      [6, 8],
      [6, 4, 4],
      [3, 3, 4, 4],
      [6, 4, 2, 2],
    ]),
    random.pick([' ', '-', ' ', '　']),
  );
}

function drawOldIdentity(random: Random): string {
  const born = `${random.between(45, 84)}${pad(random.between(1, 12))}${pad(random.between(1, 28))}`;
  return random.pick(regions) + born + digits(random, 3);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

function drawCard(random: Random): string {
  const [prefix, length] = random.pick([
    ['622202', 19],
    ['621700', 19],
    ['622848', 19],
    ['621661', 19],
    ['955880', 19],
    ['601382', 19],
    ['6225', 16],
    ['6259', 16],
    ['6214', 16],
    ['623052', 18],
    ['4392', 16],
    ['5187', 16],
    ['3568', 16],
  ] as const);
  const body = prefix + digits(random, length - prefix.length - 1);
  const plain = body + String((10 - (luhnSum(`${body}0`) % 10)) % 10);
  if (random.chance(0.5)) return plain;
  const lengths = random.pick([[4, 4, 4, 4], [4, 4, 4, 4], [4, 4, 4, 4], [6], [4, 4, 4]]);
  return grouped(plain, lengths, random.pick([' ', ' ', ' ', '-', '　', '  ', '—']));
}

/** Adds the digits of a card number as Luhn's check does; a right number gives a multiple of ten. */
function luhnSum(text: string): number {
  return [...text]
    .reverse()
    .map(Number)
    .reduce((sum, digit, k) => sum + (k % 2 === 1 ? ((digit * 2) % 10) + Math.floor(digit / 5) : digit), 0);
}

const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐揭亓逄梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边';
const compounds = ['欧阳', '司马', '上官', '诸葛', '皇甫', '令狐', '慕容', '司徒'];
const given =
  '伟芳娜敏静秀丽强磊洋艳勇军杰娟涛明超兰霞平刚桂英雨桐子涵浩然梓萱欣怡建国志海燕晓红玉文博宇轩若曦思远佳慧雪梅春生德福一诺可馨';

function drawName(random: Random): string {
  if (random.chance(0.03))
    return random.pick(['阿依古丽·买买提', '迪丽热巴·艾力', '买买提江•吐尔逊', '古丽娜尔·阿不都']);
  const surname = random.chance(0.04) ? random.pick(compounds) : random.pick([...surnames]);
  if (random.chance(0.08)) return surname + random.pick(['先生', '女士', '小姐', '阿姨', '老师']);
  return surname + Array.from({ length: random.chance(0.65) ? 2 : 1 }, () => random.pick([...given])).join('');
}

const towns = [
  ['浙江', '省', '杭州', '市', '西湖区'],
  ['浙江', '省', '金华', '市', '义乌市'],
  ['江苏', '省', '苏州', '市', '昆山市'],
  ['广东', '省', '深圳', '市', '南山区'],
  ['广东', '省', '东莞', '市', '长安镇'],
  ['四川', '省', '成都', '市', '武侯区'],
  ['河南', '省', '周口', '市', '太康县'],
  ['山东', '省', '菏泽', '市', '曹县'],
  ['湖北', '省', '恩施', '州', '利川市'],
  ['内蒙古', '自治区', '呼和浩特', '市', '赛罕区'],
  ['新疆', '维吾尔自治区', '乌鲁木齐', '市', '天山区'],
  ['广西', '壮族自治区', '南宁', '市', '青秀区'],
  ['黑龙江', '省', '哈尔滨', '市', '南岗区'],
  ['云南', '省', '大理', '州', '大理市'],
  ['北京', '市', '', '', '朝阳区'],
  ['上海', '市', '', '', '浦东新区'],
  ['重庆', '市', '', '', '渝北区'],
  ['天津', '市', '', '', '滨海新区'],
] as const;
const roads = [
  '文三路',
  '人民路',
  '建设大道',
  '中山北路',
  '祖冲之路',
  '解放街',
  '长江西路',
  '学院路',
  '望江东路',
  '和平里大街',
  '前进巷',
  '宝安大道',
  '迎宾大道',
  '五一路',
  '延安胡同',
];
const estates = [
  '阳光花园',
  '万科城',
  '金色家园',
  '碧桂园',
  '恒大名都',
  '锦绣苑',
  '绿城百合公寓',
  '保利香槟国际',
  '幸福里小区',
  '御景湾',
  '龙湖天街',
  '翠苑三区',
  '丽都新村',
  '世纪城',
];
const works = [
  '软件园',
  '高新工业园',
  '万达广场',
  '国际大厦',
  '创业大厦',
  '浙江大学',
  '第一人民医院',
  '电商产业园',
  '科技园',
  '时代广场',
];
const villages = [
  '马厂镇李庄村',
  '青冈集镇王楼村',
  '谋道镇朝阳村',
  '高村镇前屯',
  '良渚街道新港村',
  '城关镇北关社区',
  '玉山镇小河村委会',
];

function drawAddress(random: Random): PersonalData {
  const [province, provinceUnit, city, cityUnit, district] = random.pick(towns);
  const gap = random.pick(['', '', '', '', ' ', ' ', '　']);
  const isShort = random.chance(0.3);
  const region = isShort
    ? [province + city, district]
    : [province + provinceUnit, city + cityUnit, district].filter((part) => part !== '');
  const from = random.weighted([6, 2, 1.5]);
  const within = from === 2 ? [] : from === 1 ? region.slice(city === '' ? 0 : 1) : region;
  const { place, door } = drawPlace(random, from === 2);
  const text = [...within, place + (random.chance(0.15) ? ' ' : '') + door].join(gap);
  return { kind: 'address', text, traces: [place, ...(door === '' ? [] : [door])] };
}

function drawPlace(random: Random, isAlone: boolean): { place: string; door: string } {
  const house = String(random.between(1, 1999));
  const room = `${random.between(1, 32)}0${random.between(1, 9)}`;
  const block = String(random.between(1, 40));
  const kind = random.weighted(isAlone ? [5, 5, 2, 0] : [5, 5, 2, 2]);
  if (kind === 0) {
    const door = random.pick([
      `${house}号`,
      `${house}号${block}栋${room}`,
      `${house}号${block}幢${random.between(1, 4)}单元${room}室`,
      `${house}弄${block}号${room}室`,
      `${house}号院${block}号楼${room}`,
      `${house}-${block}号`,
      `与学院路交叉口${house}号`,
      `${house}号 ${block}-${room}`,
    ]);
    return { place: random.pick(roads), door: random.chance(0.08) ? widen(door) : door };
  }
  if (kind === 1) {
    const door = random.pick([
      `${block}栋${room}`,
      `${block}号楼${random.between(1, 4)}单元${room}室`,
      `${block}幢${room}室`,
      `${block}-${random.between(1, 4)}-${room}`,
      `${random.pick(['A', 'B', 'C'])}座${room}`,
      `${random.pick(['A', '南', '二'])}区${block}栋${room}`,
      `${random.pick(['一', '二', '三', '八'])}期${block}栋`,
      `东门${block}号商铺`,
    ]);
    return { place: random.pick(estates), door };
  }
  if (kind === 2) {
    const door = random.pick([
      `${random.pick(['A', 'B', 'C'])}座${room}`,
      `${block}号楼${random.between(1, 30)}层`,
      `${block}栋${random.between(1, 9)}楼`,
      `${room}室`,
    ]);
    return { place: random.pick(works), door };
  }
  return {
    place: random.pick(villages),
    door: random.pick(['', `${block}号`, `${random.between(1, 12)}组`, `${block}组${house}号`]),
  };
}
