/** What pipeline/extract/mask.ts puts in the place of personal data, for people to see that something stood there; ［卡号或单号］ only in loads of before. */
const marks = [
  '［证件号］',
  '［银行卡号］',
  '［卡号或单号］',
  '［手机号］',
  '［座机号］',
  '［邮箱］',
  '［姓名］',
  '［地址］',
];

/** A stretch of a text, masked or as it was written. */
export interface TextPart {
  text: string;
  isMasked: boolean;
}

const pattern = new RegExp(`(${marks.join('|')})`);

/** Cuts a text at the marks of masked data; the parts make up the text again. */
export function textParts(text: string): TextPart[] {
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, isMasked: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}
