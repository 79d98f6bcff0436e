import type { Random } from './random.ts';

const SURNAMES = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '赵',
  '黄',
  '周',
  '吴',
  '徐',
  '孙',
  '胡',
  '朱',
  '高',
  '林',
  '何',
  '郭',
];
const GIVEN = [
  '晴',
  '小雅',
  '雨桐',
  '子涵',
  '建国',
  '丽',
  '晓明',
  '思远',
  '佳怡',
  '海燕',
  '浩然',
  '敏',
  '志强',
  '梦琪',
  '欣',
  '俊杰',
];
/** Places that do not exist, written as real addresses are. */
const PLACES = [
  '浙江省晴川市云溪区望月路',
  '江苏省鹭洲市枫桥区听雨街',
  '广东省南屿市海棠区木棉大道',
  '四川省锦屏市青杨区竹影路',
  '湖北省汉泽市江月区长堤路',
  '河南省中岳市麦田区金穗路',
  '山东省海右市听涛区崂月路',
  '云南省洱畔市苍云区花田路',
];
export const PROVINCES: [string, number][] = [
  ['广东', 13],
  ['浙江', 9],
  ['江苏', 9],
  ['山东', 7],
  ['河南', 7],
  ['四川', 6],
  ['湖北', 5],
  ['湖南', 5],
  ['福建', 4],
  ['安徽', 4],
  ['河北', 4],
  ['上海', 4],
  ['北京', 4],
  ['陕西', 3],
  ['江西', 3],
  ['辽宁', 3],
  ['重庆', 3],
  ['广西', 3],
  ['云南', 2],
  ['贵州', 2],
  ['山西', 2],
  ['黑龙江', 2],
  ['吉林', 1.5],
  ['天津', 1.5],
  ['内蒙古', 1.2],
  ['海南', 0.8],
  ['宁夏', 0.5],
  ['新疆', 1.6],
  ['甘肃', 1],
  ['青海', 0.4],
  ['西藏', 0.3],
];
export const REMOTE = new Set(['新疆', '西藏', '甘肃', '青海']);
const PROVINCE_WEIGHTS = PROVINCES.map(([, weight]) => weight);

/** Draws a province, weighted as buyers are. */
export function drawProvince(random: Random): string {
  return PROVINCES[random.weighted(PROVINCE_WEIGHTS)]?.[0] ?? '广东';
}

/** Draws a person's name. */
export function drawName(random: Random): string {
  return random.pick(SURNAMES) + random.pick(GIVEN);
}

/** Draws a mobile number from a block that is not in use. */
export function drawPhone(random: Random): string {
  return `1900000${String(random.below(10_000)).padStart(4, '0')}`;
}

/** Draws a postal address in a town that does not exist. */
export function drawAddress(random: Random): string {
  return `${random.pick(PLACES)}${random.between(1, 299)}号${random.between(1, 28)}幢${random.between(1, 32)}0${random.between(1, 4)}室`;
}

/** Draws an e-mail address at example.com. */
export function drawMail(random: Random): string {
  return `${random.pick(['sunny', 'lin', 'hello', 'amy', 'zhang', 'mm', 'cat', 'dada'])}${random.below(10_000)}@example.com`;
}

/** Draws an identity number with a right check digit and a birth date in 1900. */
export function drawIdentityNumber(random: Random): string {
  const body = `11010119000101${String(random.below(1000)).padStart(3, '0')}`;
  const factors = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return body + '10X98765432'.charAt(factors.reduce((sum, factor, k) => sum + factor * Number(body[k]), 0) % 11);
}

/** Draws a bank card number with a right check digit in a block of zeros. */
export function drawCard(random: Random): string {
  const body = `62220000000000${String(random.below(10_000)).padStart(4, '0')}`;
  const sum = [...body]
    .reverse()
    .reduce(
      (total, digit, k) =>
        total + (k % 2 === 0 ? ((Number(digit) * 2) % 10) + Math.floor(Number(digit) / 5) : Number(digit)),
      0,
    );
  return body + String((10 - (sum % 10)) % 10);
}
