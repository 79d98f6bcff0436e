import type { DuckDBConnection } from '@duckdb/node-api';
import type { ForbiddenPhrase } from '#lib/server/config.ts';
import { specialDays } from '#lib/server/config.ts';
import { literal } from '../extract/sql.ts';
import { createTable } from './rows.ts';

const gap = String.raw`[^。！？!?；;，,\n]{0,8}?`;
/** What takes a rule back where it stands just before it. */
const denied = '(?:不是|不会|不存在|不|并非|没有?说|没有?)[“"「]?';

/**
 * Writes the configured phrases into schema config: a macro with the words that every hit has, to read few texts closely, and one that
 * gives the first phrase that a text really holds for a brand. Macros, since DuckDB compiles a constant pattern once.
 */
export async function createConduct(connection: DuckDBConnection, phrases: readonly ForbiddenPhrase[]): Promise<void> {
  const words = phrases.map(({ phrase }) => escape(phrase.split('…')[0] ?? phrase));
  const cases = phrases.map((one) => {
    const words = literal(pattern(one.phrase));
    const held = `regexp_matches(body, ${words}) and regexp_matches(regexp_replace(body, ${literal(harmless(one))}, '', 'g'), ${words})`;
    const here = one.brands && `brand in (${one.brands.map(literal).join(', ')}) and `;
    return `when ${here ?? ''}${held} then ${literal(one.phrase)}`;
  });
  await connection.run(
    `create or replace macro config.forbidden_words() as ${literal(words.length === 0 ? '^\\b$' : [...new Set(words)].join('|'))}`,
  );
  await connection.run(
    `create or replace macro config.forbidden_phrase(body, brand) as ${cases.length === 0 ? 'null::varchar' : `case ${cases.join(' ')} end`}`,
  );
  await createTable(connection, 'config.special_days', { day: 'DATE', is_workday: 'BOOLEAN' }, [...specialDays]);
}

function harmless({ phrase, unless }: ForbiddenPhrase): string {
  return [denied + pattern(phrase), ...unless.map(pattern)].join('|');
}

function pattern(phrase: string): string {
  return phrase.split('…').map(escape).join(gap);
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
