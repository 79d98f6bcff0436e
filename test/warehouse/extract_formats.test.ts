import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as xlsx from '@e965/xlsx';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { extractFiles } from '../../pipeline/extract/files.ts';
import { preview } from '../../pipeline/extract/preview.ts';
import { literal, pathLiteral } from '../../pipeline/extract/sql.ts';
import { messages, openProject, type Project } from './extract_project.ts';
import { zip } from './zip.ts';

let project: Project;
beforeEach(async () => {
  project = await openProject({ ...messages, columns: [...messages.columns, '_key', 'tags'] });
});
afterEach(() => project.close());

const csv = 'message_id,ticket_id,body\n1,2,你好\n';

async function loadAll(): Promise<{ rows: Record<string, string | null>[][]; files: string[]; formats: string[] }> {
  const { loads, problems } = await project.extract();
  expect(problems).toEqual([]);
  const rows: Record<string, string | null>[][] = [];
  for (const load of loads) rows.push(await project.rows(load));
  return { rows, files: loads.map((load) => load.file), formats: loads.map((load) => load.format) };
}

async function loadOne(
  name: string,
  content: string | Uint8Array,
): Promise<{ rows: Record<string, string | null>[]; format: string }> {
  await project.put(name, content);
  const { rows, formats } = await loadAll();
  expect(rows).toHaveLength(1);
  return { rows: rows[0] ?? [], format: formats[0] ?? '' };
}

async function problemsOf(name: string, content: string | Uint8Array): Promise<string[]> {
  await project.put(name, content);
  return (await project.extract()).problems.map((problem) => problem.message);
}

describe('JSON', () => {
  const first =
    '{"message_id": 1234567890123456789, "ticket_id": "2", "sent_at": 1.10, "sender": true, "body": "你\\n好\\u0021", "tags": ["a", {"b": 1.50}]}';
  const second = '{"message_id":2,"ticket_id":2,"sent_at":null,"body":""}';
  const expected = [
    {
      message_id: '1234567890123456789',
      ticket_id: '2',
      sent_at: '1.10',
      sender: 'true',
      body: '你\n好!',
      tags: '["a", {"b": 1.50}]',
    },
    { message_id: '2', ticket_id: '2', sent_at: null, sender: null, body: null, tags: null },
  ];

  test.each([
    ['a list of objects', `[${first},\n${second}]`, 'json'],
    ['one object a line', `${first}\n${second}`, 'ndjson'],
    ['one object a line, with carriage returns and empty lines', `${first}\r\n\r\n${second}\r\n`, 'ndjson'],
    ['a list in an envelope', `{"code":0,"data":[${first},${second}],"total":2}`, 'json'],
    ['a list in two envelopes', `{"code":0,"data":{"page":1,"list":[${first},${second}]}}`, 'json'],
    [
      'the list named after the table, beside others',
      `{"users":[{"id":1},{"id":2},{"id":3}],"messages":[${first},${second}]}`,
      'json',
    ],
    ['with a byte-order mark', `\ufeff[${first},${second}]`, 'json'],
  ])('%s keeps digits and nested values as they are written', async (_, text, format) => {
    const found = await loadOne('a.txt', text);
    expect(found.rows).toMatchObject(expected);
    expect(found.format).toBe(format);
  });

  test('objects by key give their key as _key', async () => {
    const { rows } = await loadOne('a.json', `{"m1":${first},"m2":${second}}`);
    expect(rows.map((row) => row['_key'])).toEqual(['m1', 'm2']);
    expect(rows).toMatchObject(expected);
  });

  test('one object alone is one record', async () => {
    const { rows } = await loadOne('a.json', first);
    expect(rows).toMatchObject([expected[0]]);
  });

  test('in GB18030 and UTF-16', async () => {
    await project.put(
      'a.json',
      Buffer.concat([
        Buffer.from('[{"message_id":1,"ticket_id":2,"body":"'),
        Buffer.from([0xb3, 0xdf, 0xc2, 0xeb]),
        Buffer.from('"}]'),
      ]),
    );
    await project.put('b.json', Buffer.from('\ufeff[{"message_id":1,"ticket_id":2,"body":"尺码"}]', 'utf16le'));
    expect((await loadAll()).rows.map((rows) => rows[0]?.['body'])).toEqual(['尺码', '尺码']);
  });

  test('across the blocks it is read in', async () => {
    const records = Array.from(
      { length: 60_000 },
      (_, n) => `{"message_id":"${n}","ticket_id":${n},"body":"${'你好"'.replace('"', '\\"').repeat(1 + (n % 40))}"}`,
    );
    const { rows } = await loadOne('a.json', `[\n  ${records.join(',\n  ')}\n]`);
    expect(rows).toHaveLength(records.length);
    expect(
      rows.findIndex((row, n) => row['message_id'] !== String(n) || row['body'] !== '你好"'.repeat(1 + (n % 40))),
    ).toBe(-1);
  });

  test('what is no record is malformed, the others load', async () => {
    const lines = await loadOne('a.ndjson', `${second}\n{"message_id":3,"ti\n[1]\n${second}`);
    expect(lines.rows.map((row) => row['_malformed'])).toEqual([
      null,
      'line 2: it ends inside a text',
      'line 3: not an object',
      null,
    ]);
    await project.put('b.json', `[${second},null,7,{"message_id":1 "x":2},${second}]`);
    const { loads } = await project.extract('2026-11-21T00:00:00.000Z');
    expect(loads[0]).toMatchObject({ records: 5, malformed: 3 });
  });

  test('a record whose only content raw drops is not blank', async () => {
    const { rows } = await loadOne('a.json', `[${second},{"other":"x"},{"other":"","message_id":null},{}]`);
    expect(rows.map((row) => row['_ignored'])).toEqual([null, null, 'blank', 'blank']);
  });

  test('no records are a load of none', async () => {
    expect((await loadOne('a.json', '{"code":0,"data":[]}')).rows).toEqual([]);
  });

  test.each([
    ['cut off', `[${first},${second.slice(0, 20)}`, /ends in the middle/],
    ['with something behind its end', `[${first}] []`, /follows behind its end/],
    ['without a required column', '[{"message_id":1,"ticketid":2}]', /missing: ticket_id \(nearest: ticketid\)/],
    ['of other things than objects', '[[1,2],[3,4]]', /none of its 2 records is a JSON object/],
  ])('%s it is a problem', async (_, text, message) => {
    expect((await problemsOf('a.json', text))[0]).toMatch(message);
  });
});

describe('workbooks', () => {
  const header = ['message_id', 'ticket_id', 'sent_at', 'sender', 'body'];

  function workbook(sheets: unknown[][][], type: xlsx.BookType): Uint8Array {
    const book = xlsx.utils.book_new();
    for (const rows of sheets)
      xlsx.utils.book_append_sheet(
        book,
        xlsx.utils.aoa_to_sheet(rows, { cellDates: false, UTC: true, dateNF: 'yyyy-mm-dd hh:mm:ss' }),
      );
    return new Uint8Array(xlsx.write(book, { type: 'array', bookType: type }));
  }

  const rows = [
    ['基本', null, '时间'],
    header,
    ['4823749182374918237', 1234567890123, new Date(Date.UTC(2026, 0, 2, 3, 4, 5)), 'agent', '尺寸'],
    ['2', 12.5, null, true, ' 你好 '],
    [],
    ['合计', 3],
  ];

  test.each([
    ['xlsx', 'a.xlsx', 'xlsx'],
    ['BIFF8', 'a.xls', 'biff8'],
    ['BIFF8 named .xlsx', 'a.xlsx', 'biff8'],
    ['binary workbook', 'a.xlsb', 'xlsb'],
    ['XML spreadsheet named .xls', 'a.xls', 'xlml'],
  ] as const)('%s', async (_, name, type) => {
    const found = await loadOne(name, workbook([rows], type));
    expect(found.rows).toMatchObject([
      {
        message_id: '4823749182374918237',
        ticket_id: '1234567890123',
        sent_at: '2026-01-02 03:04:05',
        sender: 'agent',
        body: '尺寸',
        _ignored: null,
      },
      { message_id: '2', ticket_id: '12.5', sent_at: null, sender: 'true', _ignored: null },
      { _ignored: 'blank' },
      { message_id: '合计', _ignored: 'total' },
    ]);
  });

  test('a number of more digits than it can hold keeps the form that says so', async () => {
    const { rows: found } = await loadOne(
      'a.xlsx',
      workbook([[header, ['4823749182374918237', Number('4823749182374918237')], [2, 123456789012345]]], 'xlsx'),
    );
    expect(found.map((row) => row['ticket_id'])).toEqual(['4.823749182374918E+18', '123456789012345']);
  });

  test('dates, times and durations by the format of their cell', async () => {
    const sheet = xlsx.utils.aoa_to_sheet([header, ['1', '2', 45000.5, 45000, 0.5]]);
    for (const [at, format] of Object.entries({ C2: 'yyyy/m/d h:mm', D2: 'yyyy-mm-dd', E2: 'hh:mm:ss' }))
      Object.assign(sheet[at], { z: format });
    const book = xlsx.utils.book_new();
    xlsx.utils.book_append_sheet(book, sheet);
    const { rows: found } = await loadOne('a.xlsx', new Uint8Array(xlsx.write(book, { type: 'array' })));
    expect(found[0]).toMatchObject({ sent_at: '2023-03-15 12:00:00', sender: '2023-03-15', body: '12:00:00' });
  });

  test('every sheet with the columns is read, by name, the others are left out', async () => {
    const sheets = [
      [['说明'], ['x']],
      [header, ['1', '2', null, 'agent']],
      [
        ['body', 'ticket_id', 'message_id'],
        ['再见', '2', '2'],
      ],
    ];
    const { rows: found } = await loadOne('a.xlsx', workbook(sheets, 'xlsx'));
    expect(found).toMatchObject([
      { message_id: '1', sender: 'agent', body: null },
      { message_id: '2', sender: null, body: '再见' },
    ]);
  });

  test('.xls that is a web page, in GB18030, with ids of 19 digits', async () => {
    const page =
      '<html><head><meta charset="gb2312"></head><table><tr><th>message_id</th><th>ticket_id</th><th>sent_at</th><th>body</th></tr><tr><td>4823749182374918237</td><td>002</td><td>2026-01-02 03:04:05</td><td>';
    const { rows: found } = await loadOne(
      'a.xls',
      Buffer.concat([
        Buffer.from(page),
        Buffer.from([0xb3, 0xdf, 0xc2, 0xeb]),
        Buffer.from('</td></tr></table></html>'),
      ]),
    );
    expect(found).toMatchObject([
      { message_id: '4823749182374918237', ticket_id: '002', sent_at: '2026-01-02 03:04:05', body: '尺码' },
    ]);
  });

  test('.xls that is tab-separated text', async () => {
    const { rows: found, format } = await loadOne('a.xls', csv.replaceAll(',', '\t'));
    expect(found).toHaveLength(1);
    expect(format).toBe('tsv');
  });

  test.each([
    ['cut off', workbook([rows], 'xlsx').slice(0, 3000), /a\.xlsx: (damaged|a workbook that cannot be read)/],
    [
      'cut off, of the old kind',
      workbook([rows], 'biff8').slice(0, 1500),
      /a workbook that cannot be read|without any content/,
    ],
    [
      'without the columns',
      workbook(
        [
          [
            ['x', 'y'],
            [1, 2],
          ],
        ],
        'xlsx',
      ),
      /missing: message_id, ticket_id/,
    ],
    ['without content', workbook([[]], 'xlsx'), /without any content/],
  ])('%s it is a problem', async (_, bytes, message) => {
    expect((await problemsOf('a.xlsx', bytes))[0]).toMatch(message);
  });

  test('larger than the limit it is a problem that names the setting', async () => {
    const bytes = new Uint8Array(1_000_001);
    bytes.set([0xd0, 0xcf, 0x11, 0xe0]);
    const { problems } = await project.put('a.xls', bytes).then(() => project.extract());
    expect(problems[0]?.message).toContain('at most 1 MB');
    expect(problems[0]?.remedy).toContain('limits.workbook_mb');
  });
});

describe('Parquet', () => {
  async function writeParquet(select: string): Promise<string> {
    const path = join(project.folder, 'inbox/a.parquet');
    await mkdir(dirname(path), { recursive: true });
    await project.connection.run(`copy (${select}) to ${literal(path)} (format parquet)`);
    return path;
  }

  test('every type comes out as text that reads back', async () => {
    await writeParquet(
      `select 4823749182374918237::bigint as message_id, 12.0::double as ticket_id, timestamptz '2026-01-02 03:04:05.5+08' as sent_at, true as sender, '' as body, ['a', 'b'] as tags, timestamp '2026-01-02 00:00:00' as customer_id`,
    );
    const { rows } = await loadAll();
    expect(rows[0]?.[0]).toMatchObject({
      message_id: '4823749182374918237',
      ticket_id: '12',
      sent_at: '2026-01-01T19:04:05.500000Z',
      sender: 'true',
      body: null,
      tags: '["a","b"]',
    });
  });

  test('cut off it is a problem', async () => {
    const path = await writeParquet(`select 1 as message_id, 2 as ticket_id`);
    const { readFile } = await import('node:fs/promises');
    expect((await problemsOf('a.parquet', (await readFile(path)).subarray(0, 100)))[0]).toMatch(
      /a damaged Parquet file/,
    );
  });

  test('without a required column it is a problem', async () => {
    await writeParquet('select 1 as message_id');
    expect((await project.extract()).problems[0]?.message).toContain('missing: ticket_id');
  });
});

describe('archives', () => {
  test('gzip, whatever is in it', async () => {
    await project.put('a.csv.gz', gzipSync(csv));
    await project.put('b.json.gz', gzipSync('[{"message_id":1,"ticket_id":2,"body":"你好"}]'));
    const { rows, formats } = await loadAll();
    expect(rows.map((one) => one[0]?.['body'])).toEqual(['你好', '你好']);
    expect(formats).toEqual(['csv', 'json']);
  });

  test('every member of a zip is a file of its own, loaded once', async () => {
    await project.put(
      'a.zip',
      zip({ 'x/一.csv': csv, 'x/二.csv': csv.replace('1', '7'), '__MACOSX/x': 'x', 'x/': '' }),
    );
    expect((await loadAll()).files).toEqual(['inbox/a.zip#x/一.csv', 'inbox/a.zip#x/二.csv']);
    await project.put('a.zip', zip({ 'x/一.csv': csv, 'x/二.csv': csv.replace('1', '8') }));
    expect((await project.extract('2026-11-21T00:00:00.000Z')).loads.map((load) => load.file)).toEqual([
      'inbox/a.zip#x/二.csv',
    ]);
  });

  test('a member that cannot be read does not keep the others', async () => {
    await project.put(
      'a.zip',
      zip({ 'a.csv': '', 'b.csv': csv, 'c.csv.gz': gzipSync(csv.replace('1', '3')), 'd.zip': zip({ 'a.csv': csv }) }),
    );
    const { loads, problems } = await project.extract();
    expect(loads.map((load) => load.file)).toEqual(['inbox/a.zip#b.csv', 'inbox/a.zip#c.csv.gz']);
    expect(problems.map((problem) => problem.file)).toEqual(['inbox/a.zip#a.csv', 'inbox/a.zip#d.zip']);
  });

  test.each([
    ['gzip cut off', 'a.csv.gz', gzipSync(csv.repeat(1000)).subarray(0, -20), /end in the middle/],
    ['gzip damaged', 'a.csv.gz', damaged(gzipSync(csv.repeat(1000))), /damaged gzip data/],
    ['zip cut off', 'a.zip', zip({ 'a.csv': csv }).subarray(0, -10), /damaged zip data/],
    ['zip damaged', 'a.zip', damaged(zip({ 'a.csv': csv.repeat(1000) }), 60), /damaged zip data/],
    ['zip without files', 'a.zip', zip({ 'x/': '' }), /without any file/],
  ])('%s is a problem', async (_, name, bytes, message) => {
    const [problem, ...others] = await problemsOf(name, bytes);
    expect(problem).toMatch(message);
    expect(others).toEqual([]);
  });
});

describe('preview', () => {
  test('shows columns and masked rows of what is new and what is loaded, and writes nothing to raw', async () => {
    await project.put('a.csv', 'message_id,ticket_id,body,mobile\n1,2,电话13812345678,13812345678\n2,2\n');
    await project.put('b.csv', 'foreign\n1\n');
    const { previews, problems } = await preview({ ...project.options(), rows: 3 });
    expect(previews).toMatchObject([
      {
        source: 'shop',
        table: 'messages',
        file: 'inbox/a.csv',
        format: 'csv',
        encoding: 'utf-8',
        columns: {
          found: ['message_id', 'ticket_id', 'body', 'mobile'],
          used: ['message_id', 'ticket_id', 'body'],
          dropped: ['mobile'],
          missing: ['sent_at', 'sender', 'customer_id', '_key', 'tags'],
        },
        rows: [
          { message_id: '1', body: '电话［手机号］', _malformed: null },
          { message_id: null, _malformed: 'line 3: 2 cells where the header has 4' },
        ],
      },
    ]);
    expect(problems.map((problem) => problem.file)).toEqual(['inbox/b.csv']);
    await expect(stat(join(project.folder, 'data/raw'))).rejects.toThrow();
  });
});

test('the same records are the same in raw, whatever they come in', async () => {
  const names = ['message_id', 'ticket_id', 'sent_at', 'sender', 'customer_id', 'body'];
  const records = Array.from({ length: 50 }, (_, n) => [
    `m${n}`,
    String(4823749182374918000n + BigInt(n)),
    '2026-01-02 03:04:05',
    n % 2 ? 'agent' : '',
    `买家${n % 7}`,
    `第${n}条，"你好"\n13812345678`,
  ]);
  const table = [names, ...records];
  const text = table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
  const objects = records.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(table));
  await project.put('a.csv', text);
  await project.put('b.csv.gz', gzipSync(`${text}\r\n`));
  await project.put('c.csv', Buffer.from(`\ufeff${text}`, 'utf16le'));
  await project.put('d.xlsx', new Uint8Array(xlsx.write(book, { type: 'array' })));
  await project.put('e.xls', new Uint8Array(xlsx.write(book, { type: 'array', bookType: 'biff8' })));
  await project.put('f.json', JSON.stringify(objects));
  await project.put('g.ndjson', objects.map((object) => JSON.stringify(object)).join('\n'));
  await project.connection.run(
    `copy (select ${names.join(', ')} from read_json(${pathLiteral(join(project.folder, 'inbox/f.json'))})) to ${literal(join(project.folder, 'inbox/h.parquet'))} (format parquet)`,
  );
  const { loads, problems } = await extractFiles(project.options());
  expect(problems).toEqual([]);
  expect(loads).toHaveLength(8);
  const [first, ...others] = await Promise.all(loads.map((load) => project.rows(load)));
  expect(first).toHaveLength(50);
  for (const rows of others) expect(rows).toEqual(first);
});

function damaged(bytes: Buffer, at = 30): Buffer {
  return Buffer.from(bytes.map((byte, index) => (index >= at && index < at + 4 ? byte ^ 0x55 : byte)));
}
