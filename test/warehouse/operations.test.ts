import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OutdatedSnapshotError, unlessOutdated } from '#lib/server/outdated.ts';
import * as quarantine from '#lib/server/quarantine.ts';
import { snapshotPath } from '#lib/server/snapshot.ts';
import * as sources from '#lib/server/sources.ts';
import { type Warehouse } from '#lib/server/warehouse.ts';
import { type Scope, everything } from '#lib/access/principal.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

const yaml = `
timezone: Asia/Shanghai
brands: [{ id: north }, { id: south }]
vendors: [{ id: suda }]
sources:
  - { name: desk, tables: { tickets: inbox/tickets*.csv } }
  - { name: shop, tables: { refunds: inbox/refunds.csv } }
  - { name: goods, brand: north, tables: { products: inbox/products.csv } }
`;

let project: WarehouseProject;

beforeAll(async () => {
  project = await openWarehouseProject(yaml);
  await project.put(
    'inbox/tickets.csv',
    [
      'ticket_id,brand_id,vendor_id,opened_at,status',
      't1,north,suda,2026-10-12 10:00:00,open',
      't2,north,suda,yesterday,open',
      't3,west,suda,2026-10-12 10:00:00,open',
      't4,south,,2026-10-12 10:00:00,finished',
      '',
    ].join('\n'),
  );
  await project.put('inbox/tickets-2.csv', 'ticket_id,brand_id,opened_at,status\nt5,west,2026-10-13 10:00:00,open\n');
  await project.put(
    'inbox/refunds.csv',
    'refund_id,brand_id,applied_at,updated_at\nr1,north,2026-10-10 10:00:00,2026-10-10 10:00:01\nr1,north,2026-10-10 10:00:00,\n',
  );
  await project.put('inbox/products.csv', 'sku_id,brand_id,title\ns1,north,"<b>bold</b>"\n,north,no id\n');
  await project.run();
});

afterAll(() => project.close());

const asked = { source: null, table: null, column: null, reason: null, limit: 50, offset: 0 };
const read = <T>(look: (warehouse: Warehouse) => Promise<T>): Promise<T> => project.read(look);

const partial: [string, Scope][] = [
  ['of one brand', { ...everything, brands: ['north'] }],
  ['of all brands by name', { ...everything, brands: ['north', 'south'] }],
  ['of one vendor', { ...everything, vendors: ['suda'] }],
  ['of one agent', { ...everything, agents: ['anna'] }],
  ['of nothing', { brands: [], vendors: [], agents: [] }],
];

test.each(partial)('a principal %s sees neither quarantine nor files nor sources', async (_name, scope) => {
  await read(async (warehouse) => {
    expect(await quarantine.counts(warehouse, scope)).toEqual([]);
    expect(await quarantine.records(warehouse, scope, asked)).toEqual([]);
    expect(await sources.accounts(warehouse, scope)).toEqual([]);
    expect(await sources.reach(warehouse, scope)).toEqual([]);
  });
});

test('the quarantine is counted by source, table, column and reason', async () => {
  expect(await read((warehouse) => quarantine.counts(warehouse, everything))).toEqual([
    { source: 'desk', table: 'tickets', column: 'brand_id', reason: 'undeclared', records: 2 },
    { source: 'desk', table: 'tickets', column: 'opened_at', reason: 'unreadable', records: 1 },
    { source: 'desk', table: 'tickets', column: 'status', reason: 'unknown', records: 1 },
    { source: 'goods', table: 'products', column: 'sku_id', reason: 'missing', records: 1 },
  ]);
});

test('a record in quarantine comes with its place, what was wrong and all its columns as read', async () => {
  const rows = await read((warehouse) => quarantine.records(warehouse, everything, asked));
  expect(rows.map(({ file, record, column, value }) => [file, record, column, value])).toEqual(
    expect.arrayContaining([
      ['inbox/tickets.csv', 2, 'opened_at', 'yesterday'],
      ['inbox/tickets.csv', 3, 'brand_id', 'west'],
      ['inbox/tickets.csv', 4, 'status', 'finished'],
      ['inbox/tickets-2.csv', 1, 'brand_id', 'west'],
      ['inbox/products.csv', 2, 'sku_id', null],
    ]),
  );
  expect(rows).toHaveLength(5);
  const fields = rows.find(({ value }) => value === 'finished')?.fields ?? [];
  expect(fields).toContainEqual({ column: 'ticket_id', value: 't4' });
  expect(fields).toContainEqual({ column: 'vendor_id', value: null });
});

test.each([
  [{ source: 'desk' }, 4],
  [{ reason: 'undeclared' }, 2],
  [{ table: 'products' }, 1],
  [{ column: 'status', source: 'desk' }, 1],
  [{ source: 'desk', reason: 'missing' }, 0],
  [{ source: "desk' or true --" }, 0],
])('%j is the filter of %i records, in the list as in the counts', async (filter, expected) => {
  const wanted = { ...asked, ...filter };
  await read(async (warehouse) => {
    expect(await quarantine.records(warehouse, everything, wanted)).toHaveLength(expected);
    const counts = await quarantine.counts(warehouse, everything);
    const matching = counts.filter((count) => quarantine.isAsked(count, wanted));
    expect(matching.reduce((sum, { records }) => sum + records, 0)).toBe(expected);
  });
});

test('pages follow each other without a gap', async () => {
  await read(async (warehouse) => {
    const all = await quarantine.records(warehouse, everything, asked);
    const first = await quarantine.records(warehouse, everything, { ...asked, limit: 3 });
    const second = await quarantine.records(warehouse, everything, { ...asked, limit: 3, offset: 3 });
    expect([...first, ...second]).toEqual(all);
  });
});

test('where the records of a table went adds up over its files', async () => {
  const accounts = await read((warehouse) => sources.accounts(warehouse, everything));
  expect(accounts).toMatchObject([
    { source: 'desk', table: 'tickets', files: 2, records: 5, loaded: 1, superseded: 0, ignored: 0, quarantined: 4 },
    { source: 'goods', table: 'products', files: 1, records: 2, loaded: 1, quarantined: 1 },
    { source: 'shop', table: 'refunds', files: 1, records: 2, loaded: 1, superseded: 1, quarantined: 0 },
  ]);
  for (const { records, loaded, superseded, ignored, quarantined } of accounts)
    expect(loaded + superseded + ignored + quarantined).toBe(records);
});

test('the source that reaches least far sets the as-of', async () => {
  await read(async (warehouse) => {
    const reach = await sources.reach(warehouse, everything);
    expect(reach).toMatchObject([
      { source: 'shop', knownUntil: '2026-10-10T02:00:01.000Z', isLast: true, isDatabase: false },
      { source: 'desk', knownUntil: '2026-10-12T02:00:00.000Z', isLast: false, behindSeconds: 0 },
    ]);
    expect(warehouse.current.asOf).toBe(reach[0]?.knownUntil);
    expect(reach[0]?.behindSeconds).toBe(2 * 86_400 - 1);
  });
});

test('no source sets an as-of that was asked for', async () => {
  const other = await openWarehouseProject(yaml);
  await other.put('inbox/tickets.csv', 'ticket_id,brand_id,opened_at,status\nt1,north,2026-10-12 10:00:00,open\n');
  await other.run({ asOf: '2026-10-12T12:00:00Z' });
  const reach = await other.read((warehouse) => sources.reach(warehouse, everything));
  expect(reach).toMatchObject([{ source: 'desk', isLast: false }]);
  await other.close();
});

test('a snapshot that an older version built says so instead of failing anyhow', async () => {
  const other = await openWarehouseProject(yaml);
  await other.put('inbox/tickets.csv', 'ticket_id,brand_id,opened_at,status\nt1,north,2026-10-12 10:00:00,open\n');
  await other.run({ asOf: '2026-10-12T12:00:00Z' });
  const { snapshot } = await other.read(async ({ current }) => current);
  const instance = await DuckDBInstance.create(snapshotPath(other.dataDir, snapshot));
  const connection = await instance.connect();
  await connection.run('drop macro table scoped.source_reach');
  connection.closeSync();
  instance.closeSync();
  await other.read(async (warehouse) => {
    const reach = sources.reach(warehouse, everything);
    await expect(reach).rejects.toThrow(OutdatedSnapshotError);
    await expect(reach).rejects.toThrow(`snapshot ${snapshot} was built by another version of this program`);
    expect(await unlessOutdated(sources.reach(warehouse, everything))).toBeNull();
    expect(await sources.accounts(warehouse, everything)).toHaveLength(1);
  });
  await other.close();
});
