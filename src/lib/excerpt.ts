/** A stretch of a text, a searched word or what stands around it. */
export interface ExcerptPart {
  text: string;
  isMatch: boolean;
}

const before = 30;
const longest = 110;

/** Cuts a text to the surroundings of the first word found in it, on one line, and marks every word; letters of either case are the same. */
export function excerptOf(text: string, words: readonly string[]): ExcerptPart[] {
  const line = [...text.replaceAll(/\s+/gu, ' ').trim()];
  const whole = line.join('');
  const pattern = new RegExp(`(${words.map(escape).join('|')})`, 'giu');
  const firstAt = [...whole.slice(0, Math.max(whole.search(pattern), 0))].length;
  const start = Math.min(Math.max(firstAt - before, 0), Math.max(line.length - longest, 0));
  const cut = line.slice(start, start + longest).join('');
  const parts = cut.split(pattern).map((part, index) => ({ text: part, isMatch: index % 2 === 1 }));
  const around = (isCut: boolean) => (isCut ? [{ text: '…', isMatch: false }] : []);
  return [...around(start > 0), ...parts, ...around(start + longest < line.length)].filter((part) => part.text !== '');
}

function escape(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
