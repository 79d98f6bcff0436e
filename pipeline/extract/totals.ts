const words = [
  '汇总',
  '总计',
  '合计',
  '小计',
  '平均',
  '平均值',
  '均值',
  '总数',
  'total',
  'grand total',
  'sum',
  'average',
];

const space = String.raw`[\s\x{3000}\x{a0}\x{feff}]`;

/** An RE2 pattern of a whole cell that names a total, in either case and width, with or without a colon. */
export const totalPattern = `${space}*(?:${words.map(anyWidth).join('|')})${space}*[:：]?${space}*`;

/** Tells whether a cell names a total, as `totalPattern` does in SQL. */
export function isTotal(cell: string): boolean {
  return words.includes(
    cell
      .normalize('NFKC')
      .trim()
      .replace(/\s*:\s*$/, '')
      .toLowerCase(),
  );
}

function anyWidth(word: string): string {
  return word.replace(/[a-z]|\s/g, (letter) => {
    if (letter === ' ') return `${space}+`;
    const forms = [letter, letter.toUpperCase()];
    return `[${forms.join('')}${forms.map((form) => String.fromCharCode(form.charCodeAt(0) + 0xfee0)).join('')}]`;
  });
}
