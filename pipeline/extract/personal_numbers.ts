import { literal, when } from './sql.ts';

const gapCharacter = String.raw`[ \t\x{3000}.·_\-－—–]`;
const gap = `${gapCharacter}{0,3}`;
const split = `${gapCharacter}{1,3}`;
const month = String.raw`(?:0[1-9]|1[0-2])`;
const day = String.raw`(?:0[1-9]|[12]\d|3[01])`;
const year = String.raw`(?:19\d{2}|20[0-3]\d)`;
const region = String.raw`(?:[1-6][1-7]|50|71|8[1-3]|9\d)(?:[0-4]${gap}\d|5${gap}[1-3]|9${gap}0)\d{2}`;
const lastDigit = '[0-9０-９xXｘＸ]';
const extension = String.raw`(?:[ ]?(?:转|分机|-|－|—)[ ]?\d{1,6})?`;
const is = String.raw`[号码:：#是为 \t\x{3000}]{0,6}`;

const notDigit = '(^|[^0-9０-９])';
const identityLabel = `((?:身份证|证件)${is})`;
const cardLabel = `((?:卡|账户|帐户|账号|帐号)${is})`;

interface NumberPattern {
  /** What has to stand before the number and stays. */
  before: string;
  pattern: string;
  token: string;
}

/** In ASCII digits, in the order in which they are replaced; `widen` adds full-width digits. */
const numbers = {
  identityCard: {
    before: notDigit,
    pattern: `${region}${gap}${year}${gap}${month}${gap}${day}${gap}\\d{3}${lastDigit}`,
    token: '［证件号］',
  },
  labelledIdentityCard: {
    before: identityLabel,
    pattern: String.raw`(?:\d{15}|\d{17}${lastDigit})`,
    token: '［证件号］',
  },
  labelledBankCard: {
    before: cardLabel,
    pattern: String.raw`\d(?:${gapCharacter}{0,2}\d){14,18}`,
    token: '［银行卡号］',
  },
  mobile: {
    before: notDigit,
    pattern: `(?:[(（]?[+＋]?(?:86|0086)[)）]?${gap}|0)?1(?:[3-9](?:${[
      [1, 4, 4],
      [1, 3, 5],
      [2, 4, 3],
      [2, 3, 4],
      [3, 6],
    ]
      .map((lengths) => lengths.map((length) => `\\d{${length}}`).join(gap))
      .join('|')})|${split}[3-9](?:${split}\\d){9})${extension}`,
    token: '［手机号］',
  },
  landline: {
    before: notDigit,
    pattern: `[(（]?(?:(?:[+＋]|00)86[)）]?${gap}[(（]?0?|86${split}[(（]?0|0)(?:10|2\\d|[3-9]\\d{2})[)）]?[ \\-－—]{0,3}[2-9]\\d{2,3}[ \\-－—]?\\d{4}${extension}`,
    token: '［座机号］',
  },
} satisfies Record<string, NumberPattern>;

const codeBefore = '(?:货号|款号|型号|编码|条码|条形码|[Ss][Kk][Uu])';
const orderBefore = '(?:订单|单号|运单|快递|物流|(?:退款|售后|交易|流水)(?:单|编)?号|售后单)';
const couriers = '(?:SF|YT|JT|JD[A-Z]{0,2}|ZTO|STO|DPK?|EMS|YD|HT)';
const orderLead = `(?:${orderBefore}(?:单|编)?${is}[A-Za-z]{0,6}|(?i:${couriers}))`;
const code = `${codeBefore}${is}[0-9０-９A-Za-z\\-]{8}`;
const publicNumber = widen(`${orderLead}\\d{6}-?\\d{4,}|${code}[0-9０-９A-Za-z\\-]*`);
/** An order or parcel whose digits could be a phone or an identity card, an article: few of all public numbers. */
const mistakable = widen(`${orderLead}(?:0|86|1[3-9]|\\d{6}(?:19|20)\\d{2})|${code}`);

const cardRest = `(?:\\d{12}|(?:${split}\\d{4}){3}|\\d\\d${split}\\d{10})`;
const longCardRest = `(?:\\d{12,15}|(?:${split}\\d{4}){3}${split}\\d{1,3}|(?:${split}\\d{4}){2}${split}\\d{4,7}|\\d\\d${split}\\d{10,13})`;
/** UnionPay and the older ranges of two Chinese banks; then Visa, Mastercard and JCB, of 16 digits. */
const longCard = `(?:62[0-58]\\d|9558|6013)${longCardRest}`;
const card = `(?:4\\d{3}|5[1-5]\\d\\d|35\\d\\d)${cardRest}`;
/** What is judged, in the odd groups; runs of digits in the even ones stay, and no card begins within one. */
const judged = `(${publicNumber})|${widen(`(\\d{20,})|(${longCard})|(\\d{17,})|(${card})|(\\d+)`)}`;

const plainDigits = '0123456789０１２３４５６７８９';
/** Stand for digits that are to stay, while patterns run; no script of Unicode has these code points. */
const shieldedDigits = Array.from(plainDigits, (_, index) => String.fromCharCode(0xf8d0 + index)).join('');

/** Cuts a text into pieces, every other of which is judged. */
const knife = '\uf8e4';

const mayBeCard = `${notDigit}${widen('(?:62|9558|6013|4|5[1-5]|35)')}[0-9０-９ \\t\\x{3000}.·_\\-－—–]{13}`;
const mayNeedJudging = `${mistakable}|${mayBeCard}`;

/** Matches, fast, every text in which `maskNumbersSql` may find something. */
export const mayHoldNumber = String.raw`[0-9０-９][0-9０-９() （）\t\x{3000}.·_\-－—–]{9}`;

/**
 * Where neither matches, `maskNumbersSql` changes nothing; two, since one for all has more states than RE2 keeps. `+86` behind a
 * digit counts because shielding that digit makes it the beginning of a number; what begins otherwise begins behind any digit.
 */
export const holdsNumber = [
  [
    whole(numbers.identityCard),
    whole(numbers.labelledIdentityCard),
    whole(numbers.labelledBankCard),
    whole(numbers.landline),
    `[${shieldedDigits}${knife}]`,
  ].join('|'),
  [whole(numbers.mobile), `${notDigit}${widen(`(?:${longCard}|${card})`)}`, widen('\\d[+＋]86')].join('|'),
];

/**
 * Writes the SQL that replaces identity cards, bank cards, mobile and landline numbers. Numbers that the text calls an order,
 * a parcel or an article stay, and so do runs of 16 to 19 digits that are no card by prefix and check digit.
 */
export function maskNumbersSql(text: string): string {
  const masked = Object.values(numbers).reduce(
    (sql, number) => {
      const by = literal(`\\1${number.token}\\2`);
      const replaced = (from: string): string => `regexp_replace(${from}, ${literal(whole(number))}, ${by}, 'g')`;
      // A boundary that two neighbours share is consumed by the first, so patterns without a label run twice.
      return number.before === notDigit ? replaced(replaced(sql)) : replaced(sql);
    },
    when([mayNeedJudging], text, judgeSql(text), text),
  );
  return when([mayHoldNumber], text, `translate(${masked}, ${literal(shieldedDigits)}, ${literal(plainDigits)})`, text);
}

/**
 * Shields public numbers and replaces cards, in one pass over the pieces, so that long texts cost no more than their length.
 * What stands in a lambda is short and has no pattern: DuckDB prepares it again for every 2,048 rows.
 */
function judgeSql(text: string): string {
  const cut = `regexp_replace(replace(${text}, '${knife}', ''), ${literal(judged)}, '${knife}\\1\\3\\5${knife}\\2\\4\\6', 'g')`;
  const shielded = `translate(piece, ${literal(plainDigits)}, ${literal(shieldedDigits)})`;
  const backwards = `string_split(reverse(translate(piece, '０１２３４５６７８９ \t\u3000.·_-－—–', '0123456789')), '')`;
  const luhn = `list_sum(list_transform(${backwards}, lambda d, k: substr(if(k % 2 = 0, '0246813579', '0123456789'), d::int + 1, 1)::int))`;
  const verdict = `case when place % 2 = 1 or piece = '' then piece when not contains(${literal(plainDigits)}, left(piece, 1)) then ${shielded} when ${luhn} % 10 = 0 then '［银行卡号］' else piece end`;
  return `array_to_string(list_transform(string_split(${cut}, '${knife}'), lambda piece, place: ${verdict}), '')`;
}

function whole({ before, pattern }: NumberPattern): string {
  return `${before}${widen(pattern)}($|[^0-9０-９])`;
}

/** Adds full-width digits to a pattern, in its classes too unless they begin with both. */
function widen(pattern: string): string {
  return pattern.replace(/\\x\{\w+\}|\{[\d,]+\}|\[0-9０-９[^\]]*\]|\[([\d-]+)\]|\\d|\d/g, (token, members?: string) => {
    if (token === '\\d') return '[0-9０-９]';
    if (members !== undefined) return `[${members}${fullWidth(members)}]`;
    return token.length === 1 ? `[${token}${fullWidth(token)}]` : token;
  });
}

function fullWidth(digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}
