import { SLOTS, type Slots } from './slots.ts';
import type { Random } from './random.ts';

/** A message text ready for CSV: literals and slots in turn, already quoted where the text needs it. */
export interface Template {
  literals: string[];
  slots: ((values: Slots) => string)[];
}

/** Pools of templates of one name; each template is a list of its spelled-out variants. */
export type Pool = Template[][];

/**
 * Compiles lines of text into a pool. `{slot}` is filled per case, `<a|b|>` is one of its parts, ⏎ is a line break.
 * Throws on a slot that does not exist.
 */
export function compilePool(text: string): Pool {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => spellOut(line).map(compile));
}

/** Fills a template drawn from a pool; the result is a finished CSV field. */
export function fill(pool: Pool, random: Random, values: Slots): string {
  const { literals, slots } = random.pick(random.pick(pool));
  let text = literals[0] ?? '';
  for (let k = 0; k < slots.length; k++) text += (slots[k]?.(values) ?? '') + (literals[k + 1] ?? '');
  return text;
}

function spellOut(line: string): string[] {
  const found = /<([^<>]*)>/.exec(line);
  if (!found) return [line];
  return (found[1] ?? '').split('|').flatMap((part) => spellOut(line.replace(found[0], part)));
}

function compile(line: string): Template {
  const text = line.replaceAll('⏎', '\n');
  const needsQuotes = /[",\n]/.test(text);
  const parts = (needsQuotes ? `"${text.replaceAll('"', '""')}"` : text).split(/\{(\w+)\}/);
  return {
    literals: parts.filter((_, k) => k % 2 === 0),
    slots: parts
      .filter((_, k) => k % 2 === 1)
      .map((name) => {
        const slot = SLOTS[name];
        if (!slot) throw new RangeError(`no slot ${name} in: ${line}`);
        return slot;
      }),
  };
}
