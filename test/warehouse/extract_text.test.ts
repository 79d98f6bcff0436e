import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { extractFiles } from '../../pipeline/extract/files.ts';
import { listLoads } from '../../pipeline/extract/loads.ts';
import { visitParts } from '../../pipeline/extract/parts.ts';
import { openWorkspace } from '../../pipeline/extract/workspace.ts';
import { openProject, type Project } from './extract_project.ts';

let project: Project;
beforeEach(async () => {
  project = await openProject();
});
afterEach(() => project.close());

const header = 'message_id,ticket_id,sent_at,sender,body\n';

async function loadOne(
  name: string,
  content: string | Uint8Array,
): Promise<{ rows: Record<string, string | null>[]; counts: number[]; encoding: string }> {
  await project.put(name, content);
  const { loads, problems } = await project.extract();
  expect(problems).toEqual([]);
  const [load] = loads;
  return {
    rows: await project.rows(load),
    counts: [load?.records ?? -1, load?.blank ?? -1, load?.total ?? -1, load?.malformed ?? -1],
    encoding: load?.encoding ?? '',
  };
}

async function problemOf(name: string, content: string | Uint8Array): Promise<string> {
  await project.put(name, content);
  const { loads, problems } = await project.extract();
  expect(loads).toEqual([]);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.remedy).not.toBe('');
  return problems[0]?.message ?? '';
}

describe('what a record is', () => {
  test('empty cells, quoted or not, are null', async () => {
    const { rows } = await loadOne('a.csv', `${header}1,2,"",,x\n`);
    expect(rows).toEqual([
      { message_id: '1', ticket_id: '2', sent_at: null, sender: null, body: 'x', _ignored: null, _malformed: null },
    ]);
  });

  test('a line without any character is none, a line of delimiters is a blank one', async () => {
    const { rows, counts } = await loadOne('a.csv', `${header}1,2,3,4,x\n\n , ,"",\u3000,\n2,2,3,4,y\n\n`);
    expect(counts).toEqual([3, 1, 0, 0]);
    expect(rows.map((row) => row['_ignored'])).toEqual([null, 'blank', null]);
  });

  test('with columns that raw drops, a record is blank only if those are empty too', async () => {
    const { rows } = await loadOne('a.csv', 'message_id,other,ticket_id\n,,\n,x,\n');
    expect(rows.map((row) => row['_ignored'])).toEqual(['blank', null]);
  });

  test.each(['合计', ' 总计： ', 'ＴＯＴＡＬ', 'Grand  Total:', '平均值', 'sum'])(
    '%s in the first column makes a total row',
    async (word) => {
      const { rows } = await loadOne('a.csv', `${header}1,2,3,4,x\n${word},,,,12\n`);
      expect(rows.map((row) => row['_ignored'])).toEqual([null, 'total']);
    },
  );

  test.each(['总计划', 'total-1', 'summary', 'T1', '小'])('%s in the first column is an id', async (word) => {
    const { rows } = await loadOne('a.csv', `${header}${word},2,3,4,x\n`);
    expect(rows.map((row) => row['_ignored'])).toEqual([null]);
  });

  test('a word for a total elsewhere is content', async () => {
    const { rows } = await loadOne('a.csv', `${header},合计,3,4,x\n`);
    expect(rows[0]?.['_ignored']).toBeNull();
  });

  test('a total row may be shorter than the header', async () => {
    const { counts } = await loadOne('a.csv', `${header}1,2,3,4,x\n合计,1\n`);
    expect(counts).toEqual([2, 0, 1, 0]);
  });
});

describe('a bad record does not spoil the next', () => {
  test('too few and too many cells, with the physical line', async () => {
    const { rows, counts } = await loadOne('a.csv', `${header}1,2,3,4,"two\nlines"\n2,2\n3,2,3,4,x,5\n4,2,3,4,y\n`);
    expect(counts).toEqual([4, 0, 0, 2]);
    expect(rows.map((row) => row['message_id'])).toEqual(['1', null, null, '4']);
    expect(rows.map((row) => row['_malformed'])).toEqual([
      null,
      'line 4: 2 cells where the header has 5',
      'line 5: 6 cells where the header has 5',
      null,
    ]);
  });

  test('a quote that is never closed takes one line with it', async () => {
    const lines = Array.from(
      { length: 100 },
      (_, n) => `${n},2,3,4,${n === 50 ? '"open' : n % 2 ? '""' : `"text ${n}"`}`,
    );
    const { rows, counts } = await loadOne('a.csv', header + lines.join('\n'));
    expect(counts).toEqual([100, 0, 0, 1]);
    expect(rows[50]?.['_malformed']).toMatch(/^line 52: /);
    expect(rows[51]?.['message_id']).toBe('51');
  });

  test('text behind a closing quote', async () => {
    const { rows } = await loadOne('a.csv', `${header}1,2,3,4,"he said "hi" twice"\n2,2,3,4,y\n`);
    expect(rows.map((row) => row['_malformed'])).toEqual(['line 2: text follows a closing quote', null]);
  });

  test('bytes that are not UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${header}1,2,3,4,你好\n2,2,3,4,`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('\n3,2,3,4,世界\n'),
    ]);
    const { rows, encoding } = await loadOne('a.csv', bytes);
    expect(encoding).toBe('utf-8');
    expect(rows.map((row) => row['body'])).toEqual(['你好', null, '世界']);
    expect(rows[1]?.['_malformed']).toBe('line 3: bytes that are not UTF-8');
  });

  test('a NUL character', async () => {
    const { rows } = await loadOne('a.csv', `${header}1,2,3,4,x\n2,2,3,4,a\0b\n3,2,3,4,y\n`);
    expect(rows.map((row) => row['_malformed'])).toEqual([null, 'line 3: a NUL character', null]);
  });

  test('a cell of 10 MB is malformed, one of 3 MB is not', async () => {
    const { rows } = await loadOne(
      'a.csv',
      `${header}1,2,3,4,${'x'.repeat(10_000_000)}\n2,2,3,4,${'y'.repeat(3_000_000)}\n3,2,3,4,z\n`,
    );
    expect(rows.map((row) => row['body']?.length ?? null)).toEqual([null, 3_000_000, 1]);
    expect(rows[0]?.['_malformed']).toMatch(/^line 2: cell 5 has 10000000 characters/);
  });

  test('what is wrong is told without the personal data in it', async () => {
    const { rows } = await loadOne('a.csv', `${header}1,13812345678\n`);
    expect(JSON.stringify(rows)).not.toContain('13812345678');
  });
});

describe('the text as it comes', () => {
  test.each([
    ['UTF-8', Buffer.from(`${header}1,2,3,4,尺码\n`), 'utf-8'],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${header}1,2,3,4,尺码\n`), 'utf-8'],
    ['UTF-16 little-endian', Buffer.from(`\ufeff${header}1,2,3,4,尺码\n`, 'utf16le'), 'utf-16le'],
    ['UTF-16 big-endian', Buffer.from(`\ufeff${header}1,2,3,4,尺码\n`, 'utf16le').swap16(), 'utf-16be'],
    [
      'GB18030',
      Buffer.concat([Buffer.from(`${header}1,2,3,4,`), Buffer.from([0xb3, 0xdf, 0xc2, 0xeb, 0x0a])]),
      'gb18030',
    ],
  ])('%s', async (_, bytes, encoding) => {
    const found = await loadOne('a.csv', bytes);
    expect(found.rows[0]?.['message_id']).toBe('1');
    expect(found.rows[0]?.['body']).toBe('尺码');
    expect(found.encoding).toBe(encoding);
  });

  test('GB18030 with damaged lines keeps the others', async () => {
    const good = Buffer.concat([Buffer.from('2,2,3,4,'), Buffer.from([0xb3, 0xdf, 0xc2, 0xeb, 0x0a])]);
    const { rows, encoding } = await loadOne(
      'a.csv',
      Buffer.concat([Buffer.from(header), good, Buffer.from('1,2,3,4,'), Buffer.from([0xff, 0x0a]), good]),
    );
    expect(encoding).toBe('gb18030');
    expect(rows.map((row) => row['_malformed'])).toEqual([null, 'line 3: bytes that are not GB18030', null]);
  });

  test.each([',', '\t', ';', '|'])('delimiter %j', async (delimiter) => {
    const { rows } = await loadOne(
      'a.txt',
      ['message_id', 'ticket_id', 'body'].join(delimiter) +
        '\n' +
        ['1', '2', `a${delimiter === ',' ? ';' : ','}b`].join(delimiter),
    );
    expect(rows[0]?.['body']).toBe(delimiter === ',' ? 'a;b' : 'a,b');
  });

  test.each([
    ['mixed line endings', `${header}1,2,3,4,x\r\n2,2,3,4,y\n3,2,3,4,z`],
    ['old Macintosh line endings', `${header}1,2,3,4,x\n2,2,3,4,y\n3,2,3,4,z\n`.replaceAll('\n', '\r')],
    ['a lone carriage return as an ending', `${header}1,2,3,4,x\r2,2,3,4,y\n3,2,3,4,z`],
  ])('%s', async (_, text) => {
    const { rows } = await loadOne('a.csv', text);
    expect(rows.map((row) => row['body'])).toEqual(['x', 'y', 'z']);
  });

  test('values keep their spaces, tabs and digits', async () => {
    const { rows } = await loadOne('a.csv', `${header}\t1234567890123456789, 2,4.83E+18,¥12.50,x\n`);
    expect(rows[0]).toMatchObject({
      message_id: '\t1234567890123456789',
      ticket_id: ' 2',
      sent_at: '4.83E+18',
      sender: '¥12.50',
    });
  });
});

describe('the header', () => {
  test('is found below one or two group rows, which are no records', async () => {
    const { rows } = await loadOne('a.csv', `客服数据报表,,\n基本信息,,内容\nticket_id,message_id,body\n2,1,x\n`);
    expect(rows).toEqual([{ message_id: '1', ticket_id: '2', body: 'x', _ignored: null, _malformed: null }]);
  });

  test('is found below a title of one cell and an empty line', async () => {
    const { rows } = await loadOne('a.csv', `导出时间：2026-11-01\n\nticket_id,message_id,body\n2,1,x\n`);
    expect(rows.map((row) => row['message_id'])).toEqual(['1']);
  });

  test('matches by name whatever it is wrapped in, never by position', async () => {
    const { rows } = await loadOne('a.csv', `body,"\tTicket_ID ",'message_id'\nx,2,1\n`);
    expect(rows[0]).toMatchObject({ message_id: '1', ticket_id: '2', body: 'x' });
  });

  test('may contain line breaks', async () => {
    const { rows } = await loadOne('a.csv', `message_id,ticket_id,"amount\n(yuan)"\n1,2,3\n`);
    expect(rows).toHaveLength(1);
  });

  test('the first of two columns of one name is taken', async () => {
    const { rows } = await loadOne('a.csv', `message_id,ticket_id,body,body\n1,2,first,second\n`);
    expect(rows[0]?.['body']).toBe('first');
  });

  test('without a required column it says what was looked for, what was found and what is nearest', async () => {
    const message = await problemOf('a.csv', 'message id,ticket_id,text\n1,2,x\n');
    expect(message).toContain('inbox/a.csv');
    expect(message).toContain('missing: message_id (nearest: message id)');
    expect(message).toContain('found: message id, ticket_id, text');
  });

  test('alone is a load without records', async () => {
    const { counts } = await loadOne('a.csv', header);
    expect(counts).toEqual([0, 0, 0, 0]);
  });
});

describe('what cannot be read is a problem of its file', () => {
  test.each([
    ['an empty file', '', /nothing in it/],
    ['a file of line breaks', '\n\n', /nothing in it/],
    ['binary data', Buffer.from([1, 2, 0, 0, 5, 6, 7, 0, 9]), /binary data/],
    [
      'bytes of no encoding',
      Buffer.from(Array.from({ length: 3000 }, (_, n) => ((n * 7919 + n * n) % 255) + 1)),
      /offset \d+/,
    ],
  ])('%s', async (_, content, message) => {
    expect(await problemOf('a.csv', content)).toMatch(message);
  });

  test('the other files load', async () => {
    await project.put('a.csv', '');
    await project.put('b.csv', `${header}1,2,3,4,x\n`);
    await project.put('c.csv', 'foreign,names\n1,2\n');
    const { loads, problems } = await project.extract();
    expect(loads.map((load) => load.file)).toEqual(['inbox/b.csv']);
    expect(problems.map((problem) => problem.file)).toEqual(['inbox/a.csv', 'inbox/c.csv']);
  });

  test('one that is gone by the time it is read', async () => {
    const failures: string[] = [];
    await visitParts(join(project.folder, 'gone.csv'), 'gone.csv', await openWorkspace(project.folder, 'files'), {
      isLoaded: () => false,
      load: async () => {},
      fail: (_, error) => failures.push(error.message),
    });
    expect(failures).toEqual(['gone.csv: it is gone, or a link that leads nowhere']);
  });

  test('a path of the configuration may have the characters of patterns in it', async () => {
    await project.put('退款[2026] (1).csv', `${header}1,2,3,4,x\n`);
    const options = project.options();
    const sources = options.config.sources.map((source) => ({
      ...source,
      transport: 'files' as const,
      tables: { messages: { globs: ['inbox/退款[2026] (1).csv'] } },
    }));
    expect((await extractFiles({ ...options, config: { ...options.config, sources } })).loads).toHaveLength(1);
  });

  test('a pattern without any file is told apart from one with an unchanged file', async () => {
    expect((await project.extract()).unmatched).toEqual([{ source: 'shop', table: 'messages', pattern: 'inbox/**/*' }]);
    await project.put('a.csv', header);
    expect((await project.extract()).unmatched).toEqual([]);
    expect((await project.extract('2026-11-21T00:00:00.000Z')).unmatched).toEqual([]);
  });

  test('a table that no SQL reads is named', async () => {
    const options = project.options();
    const { problems } = await extractFiles({ ...options, adapters: new Map() });
    expect(problems[0]?.message).toContain('raw.messages');
  });
});

describe('raw', () => {
  test('a file is loaded once, again when its content changes, and again when it changes back', async () => {
    const [first, second] = [`${header}1,2,3,4,x\n`, `${header}1,2,3,4,y\n`];
    const counts: number[] = [];
    for (const [night, content] of [first, first, second, second, first].entries()) {
      await project.put('a.csv', content);
      counts.push((await project.extract(`2026-11-2${night}T00:00:00.000Z`)).loads.length);
    }
    expect(counts).toEqual([1, 0, 1, 0, 1]);
  });

  test('a copy of a loaded file is not loaded', async () => {
    await project.put('a.csv', `${header}1,2,3,4,x\n`);
    await project.put('b.csv', `${header}1,2,3,4,x\n`);
    expect((await project.extract()).loads).toHaveLength(1);
  });

  test('a full run loads everything again', async () => {
    await project.put('a.csv', `${header}1,2,3,4,x\n`);
    await project.extract();
    expect((await extractFiles({ ...project.options('2026-11-21T00:00:00.000Z'), full: true })).loads).toHaveLength(1);
  });

  test('loads are listed from the files alone, in the order in which they were loaded', async () => {
    await project.put('b.csv', `${header}1,2,3,4,x\n`);
    await project.put('a.csv', `${header}2,2,3,4,x\n合计,,,,\n,,,,\n1\n`);
    const night = await project.extract('2026-11-20T00:00:00.000Z');
    await project.put('c.csv', `${header}3,2,3,4,x\n`);
    const next = await project.extract('2026-11-21T00:00:00.000Z');
    const listed = await listLoads(join(project.folder, 'data'));
    expect(listed).toEqual([...night.loads, ...next.loads]);
    expect(listed.map((load) => load.file)).toEqual(['inbox/a.csv', 'inbox/b.csv', 'inbox/c.csv']);
    expect(listed[0]).toMatchObject({
      records: 4,
      total: 1,
      blank: 1,
      malformed: 1,
      columns: header.trim().split(','),
      loadedAt: '2026-11-20T00:00:00.000Z',
    });
    expect(listed[0]?.id).toMatch(/^20261120T000000000-0000-[0-9a-f]{8}$/);
  });

  test('keeps no column that the adapter does not read', async () => {
    const { rows } = await loadOne('a.csv', 'message_id,ticket_id,receiver_mobile\n1,2,13812345678\n');
    expect(Object.keys(rows[0] ?? {})).toEqual(['message_id', 'ticket_id', '_ignored', '_malformed']);
  });

  test('what a killed run left is removed, and no load is ever half-written', async () => {
    const data = join(project.folder, 'data');
    await mkdir(join(data, 'raw/shop/messages'), { recursive: true });
    await mkdir(join(data, 'tmp/files'), { recursive: true });
    await writeFile(join(data, 'raw/shop/messages/20261119T000000000-0000-00000000.parquet.tmp'), 'PAR1');
    await writeFile(join(data, 'tmp/files/1.csv'), '13812345678');
    await project.put('a.csv', `${header}1,2,3,4,x\n`);
    await project.extract();
    expect(await readdir(join(data, 'raw/shop/messages'))).toHaveLength(1);
    expect(await readdir(join(data, 'tmp'))).toEqual([]);
  });

  test('a file that changes while it is read is left for the next run', async () => {
    const path = await project.put('a.csv', `${header}1,2,3,4,x\n`);
    const failures: string[] = [];
    await visitParts(path, 'a.csv', await openWorkspace(join(project.folder, 'data'), 'files'), {
      isLoaded: () => false,
      load: async (part) => {
        await writeFile(path, `${header}1,2,3,4,x\n2,2,3,4,y\n`);
        await part.confirm();
      },
      fail: (_, error) => failures.push(error.message),
    });
    expect(failures).toEqual(['a.csv: it changed while it was being read']);
  });

  test('the hash of a customer is the same in every file, whatever the value is wrapped in', async () => {
    await project.put('a.csv', 'message_id,ticket_id,customer_id\n1,2,买家01\n');
    await project.put('b.csv', 'message_id,ticket_id,customer_id\n2,2,"\t买家01 "\n3,2,买家02\n4,2,\n');
    const { loads } = await project.extract();
    const [[a], [b, other, none]] = [await project.rows(loads[0]), await project.rows(loads[1])];
    expect(a?.['customer_id']).toMatch(/^[0-9a-f]{20}$/);
    expect(b?.['customer_id']).toBe(a?.['customer_id']);
    expect(other?.['customer_id']).not.toBe(a?.['customer_id']);
    expect(none?.['customer_id']).toBeNull();
  });

  test('another key gives another hash', async () => {
    await project.put('a.csv', 'message_id,ticket_id,customer_id\n1,2,买家01\n');
    const { loads } = await project.extract();
    const again = await extractFiles({
      ...project.options('2026-11-21T00:00:00.000Z'),
      full: true,
      key: Buffer.from('another'),
    });
    expect((await project.rows(again.loads[0]))[0]?.['customer_id']).not.toBe(
      (await project.rows(loads[0]))[0]?.['customer_id'],
    );
  });

  test('paths with the characters of patterns are read as they are', async () => {
    await project.put("[新] it's 50% (1)/退款{a}*?.csv", `${header}1,2,3,4,x\n`);
    expect((await project.extract()).loads).toHaveLength(1);
  });

  test('lock files of open workbooks and hidden files are no input', async () => {
    await project.put('~$a.xlsx', 'x');
    await project.put('.a.csv.swp', 'x');
    expect(await project.extract()).toMatchObject({ loads: [], problems: [] });
  });

  test('the time stamp of a file does not matter', async () => {
    const path = await project.put('a.csv', `${header}1,2,3,4,x\n`);
    await project.extract();
    await utimes(path, new Date(0), new Date(0));
    expect((await project.extract('2026-11-21T00:00:00.000Z')).loads).toEqual([]);
    await rm(path);
  });
});
