import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { aftersight, parseAnswer } from './command_line.ts';

const count = z.int().nonnegative();

const checkAnswer = z.strictObject({
  config: z.string(),
  usable: z.boolean(),
  sampled: count,
  warnings: z.array(z.string()),
  sources: z.array(
    z.strictObject({
      source: z.string(),
      kind: z.string(),
      transport: z.enum(['files', 'postgres']),
      problems: z.array(
        z.strictObject({ table: z.string(), file: z.string(), message: z.string(), remedy: z.string() }),
      ),
      unmatched: z.array(z.strictObject({ table: z.string(), globs: z.array(z.string()) })),
      files: z.array(
        z.strictObject({
          source: z.string(),
          table: z.string(),
          file: z.string(),
          format: z.string(),
          encoding: z.string(),
          records: count,
          isSampled: z.boolean(),
          loaded: count,
          superseded: count,
          ignored: count,
          quarantined: count,
          skippedSheets: z.array(z.string()),
          columns: z.array(
            z.strictObject({
              column: z.string(),
              canonical: z.array(z.string()),
              treatment: z.enum(['kept', 'hashed', 'masked', 'dropped']),
              perhaps: z.string().nullable(),
            }),
          ),
          required: z.array(z.string()),
          absent: z.array(z.string()),
          fromConfig: z.array(z.strictObject({ column: z.string(), value: z.string() })),
          rejects: z.array(
            z.strictObject({
              table: z.string(),
              record: count,
              column: z.string().nullable(),
              value: z.string().nullable(),
              reason: z.string(),
              records: count,
              allowed: z.string(),
            }),
          ),
        }),
      ),
    }),
  ),
});

const desk = `timezone: Asia/Shanghai
brands: [{ id: northpeak, name: { zh-CN: 北峰户外, en: North Peak } }]
vendors: [{ id: suda, name: 速达客服 }]
sources:
  - { name: desk, brand: northpeak, tables: { tickets: inbox/tickets*.csv, messages: inbox/messages*.csv } }
`;
const tickets = 'ticket_id,vendor_id,customer_id,opened_at,status\nT1,suda,c1,2026-10-01 09:00:00,solved\n';
const messages = 'message_id,ticket_id,sent_at,sender,body\nM1,T1,2026-10-01 09:00:00,customer,我的电话 13800138000\n';

let folder = '';
let config = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftersight-cli-check-'));
  config = join(folder, 'aftersight.yaml');
  mkdirSync(join(folder, 'inbox'));
  put('aftersight.yaml', desk);
  put('inbox/tickets.csv', tickets);
  put('inbox/messages.csv', messages);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(file: string, text: string): void {
  writeFileSync(join(folder, file), text);
}

async function check() {
  const outcome = await aftersight(['check', '--config', config, '--json']);
  const answer = parseAnswer(checkAnswer, outcome);
  const files = answer.sources.flatMap((source) => source.files);
  return { ...outcome, answer, files, fileOf: (table: string) => files.find((file) => file.table === table) };
}

test('a sound source is usable: exit code 0, every column with what becomes of it, nothing written beside the configuration', async () => {
  const { exitCode, answer, fileOf } = await check();
  expect(exitCode).toBe(0);
  expect(answer.usable).toBe(true);
  expect(fileOf('tickets')).toMatchObject({ format: 'csv', encoding: 'utf-8', records: 1, loaded: 1, quarantined: 0 });
  const treatments = fileOf('tickets')?.columns.map(({ column, treatment }) => [column, treatment]);
  expect(treatments).toContainEqual(['customer_id', 'hashed']);
  expect(treatments).toContainEqual(['opened_at', 'kept']);
  expect(fileOf('messages')?.columns).toContainEqual({
    column: 'body',
    canonical: ['messages.body'],
    treatment: 'masked',
    perhaps: null,
  });
  expect(fileOf('tickets')?.fromConfig).toEqual([{ column: 'brand_id', value: 'northpeak' }]);
  expect(readdirSync(folder).sort()).toEqual(['aftersight.yaml', 'inbox']);
});

test('a renamed optional column is not read, and the name it may have had is suggested', async () => {
  put('inbox/tickets.csv', 'ticket_id,opened_at,status,Closed On\nT1,2026-10-01 09:00:00,solved,2026-10-02 09:00:00\n');
  const { exitCode, fileOf } = await check();
  expect(exitCode).toBe(0);
  expect(fileOf('tickets')?.columns.at(-1)).toEqual({
    column: 'Closed On',
    canonical: [],
    treatment: 'dropped',
    perhaps: 'closed_at',
  });
  expect(fileOf('tickets')?.absent).toContain('closed_at');
});

test('a missing required column makes the file unreadable: exit code 1, with the nearest name; other files are still shown', async () => {
  put('inbox/messages.csv', 'message_id,ticket,sent_at,sender\nM1,T1,2026-10-01 09:00:00,customer\n');
  const { exitCode, answer, files } = await check();
  expect(exitCode).toBe(1);
  expect(answer.usable).toBe(false);
  expect(answer.sources[0]?.problems).toEqual([
    expect.objectContaining({ table: 'messages', file: 'inbox/messages.csv' }),
  ]);
  expect(answer.sources[0]?.problems[0]?.message).toContain('ticket_id (nearest: ticket)');
  expect(files.map(({ table }) => table)).toEqual(['tickets']);
});

test('a required value that neither file nor configuration gives is named, and every record counted as rejected', async () => {
  put('aftersight.yaml', desk.replace(' brand: northpeak,', ''));
  const { exitCode, fileOf } = await check();
  expect(exitCode).toBe(0);
  expect(fileOf('tickets')).toMatchObject({ required: ['brand_id'], quarantined: 1, loaded: 0 });
});

describe('bad values', () => {
  test.each([
    ['2026-02-30 10:00:00,suda,open', 'opened_at', '2026-02-30 10:00:00', 'unreadable', '2026-10-01 09:30:00'],
    [',suda,open', 'opened_at', null, 'missing', '2026-10-01 09:30:00'],
    ['2026-10-01 10:00:00,sudda,open', 'vendor_id', 'sudda', 'undeclared', 'suda'],
    ['2026-10-01 10:00:00,suda,resolved', 'status', 'resolved', 'unknown', 'open, pending, solved, closed'],
  ])('%s: %s', async (cells, column, value, reason, allowed) => {
    put('inbox/tickets.csv', `ticket_id,opened_at,vendor_id,status\nT1,2026-10-01 09:00:00,suda,solved\nT2,${cells}\n`);
    const { exitCode, fileOf } = await check();
    expect(exitCode).toBe(0);
    const [reject, ...others] = fileOf('tickets')?.rejects ?? [];
    expect(others).toEqual([]);
    expect(reject).toMatchObject({ table: 'tickets', record: 2, column, value, reason, records: 1 });
    expect(reject?.allowed).toContain(allowed);
  });

  test('a damaged record, a rounded id and a message of no ticket have reasons of their own', async () => {
    put('inbox/tickets.csv', `${tickets}4.83E+18,suda,c2,2026-10-01 09:00:00,open\nT3,suda\n`);
    put('inbox/messages.csv', `${messages}M2,T9,2026-10-01 09:00:00,customer,x\n`);
    const { files } = await check();
    const found = files.flatMap(({ rejects }) => rejects.map(({ record, column, reason }) => [record, column, reason]));
    expect(found).toEqual([
      [2, 'ticket_id', 'rounded'],
      [3, null, 'malformed'],
      [2, 'ticket_id', 'unknown_ticket'],
    ]);
  });

  test('only the first three of a kind are shown, with how many there are', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `T${index},suda,c,yesterday,open`);
    put('inbox/tickets.csv', `ticket_id,vendor_id,customer_id,opened_at,status\n${rows.join('\n')}\n`);
    const { fileOf } = await check();
    expect(fileOf('tickets')?.rejects.map(({ record, records }) => [record, records])).toEqual([
      [1, 40],
      [2, 40],
      [3, 40],
    ]);
    const { stdout } = await aftersight(['check', '--config', config], { LANG: 'zh_CN.UTF-8', AFTERSIGHT_LANG: '' });
    expect(stdout).toContain('opened_at  格式无法识别 × 40');
    expect(stdout).toContain('第 1 条："yesterday"');
    expect(stdout).toContain('还有 37 条');
    expect(stdout).toContain('全部记录都会被隔离');
  });
});

test('of a long file only the first records are looked at, and tickets beyond them are not said to be unknown', async () => {
  const rows = Array.from({ length: 10_050 }, (_, index) => `T${index},suda,c,2026-10-01 09:00:00,open`);
  put('inbox/tickets.csv', `ticket_id,vendor_id,customer_id,opened_at,status\n${rows.join('\n')}\n`);
  put('inbox/messages.csv', messages.replaceAll('T1', 'T10049'));
  const { fileOf } = await check();
  expect(fileOf('tickets')).toMatchObject({ records: 10_000, isSampled: true });
  expect(fileOf('messages')).toMatchObject({ isSampled: false, quarantined: 0, rejects: [] });
});

test('columns of an adapter with joins lead back to the files they come from', async () => {
  put('inbox/zt.csv', 'id,created_at,status,requester_id\n1,2026-10-01T00:00:00Z,new,77\n');
  put('inbox/zc.csv', 'id,ticket_id,created,user_id,body\n1,1,2026-10-01T00:00:00Z,5,hello\n');
  put('inbox/zu.csv', 'id,role\n5,agent\n');
  const zen = '{ ticket: inbox/zt.csv, ticket_comment: inbox/zc.csv, user: inbox/zu.csv }';
  put(
    'aftersight.yaml',
    desk.replace(/ {2}- \{ name: desk.*/, `  - { name: zen, kind: zendesk, brand: northpeak, tables: ${zen} }`),
  );
  const { exitCode, fileOf } = await check();
  expect(exitCode).toBe(0);
  const canonicalOf = (table: string) =>
    Object.fromEntries(fileOf(table)?.columns.map(({ column, canonical }) => [column, canonical]) ?? []);
  expect(canonicalOf('ticket_comment')).toMatchObject({ id: ['messages.message_id'], created: ['messages.sent_at'] });
  expect(canonicalOf('ticket')).toMatchObject({ status: ['tickets.status', 'tickets.is_spam'] });
  expect(canonicalOf('user')).toEqual({ id: [], role: ['messages.sender', 'messages.agent_id'] });
});

test('a wrong configuration is exit code 2, with the line', async () => {
  put('aftersight.yaml', desk.replace('kind: files', 'kind: nothing').replace('Asia/Shanghai', 'Mars/Base'));
  const { exitCode, stdout, stderr } = await aftersight(['check', '--config', config]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('aftersight.yaml:1  timezone: found "Mars/Base"');
});

test('patterns that match no file are named', async () => {
  rmSync(join(folder, 'inbox', 'messages.csv'));
  const { exitCode, answer } = await check();
  expect(exitCode).toBe(0);
  expect(answer.sources[0]?.unmatched).toEqual([{ table: 'messages', globs: ['inbox/messages*.csv'] }]);
});
