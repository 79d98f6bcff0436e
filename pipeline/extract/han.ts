/** Any common Chinese character, as a class of RE2. */
export const han = '[一-鿿]';

/** Writes the class of Chinese characters without some; RE2 cannot subtract, and \p{Han} with its many ranges compiles slowly. */
export function hanWithout(excluded: string): string {
  const codes = [...excluded].map((character) => character.charCodeAt(0)).toSorted((a, b) => a - b);
  const starts = [0x4e00, ...codes.map((code) => code + 1)];
  const ranges = starts.map((from, index): [number, number] => [from, (codes[index] ?? 0xa000) - 1]);
  const shown = ranges
    .filter(([from, to]) => from <= to)
    .map(([from, to]) => `${String.fromCharCode(from)}-${String.fromCharCode(to)}`);
  return `[${shown.join('')}]`;
}
