import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRunLog } from '#lib/server/runs.ts';
import type { RunSummary } from '#lib/server/run_summary.ts';
import { Operation, makeFolder } from './operation.ts';

let operation: Operation;

beforeEach(async () => {
  operation = new Operation(await makeFolder());
  await operation.receive(100, 3);
});

afterEach(() => operation.close());

const list = (): Promise<RunSummary[]> => openRunLog(operation.dataDir).list();

/** The stages that a run was in; what lies between them is told as `other`, where it can be seen. */
function timedStages(summary: RunSummary | undefined): string[] {
  return (summary?.stages ?? []).map(({ stage }) => stage).filter((stage) => stage !== 'other');
}

test('a run under way has a record, and one that published tells what it did', async () => {
  const run = operation.startRun();
  await expect.poll(list, { timeout: 60_000 }).toMatchObject([{ state: 'running' }]);
  expect(await run.outcome).toMatchObject({ code: 0 });
  const [summary] = await list();
  expect(summary).toMatchObject({ state: 'published', newLoads: 7, failedChecks: [], stage: 'publish' });
  expect(timedStages(summary)).toEqual(['extract', 'clean', 'model', 'kpis', 'checks', 'publish']);
  const found = await openRunLog(operation.dataDir).find(summary?.runId ?? '');
  expect(found?.record).toMatchObject({ exitCode: 0, published: true, failure: null });
});

test('a killed run is interrupted, in the stage last written down; the next has its own record', async () => {
  const killed = await operation.run({ at: 'stderr', says: 'Reading files' });
  expect(killed).toMatchObject({ signal: 'SIGKILL' });
  expect(await list()).toMatchObject([{ state: 'interrupted', endedAt: null, stage: 'extract' }]);
  expect(await operation.run()).toMatchObject({ code: 0 });
  expect(await list()).toMatchObject([{ state: 'published' }, { state: 'interrupted' }]);
});

test('a failed run keeps why and what to do, and what it had done by then', async () => {
  await writeFile(join(operation.folder, 'inbox', 'tickets.csv'), 'no,known,column\n1,2,3\n');
  const { code, stderr } = await operation.run();
  expect(code).toBe(1);
  const [summary] = await list();
  expect(summary).toMatchObject({ state: 'failed', stage: 'extract', failure: { kind: 'source' } });
  expect(stderr).toContain(summary?.failure?.message.split('\n')[0]);
  expect(timedStages(summary)).toEqual(['extract']);
});

test('a record that cannot be written is a warning, and no reason for the run to fail', async () => {
  expect(await operation.run()).toMatchObject({ code: 0 });
  const runs = join(operation.dataDir, 'runs');
  await rm(runs, { recursive: true });
  await writeFile(runs, 'not a folder');
  const { code, stderr } = await operation.run();
  expect(code).toBe(0);
  expect(stderr).toContain('Warning: the record of this run could not be written');
  expect(await operation.leftovers()).toEqual([]);
  await rm(runs);
  expect(await operation.run()).toMatchObject({ code: 0 });
  expect(await list()).toHaveLength(1);
});

test('what a kill left of a record goes with the next run, and only the last sixty are kept', async () => {
  expect(await operation.run()).toMatchObject({ code: 0 });
  const folder = join(operation.dataDir, 'runs');
  const [name = ''] = await readdir(folder);
  const text = await readFile(join(folder, name), 'utf8');
  for (let day = 0; day < 70; day++)
    await writeFile(join(folder, `20200101T0000${String(day).padStart(5, '0')}Z.json`), text);
  await writeFile(join(folder, `${name}.tmp`), text.slice(0, 50));
  expect(await operation.run()).toMatchObject({ code: 0 });
  const names = (await readdir(folder)).sort();
  expect(names).toHaveLength(60);
  expect(names.at(-2)).toBe(name);
  expect(await operation.leftovers()).toEqual([]);
});
