import { hanWithout } from './han.ts';
import { literal, when } from './sql.ts';

const inline = String.raw`[一-鿿A-Za-z0-9０-９ \x{3000}()（）·#\-－—]`;
const space = String.raw`[ \x{3000}]?`;
const dash = String.raw`[\-－—]`;
const digit = '[0-9０-９]';
const numberCharacter = String.raw`[0-9０-９A-Za-z一二三四五六七八九十百零〇甲乙丙丁\-－—]`;
const unit = '(?:号楼|号院|号|弄|栋|幢|座|单元|室|楼|层|户|组|#)';
const building = '(?:号楼|号院|弄|栋|幢|座)';
const group = `${numberCharacter}{1,8}[ ]?${unit}`;
const tail = `(?:${inline}{0,10}?${group})*`;
const province =
  '(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)';
const district = '(?:市|区|县|州|盟|旗|镇|乡|街道)';
const place =
  '(?:路|街道|街|大道|道|巷|弄|胡同|村|庄|屯|里|小区|社区|花园|家园|苑|公寓|广场|大厦|中心|城|府|湾|校区|大学|学院|学校|医院|宿舍)';
const placeEnd = '[市区县州盟旗镇乡路街道巷弄同村庄屯里苑园寓场厦心城府湾学院校舍都际郡居阁轩口门期]';
const name = hanWithout('寄送发改到在住是为至去给的了吗');
const words = name.replace(']', String.raw` \x{3000}]`);
const road = '(?:路|街|大道|巷|弄|胡同|小区|花园|苑|公寓|新村)';
const street = `${name}{1,8}${road}(?:${space}[与和]${name}{1,6}${road})?(?:交叉口|路口|口)?(?:[东南西北]门)?${space}`;
const section = `[0-9０-９A-Za-z东南西北中一二三四五六七八九十]{1,3}[区期]${space}`;
const estate = `${name}{2,12}${space}(?:${section})?${numberCharacter}{1,4}${building}`;
/** A house number that is no day of the month. */
const houseNumber = `(?:[3３][2-9２-９]|[4-9４-９]${digit}|${digit}{3,4}|${digit}{1,4}${dash}${digit}{1,4})`;
const roomNumber = `${digit}{1,3}${dash}${digit}{1,2}${dash}${digit}{3,4}`;
const announced = `(?:地址|寄到|送到|发到|寄往|发往)[:：是改成为到在 \\x{3000}]{0,5}`;

const fromProvince = (repeated: string): string =>
  `${province}${inline}{0,12}?${district}${inline}${repeated}${group}${tail}`;
const patterns: [pattern: string, by: string][] = [
  [`${name}{2,4}(?:市|区|县|镇)${inline}{0,16}?${place}${inline}{0,4}?${group}${tail}`, '［地址］'],
  [`(?:${street}${group}${inline}{0,8}?|${estate}${space})${group}${tail}`, '［地址］'],
  [`(?:${street}${group}|${estate})[ \\-－—]?${digit}{3,4}([^0-9０-９]|$)`, '［地址］\\1'],
  [
    `(?:${street}${houseNumber}号|(?:${street}|${name}{2,12}${space}[东南西北]门)${digit}{1,4}号(?:商铺|铺面|门面)|${name}{2,12}${space}${section}${numberCharacter}{1,4}(?:栋|幢|号楼)|${name}{1,12}${placeEnd}${space}(?:${roomNumber}|${digit}{3,4}室))${tail}`,
    '［地址］',
  ],
  [
    `(${announced})${inline}{1,30}?[路街道巷弄同村庄屯苑园寓场厦府湾院校舍都际郡居阁轩]${space}${group}${tail}`,
    '\\1［地址］',
  ],
  [`(?:${province}|${name}{2,4}[市州盟])${words}{0,12}[区县市镇旗]${words}{1,20}?${place}(?:委会)?`, '［地址］'],
  // What is left of a door; not the beginning of a longer number.
  [`［地址］[ \\-－—]?${digit}{1,4}(?:${dash}${digit}{1,4})*([^0-9０-９]|$)`, '［地址］\\1'],
];

const someDoor = `${numberCharacter} ?${unit}`;
const someAddress = [
  `${placeEnd}${inline}*${someDoor}`,
  `${numberCharacter}${building}${space}${numberCharacter}`,
  `${digit}${dash}${digit}{1,2}${dash}${digit}{3}`,
].join('|');
const fromRegion = `(?:${province}|[市州盟])${inline}*[区县市镇旗]${inline}*`;

/** Matches, fast, every text in which an address may stand. */
export const mayHoldAddress = `${someAddress}|${fromRegion}${placeEnd}`;

/** Where it does not match, `maskProvinceAddressesSql` changes nothing. */
export const holdsProvinceAddress = `${province}${inline}*${district}${inline}+${someDoor}`;

/** Where it does not match, `maskAddressesSql` changes nothing. */
export const holdsAddress = `${someAddress}|${fromRegion}${place}|［地址］[ \\-－—]?${digit}`;

/**
 * Writes the SQL that replaces the commonest addresses, from the province to the door; it comes before `maskAddressesSql`. Counting
 * to 40 takes RE2 ten times as long, and makes no difference where so many characters do not follow each other.
 */
export function maskProvinceAddressesSql(text: string): string {
  const replaced = (pattern: string): string => `regexp_replace(${text}, ${literal(pattern)}, '［地址］', 'g')`;
  return when([`${inline}{45}`], text, replaced(fromProvince('{1,40}?')), replaced(fromProvince('+?')));
}

/** Writes the SQL that replaces other Chinese postal addresses; a region without street, estate or village stays. */
export function maskAddressesSql(text: string): string {
  return patterns.reduce(
    (sql, [pattern, by]) => `regexp_replace(${sql}, ${literal(pattern)}, ${literal(by)}, 'g')`,
    text,
  );
}
