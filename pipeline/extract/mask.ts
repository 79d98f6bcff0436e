import { createHash } from 'node:crypto';
import { maskAddressesSql, mayHoldAddress } from './personal_addresses.ts';
import { maskNamesSql, mayHoldName } from './personal_names.ts';
import { maskNumbersSql, mayHoldNumber } from './personal_numbers.ts';
import { literal, spaces, when } from './sql.ts';

const email = String.raw`[A-Za-z0-9Ａ-Ｚａ-ｚ０-９._%+\-]+ ?[@＠] ?[A-Za-z0-9Ａ-Ｚａ-ｚ０-９\-]+(?:[.．][A-Za-z0-9Ａ-Ｚａ-ｚ\-]+)+`;
const mayHoldAny = `[@＠]|${mayHoldNumber}|${mayHoldName}|${mayHoldAddress}`;

/** Writes the SQL that replaces phones, ID and bank cards, e-mails, names after a label and Chinese addresses in `text` by visible tokens. */
export function maskSql(text: string): string {
  const numbers = `regexp_replace(${maskNumbersSql(text)}, ${literal(email)}, '［邮箱］', 'g')`;
  return when(text, mayHoldAny, maskAddressesSql(maskNamesSql(numbers)), text);
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
