import { DuckDBInstance, listValue } from '@duckdb/node-api';
import { beforeAll, expect, test } from 'vitest';
import { maskedSql } from '../../pipeline/extract/mask.ts';
import type { LookalikeKind } from './lookalikes.ts';
import type { PersonalData, PersonalKind } from './personal_data.ts';
import { drawCorpus } from './personal_data_corpus.ts';

/** What was measured, as in DECISIONS.md: how many there are in the corpus, and how many of them the masking gets wrong. */
const personal: [kind: PersonalKind, drawn: number, left: number][] = [
  ['mobile', 1658, 0],
  ['landline', 1686, 0],
  ['identity card', 1635, 0],
  ['bank card', 1687, 0],
  ['e-mail', 1690, 0],
  ['address', 1642, 1],
  ['name', 1703, 14],
];
const lookalikes: [kind: LookalikeKind, drawn: number, damaged: number][] = [
  ['order number', 1534, 0],
  ['refund number', 1565, 0],
  ['tracking number', 1532, 0],
  ['product code', 1547, 1],
  ['amount', 1546, 0],
  ['date', 1526, 1],
  ['size', 1538, 0],
  ['service line', 1521, 0],
  ['prose', 1552, 1],
];

const corpus = drawCorpus(2026, 1000);
let masked: string[] = [];

beforeAll(async () => {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const result = await connection.runAndReadAll(
    `select masked from ${maskedSql('(select unnest($texts::varchar[]) as text)', 'text', 'masked')}`,
    { texts: listValue(corpus.map(({ text }) => text)) },
  );
  masked = result.getRowsJson().map(([text]) => String(text));
  connection.closeSync();
});

test.each(personal)('personal data is masked: %s, %i in the corpus, %i left', (kind, drawn, left) => {
  const all = corpus.flatMap(({ text, personal }, index) =>
    personal.filter((data) => data.kind === kind).map((data) => ({ text, data, becomes: masked[index] ?? '' })),
  );
  const survivors = all.filter(({ text, data, becomes }) => isLeft(data, text, becomes));
  expect(all.length).toBe(drawn);
  expect(survivors.length, show(survivors)).toBe(left);
});

test.each(lookalikes)('what only looks like it stays: %s, %i in the corpus, %i damaged', (kind, drawn, damaged) => {
  const all = corpus.flatMap(({ text, kept }, index) =>
    kept.filter((one) => one.kind === kind).map((one) => ({ text, kept: one.text, becomes: masked[index] ?? '' })),
  );
  const victims = all.filter(({ kept, becomes }) => !becomes.includes(kept));
  expect(all.length).toBe(drawn);
  expect(victims.length, show(victims)).toBe(damaged);
});

test('a message of a hundred thousand numbers is masked in time that grows with its length alone', async () => {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const text = '货号13812345678，6222021234567894 '.repeat(50_000);
  const result = await connection.runAndReadAll(
    `select masked from ${maskedSql('(select unnest([$text::varchar]) as text)', 'text', 'masked')}`,
    { text },
  );
  expect(result.getRowsJson()[0]?.[0]).toBe('货号13812345678，［银行卡号］ '.repeat(50_000));
  connection.closeSync();
}, 20_000);

// A trace that the rest of the message holds too says nothing.
function isLeft({ text, traces }: PersonalData, message: string, becomes: string): boolean {
  const rest = message.replace(text, '');
  return traces.some((trace) => becomes.includes(trace) && !rest.includes(trace));
}

function show(found: { text: string; becomes: string }[]): string {
  return found
    .slice(0, 10)
    .map(({ text, becomes }) => `${text} → ${becomes}`)
    .join('\n');
}
