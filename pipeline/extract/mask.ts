import { createHash } from 'node:crypto';
import {
  holdsAddress,
  holdsProvinceAddress,
  maskAddressesSql,
  maskProvinceAddressesSql,
  mayHoldAddress,
} from './personal_addresses.ts';
import { holdsName, maskNamesSql, mayHoldName } from './personal_names.ts';
import { holdsNumber, maskNumbersSql, mayHoldNumber } from './personal_numbers.ts';
import { identifier, literal, spaces, when } from './sql.ts';

const email = String.raw`[A-Za-z0-9Ａ-Ｚａ-ｚ０-９._%+\-]+ ?[@＠] ?[A-Za-z0-9Ａ-Ｚａ-ｚ０-９\-]+(?:[.．][A-Za-z0-9Ａ-Ｚａ-ｚ\-]+)+`;
const mayHoldAny = `[@＠]|${mayHoldNumber}|${mayHoldName}|${mayHoldAddress}`;

interface Step {
  /** Where none of these patterns occurs, `mask` changes nothing. */
  holds: string[];
  mask: (text: string) => string;
}

/** In the order in which they are done. */
export const maskSteps: Step[] = [
  { holds: holdsNumber, mask: maskNumbersSql },
  {
    holds: [`${email}|${holdsName}`],
    mask: (text) => maskNamesSql(`regexp_replace(${text}, ${literal(email)}, '［邮箱］', 'g')`),
  },
  { holds: [holdsProvinceAddress], mask: maskProvinceAddressesSql },
  { holds: [holdsAddress], mask: maskAddressesSql },
];

/**
 * Writes a relation with one column more, `column`: `text` with phones, ID and bank cards, e-mails, names after a label and Chinese
 * addresses replaced by visible tokens. What cannot hold any, as most texts, is null until the last SELECT. Each step has a SELECT
 * of its own: within one expression DuckDB would evaluate it as often as the next one names it.
 */
export function maskedSql(relation: string, text: string, column: string): string {
  const masked = identifier(column);
  // In front of the star, since of two columns with one name the first keeps it: a file may have one like this.
  const found = `(select ${when([mayHoldAny], text, text, 'null')} as ${masked}, * from ${relation})`;
  const done = maskSteps.reduce(
    (from, { holds, mask }) =>
      `(select * replace (${when(holds, masked, mask(masked), masked)} as ${masked}) from ${from})`,
    found,
  );
  return `(select * replace (coalesce(${masked}, ${text}) as ${masked}) from ${done})`;
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
