import { once } from 'node:events';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as kpis from '#lib/server/kpis.ts';
import { listSnapshots, snapshotPath } from '#lib/server/snapshot.ts';
import { openWarehouse } from '#lib/server/warehouse.ts';
import { everything } from '#lib/access/principal.ts';
import { buildingPath, prune, publish } from '../../pipeline/publish/snapshots.ts';
import { type Answer, Operation, type Started, makeFolder } from './operation.ts';

const asked = { from: '2025-01-01', to: '2027-01-01', keys: {}, clock: null, by: null } as const;

let operation: Operation;
let old: Answer;

beforeAll(async () => {
  operation = new Operation(await makeFolder());
  await operation.receive(400, 3);
  expect(await operation.run()).toMatchObject({ code: 0 });
  old = await operation.kpi('csat');
  await operation.receive(600, 3);
  const path = join(operation.folder, 'aftersight.yaml');
  await writeFile(path, `${await readFile(path, 'utf8')}\nkeep_snapshots: 1\n`);
});

afterAll(async () => {
  await operation.close();
});

/** Waits until a run is past extract, so it holds the lock and is far from its end; there it stops. */
async function pause({ child }: Started): Promise<void> {
  await once(child.stderr, 'data');
  child.kill('SIGSTOP');
}

test('while one run is under way another and a rollback end with exit code 4 and name its process', async () => {
  const first = operation.startRun();
  await pause(first);

  const second = await operation.run();
  expect(second).toMatchObject({ code: 4, stdout: '' });
  expect(second.stderr).toContain(`process ${first.child.pid}`);
  expect(await operation.start('rollback').outcome).toMatchObject({ code: 4, stdout: '' });
  expect(await operation.kpi('csat')).toEqual(old);

  first.child.kill('SIGKILL');
  expect(await first.outcome).toMatchObject({ signal: 'SIGKILL' });
});

test('a killed holder leaves no stale lock; readers meet the old or the new snapshot, never an error', async () => {
  const run = operation.startRun();
  let isOver = false;
  const ended = run.outcome.finally(() => (isOver = true));
  const answers: Answer[] = [];
  while (!isOver) answers.push(await operation.kpi('csat'));
  expect(await ended).toMatchObject({ code: 0 });

  const renewed = await operation.kpi('csat');
  expect(renewed.snapshot).not.toBe(old.snapshot);
  expect(renewed.rows).not.toEqual(old.rows);
  for (const answer of answers) expect([old, renewed]).toContainEqual(answer);
  expect(answers[0]).toEqual(old);
  expect(await listSnapshots(operation.dataDir)).toEqual([renewed.snapshot]);
});

test('readers keep up with fifty swaps in a row although only one snapshot is kept', async () => {
  const { dataDir } = operation;
  const original = `${operation.folder}/original.duckdb`;
  await copyFile(snapshotPath(dataDir, (await operation.snapshot()) ?? ''), original);
  const names = Array.from({ length: 50 }, (_, index) => `21000101T0000${String(index).padStart(2, '0')}000Z`);
  const expected = (await operation.kpi('csat')).rows;
  let isOver = false;
  const swaps = (async () => {
    for (const snapshot of names) {
      await copyFile(original, buildingPath(dataDir, snapshot));
      await publish(dataDir, { snapshot, asOf: old.asOf, publishedAt: '2100-01-01T00:00:00.000Z' });
      await prune(dataDir, 1);
    }
  })().finally(() => (isOver = true));
  const met = new Set<string>();
  while (!isOver) {
    const warehouse = await openWarehouse(dataDir);
    expect(await kpis.totals(warehouse, everything, { ...asked, metrics: ['csat'] })).toEqual(expected);
    met.add(warehouse.current.snapshot);
    warehouse.close();
  }
  await swaps;
  expect(met.size).toBeGreaterThan(1);
  expect(await listSnapshots(dataDir)).toEqual(names.slice(-1));
});

test('a reader that opened a snapshot before it was replaced and deleted reads on', async () => {
  const warehouse = await openWarehouse(operation.dataDir);
  const before = await kpis.totals(warehouse, everything, { ...asked, metrics: ['first_response'] });
  await copyFile(`${operation.folder}/original.duckdb`, buildingPath(operation.dataDir, '21010101T000000000Z'));
  await publish(operation.dataDir, { snapshot: '21010101T000000000Z', asOf: old.asOf, publishedAt: old.asOf });
  await prune(operation.dataDir, 1);
  expect(await listSnapshots(operation.dataDir)).not.toContain(warehouse.current.snapshot);
  expect(await kpis.totals(warehouse, everything, { ...asked, metrics: ['first_response'] })).toEqual(before);
  warehouse.close();
});
