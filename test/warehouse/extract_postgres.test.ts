import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseTable } from '#lib/server/config.ts';
import { listExtractions } from '../../pipeline/extract/extractions.ts';
import type { ExtractProblem } from '../../pipeline/extract/files.ts';
import { listLoads, type Load } from '../../pipeline/extract/loads.ts';
import { extractPostgres } from '../../pipeline/extract/postgres.ts';
import { preview } from '../../pipeline/extract/preview.ts';
import { messages, openProject, type Project } from './extract_project.ts';
import { startPostgres } from './postgres_server.ts';

const whole: DatabaseTable = {
  from: { table: 'helpdesk.messages' },
  watermark: null,
  overlapSeconds: 0,
  columns: null,
};
const marked: DatabaseTable = { ...whole, watermark: 'sent_at', overlapSeconds: 7200 };

let server: Awaited<ReturnType<typeof startPostgres>>;
let client: Client;
let project: Project;
let night = 0;

beforeAll(async () => {
  server = await startPostgres();
  client = new Client({ connectionString: server.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.stop();
});

beforeEach(async () => {
  await client.query(`
    drop schema if exists helpdesk cascade;
    create schema helpdesk;
    create table helpdesk.messages (message_id bigint, ticket_id text, sent_at timestamptz, sender text, customer_id text, body text, mobile text);
    insert into helpdesk.messages values
      (4823749182374918237, 't1', '2026-03-01 10:00:00.123456+08', 'agent', '买家01', E'第一行\\n"引号", 电话13812345678', '13812345678'),
      (2, 't1', '2026-03-02 10:00:00+08', '', null, null, null);`);
});
afterEach(() => project.close());

async function open(settings: DatabaseTable, url = server.url): Promise<void> {
  project = await openProject(messages, { url, settings });
}

function extract(changes: { full?: boolean } = {}): Promise<{ loads: Load[]; problems: ExtractProblem[] }> {
  night += 1;
  return extractPostgres({ ...project.options(), now: new Date(Date.UTC(2026, 10, 1) + night * 1000), ...changes });
}

async function ids(load: Load | undefined): Promise<(string | null | undefined)[]> {
  return (await project.rows(load)).map((row) => row['message_id']);
}

describe('what comes out of the database', () => {
  test('is text as from a file: digits kept, instants in UTC, empty text null, customers hashed, texts masked', async () => {
    await open(whole);
    const { loads, problems } = await extract();
    expect(problems).toEqual([]);
    const rows = await project.rows(loads[0]);
    expect(rows).toMatchObject([
      {
        message_id: '4823749182374918237',
        sent_at: '2026-03-01T02:00:00.123456Z',
        sender: 'agent',
        body: '第一行\n"引号", 电话［手机号］',
      },
      { message_id: '2', sent_at: '2026-03-02T02:00:00.000000Z', sender: null, customer_id: null, body: null },
    ]);
    expect(rows[0]?.['customer_id']).toMatch(/^[0-9a-f]{20}$/);
    expect(Object.keys(rows[0] ?? {})).not.toContain('mobile');
  });

  test('native types read back', async () => {
    await client.query(
      `create view helpdesk.typed as select 1::int as message_id, 12.50::numeric as ticket_id, '2026-03-01 10:00:00'::timestamp as sent_at, true as sender, '{"a":[1,2.50]}'::jsonb as body`,
    );
    await open({ ...whole, from: { table: 'helpdesk.typed' } });
    const { loads } = await extract();
    expect(await project.rows(loads[0])).toMatchObject([
      { message_id: '1', ticket_id: '12.50', sent_at: '2026-03-01 10:00:00', sender: 't', body: '{"a": [1, 2.50]}' },
    ]);
  });

  test('is described in the load, with the instant of the database', async () => {
    await open(marked);
    const { loads } = await extract();
    const [listed] = await listLoads(join(project.folder, 'data'));
    expect(listed).toEqual(loads[0]);
    expect(listed).toMatchObject({ format: 'postgres', records: 2, highWaterMark: '2026-03-02 02:00:00+00' });
    expect(listed?.columns).toContain('mobile');
    expect(listed?.file).toMatch(/^postgresql:\/\/localhost:\d+\/helpdesk#helpdesk\.messages$/);
    expect(Math.abs(Date.parse(listed?.extractedAt ?? '') - Date.now())).toBeLessThan(60_000);
  });

  test('may be a query', async () => {
    await open({
      ...whole,
      from: { query: `select message_id, ticket_id, 'bot' as sender from helpdesk.messages where message_id = 2;` },
    });
    const { loads } = await extract();
    expect(await project.rows(loads[0])).toMatchObject([{ message_id: '2', sender: 'bot' }]);
  });

  test('a cell of 3 MB is kept', async () => {
    await client.query(`update helpdesk.messages set body = repeat('好', 1000000) where message_id = 2`);
    await open(whole);
    const { loads } = await extract();
    expect((await project.rows(loads[0]))[1]?.['body']).toHaveLength(1_000_000);
  });
});

describe('from night to night', () => {
  test('an unchanged table makes no load, a changed one a whole one', async () => {
    await open(whole);
    expect((await extract()).loads).toHaveLength(1);
    expect((await extract()).loads).toHaveLength(0);
    await client.query(`update helpdesk.messages set sender = 'bot' where message_id = 2`);
    expect((await extract()).loads[0]?.records).toBe(2);
  });

  test('with a watermark only rows from the mark less the overlap on are pulled', async () => {
    await open(marked);
    await extract();
    await client.query(`insert into helpdesk.messages (message_id, ticket_id, sent_at) values
      (3, 't2', '2026-03-02 08:30:00+08'), (4, 't2', '2026-03-02 07:30:00+08'), (5, 't2', '2026-03-03 08:30:00+08'), (6, 't2', null)`);
    const { loads } = await extract();
    expect((await ids(loads[0])).toSorted()).toEqual(['2', '3', '5', '6']);
    expect(loads[0]?.highWaterMark).toBe('2026-03-03 00:30:00+00');
    await extract();
    expect((await extract()).loads).toEqual([]);
  });

  test('a row dated after now does not hide those that follow', async () => {
    await client.query(`insert into helpdesk.messages (message_id, ticket_id, sent_at) values (9, 't9', '2099-01-01')`);
    await open(marked);
    await extract();
    await client.query(`insert into helpdesk.messages (message_id, ticket_id, sent_at) values (10, 't9', now())`);
    expect(await ids((await extract()).loads[0])).toContain('10');
  });

  test('a watermark may be a number', async () => {
    await open({
      ...marked,
      watermark: 'message_id',
      from: { query: 'select * from helpdesk.messages where message_id < 1000' },
    });
    await extract();
    await client.query(`insert into helpdesk.messages (message_id, ticket_id) values (1, 't2'), (3, 't2')`);
    expect((await ids((await extract()).loads[0])).toSorted()).toEqual(['2', '3']);
  });

  test('a watermark may be a local time', async () => {
    await open({
      ...marked,
      from: {
        query: `select message_id, ticket_id, sent_at at time zone 'Asia/Shanghai' as sent_at from helpdesk.messages`,
      },
    });
    expect((await extract()).loads[0]?.highWaterMark).toBe('2026-03-02 10:00:00');
    await client.query(
      `insert into helpdesk.messages (message_id, ticket_id, sent_at) values (7, 't2', '2026-03-02 09:00+08'), (8, 't2', '2026-03-02 07:00+08')`,
    );
    expect((await ids((await extract()).loads[0])).toSorted()).toEqual(['2', '7']);
  });

  test('a full run pulls everything', async () => {
    await open(marked);
    await extract();
    expect((await extract({ full: true })).loads[0]?.records).toBe(2);
  });

  test('a pull that brings nothing still tells when the database was read', async () => {
    await open(whole);
    await extract();
    const first = (await listExtractions(join(project.folder, 'data'))).get('shop') ?? '';
    await extract();
    const second = (await listExtractions(join(project.folder, 'data'))).get('shop') ?? '';
    expect(Date.parse(second)).toBeGreaterThan(Date.parse(first));
  });

  test('an empty table is a load without records, once', async () => {
    await client.query('truncate helpdesk.messages');
    await open(marked);
    expect((await extract()).loads[0]).toMatchObject({ records: 0, highWaterMark: undefined });
    expect((await extract()).loads).toEqual([]);
  });
});

describe('what goes wrong is told without the password', () => {
  async function problemOf(): Promise<string> {
    const { loads, problems } = await extract();
    expect(loads).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toMatch(/p@ss|p%40ss|wrong%20secret|wrong secret/);
    expect(problems[0]?.remedy).not.toBe('');
    return problems[0]?.message ?? '';
  }

  test.each([
    [
      'a wrong password',
      (url: string) => url.replace(/:p%40ss[^@]*@/, ':wrong%20secret@'),
      /password authentication failed/,
    ],
    ['a server that is not there', (url: string) => url.replace(/:\d+\//, ':1/'), /ECONNREFUSED/],
    ['an unknown host', (url: string) => url.replace('localhost', 'no-such-host.invalid'), /no-such-host/],
    ['an unknown database', (url: string) => url.replace(/helpdesk$/, 'nowhere'), /nowhere/],
  ])('%s', async (_, change, message) => {
    await open(whole, change(server.url));
    expect(await problemOf()).toMatch(message);
  });

  test.each([
    [
      'a missing table',
      { ...whole, from: { table: 'helpdesk.nothing' } },
      /relation "helpdesk.nothing" does not exist/,
    ],
    [
      'a missing column',
      { ...whole, from: { query: 'select message_id, ticket_id as ticketid from helpdesk.messages' } },
      /missing: ticket_id \(nearest: ticketid\)/,
    ],
    ['a missing watermark', { ...whole, watermark: 'changed_at' }, /changed_at/],
    [
      'a query that writes',
      { ...whole, from: { query: 'delete from helpdesk.messages returning *' } },
      /syntax error|not allowed|read-only/,
    ],
  ])('%s', async (_, settings, message) => {
    await open(settings);
    expect(await problemOf()).toMatch(message);
  });
});

test('a pull that cannot be written ends at once, though the server still has rows to send', async () => {
  await client.query(
    `insert into helpdesk.messages (message_id, ticket_id, body) select i, 't', repeat('x', 200) from generate_series(10, 200000) i`,
  );
  await open(whole);
  const inTheWay = join(project.folder, 'data/tmp/postgres/1.csv');
  const options = { ...project.options(), onProgress: () => void mkdirSync(inTheWay, { recursive: true }) };
  await expect(extractPostgres(options)).rejects.toThrow('EISDIR');
}, 20_000);

test('the preview shows columns and masked rows and writes nothing to raw', async () => {
  await open(marked);
  const { previews, problems } = await preview({ ...project.options(), rows: 1 });
  expect(problems).toEqual([]);
  expect(previews).toMatchObject([
    {
      table: 'messages',
      format: 'postgres',
      columns: { dropped: ['mobile'] },
      rows: [{ body: '第一行\n"引号", 电话［手机号］' }],
    },
  ]);
  expect(await listLoads(join(project.folder, 'data'))).toEqual([]);
});
