import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AdapterError, type SourceAdapter, readAdapters } from '../../pipeline/build/adapters.ts';
import { queriesFolder } from '../../pipeline/build/relations.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;
let folder: string;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  connection = await instance.connect();
  folder = await mkdtemp(join(tmpdir(), 'aftersight-adapter-'));
});

afterAll(async () => {
  connection.closeSync();
  instance.closeSync();
  await rm(folder, { recursive: true });
});

let kinds = 0;

/** Reads the adapter that a folder with these files is. */
async function adapt(files: Record<string, string>): Promise<SourceAdapter> {
  kinds += 1;
  const kind = `kind_${kinds}`;
  await mkdir(join(folder, kind));
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, kind, name), sql);
  const adapter = (await readAdapters(connection, [{ name: 'shop', kind }], folder)).get('shop');
  if (!adapter) throw new Error('no adapter');
  return adapter;
}

test('raw keeps the columns an adapter reads and no others, under the rules of its header', async () => {
  const adapter = await adapt({
    'tickets.sql': `-- One row per ticket.
-- hash: buyer
-- mask: title, note
-- require: no
select no as ticket_id, buyer as customer_id, coalesce(title, note) as reason_agent, _load, _record from raw.orders where kind = 'ticket'`,
  });
  expect(adapter.rawTables).toEqual([
    {
      table: 'orders',
      columns: expect.arrayContaining(['no', 'buyer', 'title', 'note', 'kind']),
      hash: ['buyer'],
      mask: ['title', 'note'],
      require: ['no'],
    },
  ]);
  expect(adapter.rawTables[0]?.columns).toHaveLength(5);
});

test('two mappings over one raw table add up; each tells whose records its rows are', async () => {
  const adapter = await adapt({
    'tickets.sql':
      '-- require: log.id\nselect l.id as ticket_id, p.name as sku_id, l._load, l._record from raw.log as l left join raw.parts as p on p.part = l.part',
    'events.sql': 'select id as ticket_id, happened, _load, _record from raw.log',
  });
  const columns = Object.fromEntries(adapter.rawTables.map((raw) => [raw.table, raw.columns.toSorted()]));
  expect(columns).toEqual({ log: ['happened', 'id', 'part'], parts: ['name', 'part'] });
  expect(adapter.rawTables.find(({ table }) => table === 'log')?.require).toEqual(['id']);
  expect(adapter.rawTables.find(({ table }) => table === 'parts')?.require).toEqual([]);
  expect(adapter.mappings.map(({ table, rowsOf }) => [table, rowsOf])).toEqual([
    ['events', 'log'],
    ['tickets', 'log'],
  ]);
});

test('two sources of one kind have an adapter each', async () => {
  const sources = [
    { name: 'north', kind: 'files' },
    { name: 'south', kind: 'files' },
  ];
  const adapters = await readAdapters(connection, sources, folder);
  expect([...adapters.values()].map(({ source, kind }) => [source, kind])).toEqual([
    ['north', 'files'],
    ['south', 'files'],
  ]);
});

test('every built-in adapter can be read', async () => {
  const builtIn = await readdir(join(queriesFolder, 'sources'));
  const adapters = await readAdapters(
    connection,
    builtIn.map((kind) => ({ name: kind, kind })),
    folder,
  );
  expect([...adapters.keys()].toSorted()).toEqual(builtIn.toSorted());
});

const wrong: [what: string, file: string, sql: string, said: string][] = [
  ['a star', 'tickets.sql', 'select * from raw.tickets', 'uses *'],
  ['a star of a table', 'tickets.sql', 'select t.*, _load, _record from raw.tickets as t', 'uses *'],
  [
    'a relation outside raw',
    'tickets.sql',
    'select id as ticket_id, _load, _record from raw.t join marts.cases using (id)',
    'reads marts.cases',
  ],
  ['no relation', 'tickets.sql', 'select 1 as ticket_id', 'reads nothing'],
  [
    'a file of its own choosing',
    'tickets.sql',
    "select a as ticket_id, _load, _record from read_csv('/etc/passwd')",
    'reads nothing',
  ],
  [
    'a rule that could mean two tables',
    'tickets.sql',
    '-- hash: id\nselect a.id as ticket_id, a._load, a._record from raw.a join raw.b using (id)',
    'write a.id or b.id',
  ],
  [
    'a rule for a column that it does not read',
    'tickets.sql',
    '-- mask: bdy\nselect id as ticket_id, body as reason_agent, _load, _record from raw.t',
    '"-- mask: bdy" names no column that the SELECT reads; allowed: id, body (did you mean body?)',
  ],
  [
    'a rule for an alias',
    'tickets.sql',
    '-- Hash: c.buyer\nselect c.id as ticket_id, c.buyer as customer_id, c._load, c._record from raw.cases as c join raw.u on u.id = c.id',
    '"-- hash: c.buyer" names no column that the SELECT reads; allowed: cases.id, cases.buyer, u.id',
  ],
  ['no _load and _record', 'tickets.sql', 'select id as ticket_id from raw.tickets', 'select _load and _record'],
  ['no _record', 'tickets.sql', 'select id as ticket_id, _load from raw.tickets', 'select _load and _record'],
  [
    '_load of no table in particular',
    'tickets.sql',
    'select a.id as ticket_id, _load, _record from raw.a join raw.b using (id)',
    'as in a._load',
  ],
  [
    'a name of its own in where, where raw has a column of that name',
    'tickets.sql',
    "select id as ticket_id, _load, _record from raw.t where ticket_id is not null and kind = 'x'",
    'ticket_id is both a name given by this SELECT and a column it reads; the column would be taken, which is null where the file has none; write id for the first, t.ticket_id for the second',
  ],
  [
    'a name of its own in another column',
    'tickets.sql',
    'select coalesce(a, b) as ticket_id, upper(Ticket_ID) as order_id, o._load, o._record from raw.orders as o',
    'write its expression for the first, o.ticket_id for the second',
  ],
  [
    'a name of its own in a part of a union',
    'tickets.sql',
    'with x as (select no as id, a, _load, _record from raw.t qualify row_number() over (partition by id order by a) = 1) select id as ticket_id, _load, _record from x',
    'write no for the first, t.id for the second',
  ],
  [
    'a table nobody knows',
    'complaints.sql',
    'select id, _load, _record from raw.complaints',
    'allowed: tickets, messages',
  ],
  ['a typing error', 'tickets.sql', 'select id as from raw.tickets', 'syntax error'],
];

test.each(wrong)('adapter SQL with %s is refused by file and remedy', async (_what, file, sql, said) => {
  const attempt = adapt({ [file]: sql });
  await expect(attempt).rejects.toThrow(AdapterError);
  await expect(attempt).rejects.toThrow(join(folder, `kind_${kinds}`, file));
  await expect(attempt).rejects.toThrow(said);
});

test.each([
  'select trim(ticket_id) as ticket_id, _load, _record from raw.t where ticket_id is not null',
  'select id as ticket_id, _load, _record from raw.t where t.ticket_id is null',
  'select id as ticket_id, _load, _record from raw.t order by ticket_id',
  'select t.id as ticket_id, t._load, t._record from raw.t as t where id in (select ticket_id from raw.u)',
  'with x as (select id as ticket_id, _load, _record from raw.t) select ticket_id, _load, _record from x where ticket_id is not null',
])('adapter SQL that can mean one thing only is taken: %s', async (sql) => {
  await expect(adapt({ 'tickets.sql': sql })).resolves.toBeDefined();
});

test('a folder without SQL is refused with the names of the files to write', async () => {
  await expect(adapt({ 'README.md': 'soon' })).rejects.toThrow(/no [.]sql file; .*tickets, messages/);
});
