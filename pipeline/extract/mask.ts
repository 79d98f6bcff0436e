import { createHash } from 'node:crypto';
import { literal, spaces } from './sql.ts';

const gap = String.raw`[ \t\x{3000}.·_\-－—–]{0,3}`;
const digit = '[0-9０-９]';
const start = '(^|[^0-9０-９])';
const end = '($|[^0-9０-９])';
const month = String.raw`(?:0[1-9]|1[0-2])`;
const day = String.raw`(?:0[1-9]|[12]\d|3[01])`;

const inline = String.raw`[一-鿿A-Za-z0-9０-９ \x{3000}()（）·#\-－—]`;
const number = String.raw`[0-9０-９A-Za-z一二三四五六七八九十百零〇甲乙丙丁\-－—]{1,8}[ ]?`;
const unit = '(?:号楼|号院|号|弄|栋|幢|座|单元|室|楼|层|户|组|#)';
const group = `${number}${unit}`;
const tail = `(?:${inline}{0,10}?${group})*(?:[ \\-－—]?[0-9０-９]{1,4}(?:[\\-－—][0-9０-９]{1,4})*)?`;
const province =
  '(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)';
const district = '(?:市|区|县|州|盟|旗|镇|乡|街道)';
const place =
  '(?:路|街道|街|大道|道|巷|弄|胡同|村|庄|屯|里|小区|社区|花园|家园|苑|公寓|广场|大厦|中心|城|府|湾|校区|大学|学院|学校|医院|宿舍)';
const nameOfPlace = hanWithout('寄送发改到在住是为至去给');

/** Patterns in ASCII digits, in the order in which they are replaced; full-width digits are added by `widen`. */
const digitPatterns: [pattern: string, token: string][] = [
  [`[1-9]\\d{5}${gap}(?:19|20)\\d{2}${gap}${month}${gap}${day}${gap}\\d{3}[0-9０-９xXｘＸ]`, '［证件号］'],
  [`[1-9]\\d{7}${month}${day}\\d{3}`, '［证件号］'],
  [`(?:\\d{16,19}|\\d{4}${gap}\\d{4}${gap}\\d{4}${gap}\\d{4}(?:${gap}\\d{1,3})?)`, '［卡号或单号］'],
  [
    `(?:[(（]?[+＋]?(?:86|0086)[)）]?${gap}|0)?(?:1[3-9]\\d${gap}\\d{4}${gap}\\d{4}|1[3-9]\\d${gap}\\d{3}${gap}\\d{5}|1[3-9]\\d{2}${gap}\\d{4}${gap}\\d{3}|1[3-9]\\d{3}${gap}\\d{6})(?:[转\\-－]\\d{1,6})?`,
    '［手机号］',
  ],
  [`[(（]?0[1-9]\\d{1,2}[)）]?[ \\-－—]{0,2}[2-9]\\d{2,3}[ \\-－—]?\\d{4}(?:[转\\-－]\\d{1,6})?`, '［座机号］'],
];

const email = String.raw`[A-Za-z0-9Ａ-Ｚａ-ｚ０-９._%+\-]+ ?[@＠] ?[A-Za-z0-9Ａ-Ｚａ-ｚ０-９\-]+(?:[.．][A-Za-z0-9Ａ-Ｚａ-ｚ\-]+)+`;

const addressPatterns: string[] = [
  `${province}${inline}{0,12}?${district}${inline}{1,40}?${group}${tail}`,
  `${province}${inline}{0,10}?(?:市|州)${inline}{0,10}?(?:区|县|市|镇)${inline}{1,20}?${place}`,
  `${nameOfPlace}{2,4}(?:市|区|县|镇)${inline}{0,16}?${place}${inline}{0,4}?${group}${tail}`,
  `${nameOfPlace}{1,8}(?:路|街|大道|巷|弄|胡同|小区|花园|苑|公寓|新村)${group}${inline}{0,8}?(?:${group}|[0-9０-９]{3,4})${tail}`,
];

const mayHoldNumber = `[@＠]|${digit}[0-9０-９() （）\\t\\x{3000}.·_\\-－—–]{9}`;
const placeEnd = '[市区县州盟旗镇乡路街道巷弄同村庄屯里苑园寓场厦心城府湾学院校舍]';
const mayHoldAddress = `${placeEnd}${inline}*[0-9０-９A-Za-z一二三四五六七八九十百零〇甲乙丙丁\\-－—] ?${unit}|${province}${inline}*[市州]${inline}*[区县市镇]${inline}*${placeEnd}`;

/**
 * Writes the SQL that replaces phones, ID and card numbers, e-mails and Chinese addresses in `text` by visible tokens.
 * Any run of 16 to 19 digits is replaced, order numbers in a text included: nothing tells them from bank cards safely.
 */
export function maskSql(text: string): string {
  const numbers = digitPatterns.reduce(
    (sql, [pattern, token]) => replaceTwice(sql, `${start}${widen(pattern)}${end}`, `\\1${token}\\2`),
    replace(text, email, '［邮箱］'),
  );
  const masked = addressPatterns.reduce((sql, pattern) => replace(sql, pattern, '［地址］'), numbers);
  const mayHoldAny = literal(`${mayHoldNumber}|${mayHoldAddress}`);
  return `case when regexp_matches(${text}, ${mayHoldAny}) then ${masked} else ${text} end`;
}

/** Writes the SQL of a keyed hash (HMAC construction, 20 hexadecimal digits) of the value without its wrapping; null stays null. */
export function hashSql(value: string): string {
  const bare = `nullif(trim(${value}, ${literal(` "'=${spaces}`)}), '')`;
  return `left(sha256($hash_outer || sha256($hash_inner || ${bare})), 20)`;
}

/** Derives the two parameters that `hashSql` names. */
export function hashParameters(key: Buffer): { hash_inner: string; hash_outer: string } {
  const derive = (label: string): string => createHash('sha256').update(label).update(key).digest('hex');
  return { hash_inner: derive('inner'), hash_outer: derive('outer') };
}

// A boundary that two neighbours share is consumed by the first, so each pattern runs twice.
function replaceTwice(sql: string, pattern: string, by: string): string {
  return replace(replace(sql, pattern, by), pattern, by);
}

function replace(sql: string, pattern: string, by: string): string {
  return `regexp_replace(${sql}, ${literal(pattern)}, ${literal(by)}, 'g')`;
}

function widen(pattern: string): string {
  const wide = (ascii: string): string => String.fromCodePoint(ascii.charCodeAt(0) + 0xfee0);
  return pattern.replace(
    /\\x\{\w+\}|\{[\d,]+\}|\[0-9０-９[^\]]*\]|\[(\d)-(\d)\]|\[12\]|\\d|\d/g,
    (token, from?: string, to?: string) => {
      if (token === '\\d') return digit;
      if (token === '[12]') return '[12１２]';
      if (from !== undefined && to !== undefined) return `[${from}-${to}${wide(from)}-${wide(to)}]`;
      return token.length === 1 ? `[${token}${wide(token)}]` : token;
    },
  );
}

// RE2 has no subtraction of classes, and \p{Han} with its many ranges makes patterns slow to compile.
function hanWithout(excluded: string): string {
  const codes = [...excluded].map((character) => character.charCodeAt(0)).toSorted((a, b) => a - b);
  const starts = [0x4e00, ...codes.map((code) => code + 1)];
  const ranges = starts.map((from, index): [number, number] => [from, (codes[index] ?? 0xa000) - 1]);
  const shown = ranges
    .filter(([from, to]) => from <= to)
    .map(([from, to]) => `${String.fromCharCode(from)}-${String.fromCharCode(to)}`);
  return `[${shown.join('')}]`;
}
