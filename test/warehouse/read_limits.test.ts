import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ReadTimeError } from '#lib/server/read_time.ts';
import { snapshotPath, snapshotsFolder } from '#lib/server/snapshot.ts';
import { type Warehouse, openWarehouse } from '#lib/server/warehouse.ts';
import { onFile } from './narrowed_snapshot.ts';

const endless = 'select count(*) from range(1000000) as a, range(1000000) as b where a.range * b.range % 7 = 3';

let folder: string;
let warehouse: Warehouse;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aftersight-limits-'));
  await mkdir(snapshotsFolder(folder));
  await onFile(snapshotPath(folder, 'one'), async (connection) => {
    await connection.run('create table t as select 1 as x');
  });
  const current = { snapshot: 'one', asOf: '2026-10-20T00:00:00Z', publishedAt: '2026-10-20T00:00:00Z' };
  await writeFile(join(snapshotsFolder(folder), 'current.json'), JSON.stringify(current));
  warehouse = await openWarehouse(folder, { mostMs: 200 });
});
afterAll(async () => {
  warehouse.close();
  await rm(folder, { recursive: true, force: true });
});

function ask(sql: string): Promise<unknown> {
  return warehouse.withConnection(async (connection) => (await connection.runAndReadAll(sql)).getRowsJson());
}

test('a query that takes longer than anybody waits is stopped, and the connections go on answering', async () => {
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: 8 }, () => expect(ask(endless)).rejects.toThrow(ReadTimeError)));
  expect(performance.now() - startedMs).toBeLessThan(10_000);
  for (let turn = 0; turn < 8; turn++) expect(await ask('select x from t')).toEqual([[1]]);
});

test.each([
  "select * from read_text('/etc/hostname')",
  "select * from read_csv('/etc/passwd')",
  "select * from glob('/etc/*')",
  "copy (select 1) to '/tmp/aftersight-written.csv'",
  "attach '/tmp/aftersight-attached.db'",
  'install httpfs',
  'create table u as select 1',
  'drop table t',
  'set enable_external_access = true',
  'set lock_configuration = false',
])('a snapshot is all that a query reaches, whatever it says: %s', async (sql) => {
  await expect(ask(sql)).rejects.toThrow(/disabled|read-only|locked/i);
});
