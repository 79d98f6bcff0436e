import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { isThorough } from '../thorough.ts';
import { listSnapshots } from '#lib/server/snapshot.ts';
import { Random } from '../../pipeline/generate/random.ts';
import { type Answer, Operation, makeFolder } from './operation.ts';

const random = new Random(20261101, 'kill');
const kills = isThorough ? 10 : 4;
const moments = Array.from({ length: kills }, (_, index) => ({
  percentage: Math.round(5 + (93 / kills) * (index + random.unit())),
}));
const empty: Answer = { snapshot: '', asOf: '', rows: [] };

let yesterday: Operation;
let old = { kpi: empty, hash: {} };
let undisturbed = { kpi: empty, hash: {} };
let processorMs: number;
const killed: number[] = [];

beforeAll(async () => {
  yesterday = new Operation(await makeFolder());
  await yesterday.receive(700, 3);
  expect(await yesterday.run()).toMatchObject({ code: 0 });
  old = { kpi: await yesterday.kpi(), hash: await yesterday.hash() };

  await yesterday.receive(1_000, 3);
  const today = await yesterday.copy();
  const tell = join(today.folder, 'processor');
  expect(await today.run({ at: 'end', tell })).toMatchObject({ code: 0 });
  processorMs = Number(await readFile(tell, 'utf8'));
  undisturbed = { kpi: await today.kpi(), hash: await today.hash() };
  await today.close();
});

afterAll(async () => {
  await yesterday.close();
});

/** Kills a run once it has taken its share of the processor time of an undisturbed one, which other load does not stretch. */
async function runKilledAt(operation: Operation, percentage: number): Promise<void> {
  const { signal, code } = await operation.run({ at: 'processor', milliseconds: (percentage / 100) * processorMs });
  if (signal === 'SIGKILL') killed.push(percentage);
  else expect(code).toBe(0);
}

/** The snapshot in service answers as it did; it is a new one only where the kill came after the swap. */
async function expectServed(operation: Operation): Promise<void> {
  const answer = await operation.kpi();
  const isOld = answer.snapshot === old.kpi.snapshot;
  expect(answer).toEqual(isOld ? old.kpi : { ...undisturbed.kpi, snapshot: answer.snapshot });
}

async function expectRecovered(operation: Operation, hash: object): Promise<void> {
  expect(await operation.run()).toMatchObject({ code: 0 });
  expect(await operation.leftovers()).toEqual([]);
  expect(await operation.hash()).toEqual(hash);
}

test.each(moments)(
  'a run killed at $percentage % of its way leaves the old snapshot; the next is as if nothing had been',
  async ({ percentage }) => {
    const operation = await yesterday.copy();
    onTestFinished(() => operation.close());
    await runKilledAt(operation, percentage);
    await expectServed(operation);
    await expectRecovered(operation, undisturbed.hash);
  },
);

test('most of these moments did fall into runs', () => {
  expect(killed.length).toBeGreaterThanOrEqual(kills / 2);
});

test('kills night after night, at the seams of extract and publish, leave nothing behind', async () => {
  const operation = await yesterday.copy();
  onTestFinished(() => operation.close());

  expect(await operation.run({ at: 'rename', path: 'raw/helpdesk/events/.*[.]parquet$' })).toMatchObject({
    signal: 'SIGKILL',
  });
  expect(await operation.leftovers()).not.toEqual([]);
  expect(await operation.kpi()).toEqual(old.kpi);

  expect(await operation.run({ at: 'rename', path: 'snapshots/[^/]*[.]duckdb$' })).toMatchObject({ signal: 'SIGKILL' });
  expect(await operation.kpi()).toEqual(old.kpi);

  expect(await operation.run({ at: 'rename', path: 'current[.]json$' })).toMatchObject({ signal: 'SIGKILL' });
  expect(await listSnapshots(operation.dataDir)).toHaveLength(2);
  expect(await operation.kpi()).toEqual(old.kpi);

  expect(await operation.run({ at: 'renamed', path: 'current[.]json$' })).toMatchObject({ signal: 'SIGKILL' });
  const { snapshot } = await operation.kpi();
  expect(await listSnapshots(operation.dataDir)).toEqual([old.kpi.snapshot, snapshot]);

  await expectRecovered(operation, undisturbed.hash);
  expect(await listSnapshots(operation.dataDir)).toEqual([old.kpi.snapshot, snapshot, await operation.snapshot()]);
});

test('where the first run was killed there is no snapshot yet, and the next makes it', async () => {
  const operation = await yesterday.copy();
  onTestFinished(() => operation.close());
  await operation.receive(700, 3);
  await operation.forget();
  for (const percentage of [15, 55]) {
    await runKilledAt(operation, percentage);
    expect(await operation.start('kpi', ['--from', '2026-10-01', '--to', '2026-11-01']).outcome).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('no snapshot yet'),
    });
  }
  await expectRecovered(operation, old.hash);
});
