import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as xlsx from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readCurrent, snapshotPath } from '#lib/server/snapshot.ts';
import { aftersight, type Outcome } from './command_line.ts';
import { writeDelimited } from './month_files.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';
import { zip } from './zip.ts';

const ticket = { ticket_id: 't1', opened_at: '2026-03-02 09:00:00', status: 'open', order_id: '"1", 2' };
const csv = writeDelimited([ticket]);
const manyLines = writeDelimited(Array.from({ length: 5000 }, (_, n) => ({ ...ticket, ticket_id: `many-${n}` })));
const workbook = workbookOf([
  ['ticket_id', 'opened_at', 'status'],
  ['w', '2026-03-02 09:00:00', 'open'],
]);

let project: WarehouseProject;
beforeAll(async () => {
  project = await openWarehouseProject(`
timezone: Asia/Shanghai
brands: [{ id: north }]
vendors: [{ id: suda }]
sources:
  - { name: desk, kind: files, brand: north, vendor: suda, tables: { tickets: 'inbox/tickets*', messages: inbox/messages.csv } }
`);
  await project.put('inbox/tickets.csv', csv);
  await project.put('inbox/messages.csv', 'message_id,ticket_id,sent_at,sender\nm1,t1,2026-03-02 09:01:00,customer\n');
  await project.run({ now: new Date().toISOString() });
});
afterAll(() => project.close());

function runCommand(): Promise<Outcome> {
  return aftersight(['run', '--config', join(project.folder, 'aftersight.yaml')]);
}

/** What readers have: the pointer to the snapshot in service, and every byte of it. */
async function inService(): Promise<string> {
  const current = await readCurrent(project.dataDir);
  const hash = createHash('sha256').update(await readFile(snapshotPath(project.dataDir, current?.snapshot ?? '')));
  return `${await readFile(join(project.dataDir, 'snapshots/current.json'), 'utf8')} ${hash.digest('hex')}`;
}

async function expectRefusal(name: string, says: RegExp): Promise<void> {
  const before = await inService();
  const { exitCode, stdout, stderr } = await runCommand();
  expect(stderr).toMatch(says);
  expect(stderr).toContain(`inbox/${name}`);
  expect(stderr).toContain('\n  → ');
  expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
  expect(stderr).not.toMatch(/Internal error|undefined|\[object/);
  expect(stdout).toBe('');
  expect(exitCode).toBe(1);
  expect(await inService()).toBe(before);
}

async function expectNextRunToLoad(ids: readonly string[]): Promise<void> {
  const { published, checks } = await project.run({ now: new Date().toISOString() });
  expect({ published, failed: checks.filter((check) => check.rows > 0) }).toEqual({ published: true, failed: [] });
  const rows = await project.rows('select ticket_id from marts.cases');
  expect(rows.map((row) => row['ticket_id'])).toEqual(expect.arrayContaining([...ids]));
}

describe('is refused with its name and a remedy, and the snapshot in service stays', () => {
  const replaced: string[] = [];
  const json = JSON.stringify(Array.from({ length: 50 }, (_, n) => ({ ...ticket, ticket_id: `json-${n}` })));
  test.each<[what: string, name: string, content: string | Uint8Array, says: RegExp]>([
    ['a gzip file cut off', 'tickets-a.csv.gz', gzipSync(manyLines).subarray(0, -9), /the gzip data end in the middle/],
    [
      'a gzip file with damaged bytes',
      'tickets-b.csv.gz',
      damage(gzipSync(manyLines), 200),
      /damaged gzip data|end in the middle/,
    ],
    [
      'binary data named csv',
      'tickets-c.csv',
      Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(5000)]),
      /not UTF-8|binary data/,
    ],
    ['binary data that is UTF-8', 'tickets-d.csv', 'a\0b\0c\n'.repeat(500), /binary data/],
    [
      'a required column missing',
      'tickets-e.csv',
      csv.replace('opened_at', 'created'),
      /missing: opened_at.*found: ticket_id, created, status/,
    ],
    ['another table', 'tickets-f.csv', 'sku,title\n1,外套\n', /missing: ticket_id.*found: sku, title/],
    ['an empty file', 'tickets-g.csv', '', /there is nothing in it/],
    ['only line ends', 'tickets-h.csv', '\r\n\r\n', /there is nothing in it|missing/],
    ['half a JSON', 'tickets-i.json', json.slice(0, -400), /not valid JSON/],
    ['JSON without records', 'tickets-j.json', '[[1], [2], [3]]', /none of its 3 records is a JSON object/],
    ['a workbook cut off', 'tickets-k.xlsx', workbook.subarray(0, -200), /damaged zip data|cannot be read/],
    [
      'a workbook of broken parts',
      'tickets-l.xlsx',
      zip({ '[Content_Types].xml': 'x', 'xl/workbook.xml': '<broken' }),
      /tickets-l\.xlsx: a workbook/,
    ],
    ['a workbook protected by a password', 'tickets-m.xlsx', encryptedWorkbook(), /protected by a password/],
    [
      'an xls that is not one',
      'tickets-n.xls',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), randomBytes(3000)]),
      /a workbook that cannot be read/,
    ],
    ['a workbook without content', 'tickets-o.xlsx', workbookOf([]), /without any content/],
    [
      'Parquet cut off',
      'tickets-p.parquet',
      Buffer.concat([Buffer.from('PAR1'), randomBytes(500)]),
      /a damaged Parquet file/,
    ],
    ['a zip cut off', 'tickets-q.zip', zip({ 'a.csv': manyLines }).subarray(0, -30), /damaged zip data/],
    [
      'one bad file in a zip',
      'tickets-r.zip',
      zip({ 'a.csv': csv, 'b.csv': '' }),
      /tickets-r\.zip#b\.csv: there is nothing in it/,
    ],
    [
      'a web page instead of the export',
      'tickets-s.csv',
      '<!DOCTYPE html><html><body>请登录</body></html>',
      /missing: ticket_id|cannot be read/,
    ],
  ])('%s', async (_, name, content, says) => {
    const id = name.replaceAll(/\W/g, '-');
    onTestFinished(() => project.put(`inbox/${name}`, csv.replace('t1', id)));
    await project.put(`inbox/${name}`, content);
    await expectRefusal(name, says);
    replaced.push(id);
  });

  test('once they are all replaced, the next run loads them without repair', async () => {
    expect(replaced.length).toBeGreaterThan(18);
    await expectNextRunToLoad(replaced);
  });

  test('a link that leads nowhere is no file until it leads somewhere', async () => {
    const before = await project.hashes();
    await symlink(join(project.folder, 'nowhere.csv'), join(project.folder, 'inbox/tickets-link.csv'));
    expect((await project.run({ now: new Date().toISOString() })).newLoads).toBe(0);
    expect(await project.hashes()).toEqual(before);
    await project.put('nowhere.csv', csv.replace('t1', 'linked'));
    await expectNextRunToLoad(['linked']);
  });

  test.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
    await project.put('inbox/tickets-secret.csv', csv.replace('t1', 'secret'));
    await chmod(join(project.folder, 'inbox/tickets-secret.csv'), 0o000);
    await expectRefusal('tickets-secret.csv', /it may not be read/);
    await chmod(join(project.folder, 'inbox/tickets-secret.csv'), 0o600);
    await expectNextRunToLoad(['secret']);
  });

  test('a folder where a file is named', async () => {
    await project.remove('inbox/messages.csv');
    await mkdir(join(project.folder, 'inbox/messages.csv'));
    await expectRefusal('messages.csv', /a folder where a file was expected/);
    await project.remove('inbox/messages.csv');
    await project.put('inbox/messages.csv', 'message_id,ticket_id,sent_at,sender\nm2,t1,2026-03-02 09:02:00,agent\n');
    await project.run({ now: new Date().toISOString() });
    expect(await project.rows('select message_id from marts.messages order by 1')).toEqual([
      { message_id: 'm1' },
      { message_id: 'm2' },
    ]);
  });

  test('several bad files at once are all named, and good ones beside them wait in raw', async () => {
    await project.put('inbox/tickets-y1.csv', '');
    await project.put('inbox/tickets-y2.json', '{"a":');
    await project.put('inbox/tickets-y3.csv', csv.replace('t1', 'beside'));
    const before = await inService();
    const { exitCode, stderr } = await runCommand();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/tickets-y1\.csv: .*\n {2}→ .*\n.*tickets-y2\.json: /);
    expect(await inService()).toBe(before);
    for (const name of ['tickets-y1.csv', 'tickets-y2.json', 'tickets-y3.csv']) await project.remove(`inbox/${name}`);
    const { newLoads } = await project.run({ now: new Date().toISOString() });
    expect(newLoads).toBe(0);
    expect(await project.rows(`select 1 from marts.cases where ticket_id = 'beside'`)).toHaveLength(1);
  });
});

describe('goes to quarantine with file, record and reason, and everything else is loaded', () => {
  const good = (id: string): string => `${id},2026-03-02 09:00:00,open,\n`;
  const header = 'ticket_id,opened_at,status,order_id\n';
  const broken: [what: string, name: string, content: string | Uint8Array, record: number, says: RegExp][] = [
    [
      'a cell of 10 MB',
      'tickets-A.csv',
      `${header}${good('A1')}A2,2026-03-02 09:00:00,open,${'好'.repeat(10 << 20)}\n${good('A3')}`,
      2,
      /line 3: .*cell 4 has \d+ characters/,
    ],
    [
      'a cell of 10 MB in quotes',
      'tickets-B.csv',
      `${header}${good('B1')}${good('B2')}B3,,"${'\n'.repeat(10 << 20)}",\n`,
      3,
      /line 4/,
    ],
    [
      'bytes of another encoding',
      'tickets-C.csv',
      Buffer.concat([
        Buffer.from(`${header}${good('C1')}你好${good('C2')}`),
        Buffer.from([0xff, 0xfe, 0xc3, 0x28]),
        Buffer.from(`\n${good('C4')}`),
      ]),
      3,
      /line 4: bytes that are not UTF-8/,
    ],
    [
      'a quote that is never closed',
      'tickets-D.csv',
      `${header}${good('D1')}"D2,2026-03-02 09:00:00,open,\n${good('D3')}`,
      2,
      /line 3: a quoted cell is never closed/,
    ],
    [
      'too many cells',
      'tickets-E.csv',
      `${header}${good('E1')}E2,a,b,c,d,e\n${good('E3')}`,
      2,
      /line 3: 6 cells where the header has 4/,
    ],
    [
      'a NUL character',
      'tickets-F.csv',
      `${header}${good('F1')}F\0,2026-03-02 09:00:00,open,\n${good('F3')}`,
      2,
      /line 3: a NUL character/,
    ],
    [
      'a broken line of JSON',
      'tickets-G.ndjson',
      `${JSON.stringify(ticket)}\n{"ticket_id": "G2", \n${JSON.stringify({ ...ticket, ticket_id: 'G3' })}\n`,
      2,
      /line 2/,
    ],
  ];

  beforeAll(async () => {
    for (const [, name, content] of broken) await project.put(`inbox/${name}`, content);
    const { exitCode, stderr } = await runCommand();
    expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
    expect(exitCode).toBe(0);
  });

  test.each(broken)('%s', async (_, name, _content, record, says) => {
    const rows = await project.rows(
      `select record::int as record, reason, value from quarantine.records where file = 'inbox/${name}'`,
    );
    expect(rows).toEqual([{ record, reason: 'malformed', value: expect.stringMatching(says) }]);
    const [account] = await project.rows(
      `select records::int as records, (loaded + superseded)::int as used, quarantined::int as quarantined from quarantine.file_accounts where file = 'inbox/${name}'`,
    );
    expect(account).toMatchObject({ quarantined: 1 });
    expect(account?.['used']).toBe(Number(account?.['records']) - 1);
  });

  test('a header alone is a file without records: nothing changes, nothing fails', async () => {
    const before = await project.hashes();
    await project.put('inbox/tickets-header.csv', header);
    const { exitCode } = await runCommand();
    expect(exitCode).toBe(0);
    expect(await project.hashes()).toEqual(before);
    expect(
      await project.rows(
        `select records::int as records from quarantine.file_accounts where file = 'inbox/tickets-header.csv'`,
      ),
    ).toEqual([{ records: 0 }]);
  });
});

function damage(bytes: Buffer, at: number): Buffer {
  return Buffer.from(bytes.map((byte, index) => (index >= at && index < at + 8 ? byte ^ 0x5a : byte)));
}

function workbookOf(cells: string[][]): Buffer {
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(cells), 'Sheet1');
  return Buffer.from(new Uint8Array(xlsx.write(book, { type: 'buffer', bookType: 'xlsx' })));
}

/** What Excel writes for a workbook with a password: the package as an encrypted stream in an OLE file. */
function encryptedWorkbook(): Uint8Array {
  const container = xlsx.CFB.utils.cfb_new();
  xlsx.CFB.utils.cfb_add(
    container,
    '/EncryptionInfo',
    Buffer.concat([Buffer.from([4, 0, 4, 0, 0x40, 0, 0, 0]), Buffer.from('<encryption/>')]),
  );
  xlsx.CFB.utils.cfb_add(container, '/EncryptedPackage', randomBytes(4096));
  return new Uint8Array(Buffer.from(xlsx.CFB.write(container, { type: 'buffer' })));
}
