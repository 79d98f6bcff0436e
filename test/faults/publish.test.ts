import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { listSnapshots, snapshotPath, snapshotsFolder } from '#lib/server/snapshot.ts';
import { pointTo, prune, sweepUnfinished } from '../../pipeline/publish/snapshots.ts';
import { type Answer, Operation, copyProgram, makeFolder } from './operation.ts';

const runAnswer = z.object({
  runId: z.string(),
  published: z.boolean(),
  files: z.array(z.unknown()),
  checks: z.array(z.object({ name: z.string(), rows: z.int() })),
});

let program: string;
let operation: Operation;

beforeAll(async () => {
  program = await copyProgram();
  operation = new Operation(await makeFolder(), program);
  await operation.receive(100, 3);
});

afterAll(async () => {
  await operation.close();
  await rm(program, { recursive: true });
});

async function runs(): Promise<z.infer<typeof runAnswer>> {
  const { code, stdout } = await operation.run();
  const answer = runAnswer.parse(JSON.parse(stdout));
  expect(code).toBe(answer.published ? 0 : 3);
  return answer;
}

async function rollback(...names: string[]): Promise<unknown> {
  const { code, stdout } = await operation.start('rollback', [...names, '--json']).outcome;
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

test('a failed check publishes nothing, ends with exit code 3 and leaves the old snapshot in service', async () => {
  const check = join(program, 'queries/checks/no_case_is_late.sql');
  const good = await runs();
  const served = await operation.kpi('csat');
  const snapshots = await readdir(snapshotsFolder(operation.dataDir));

  await writeFile(check, '-- One row per case that started.\nselect case_id, from marts.cases\n');
  const failed = await runs();
  expect(failed.published).toBe(false);
  expect(failed.checks.filter(({ rows }) => rows > 0)).toEqual([{ name: 'no_case_is_late', rows: expect.any(Number) }]);
  expect(failed.files).toEqual(good.files);
  expect(await operation.kpi('csat')).toEqual(served);
  expect(await readdir(snapshotsFolder(operation.dataDir))).toEqual(snapshots);
  expect(await operation.leftovers()).toEqual([]);
  expect(JSON.parse(await readFile(join(operation.dataDir, 'runs', `${failed.runId}.json`), 'utf8'))).toMatchObject({
    published: false,
  });

  await rm(check);
  expect(await runs()).toMatchObject({ published: true });
});

test('SQL that fails names its file and leaves the old snapshot in service', async () => {
  const served = await operation.kpi('csat');
  const file = join(program, 'queries/marts/broken.sql');
  await writeFile(file, '-- One row.\nselect no_such_column from marts.cases\n');
  const { code, stdout, stderr } = await operation.run();
  await rm(file);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(file);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(await operation.kpi('csat')).toEqual(served);
  expect(await operation.leftovers()).toEqual([]);
});

test('rollback puts the snapshot before, or the one named, back into service; the next run goes forward again', async () => {
  const [first = '', second = ''] = await listSnapshots(operation.dataDir);
  expect(await operation.snapshot()).toBe(second);
  const served: Answer = await operation.kpi('csat');

  expect(await rollback()).toMatchObject({ snapshot: first, asOf: served.asOf });
  expect(await operation.kpi('csat')).toEqual({ ...served, snapshot: first });
  expect(await rollback(second)).toMatchObject({ snapshot: second });
  expect(await operation.kpi('csat')).toEqual(served);

  await rollback(first);
  const { runId } = await runs();
  expect(await operation.snapshot()).toBe(runId);
  expect(await listSnapshots(operation.dataDir)).toEqual([first, second, runId]);
  expect(await rollback()).toMatchObject({ snapshot: second });
});

test.each([[['20010101T000000000Z']], [['../../etc/passwd']], [['']]])(
  'rollback to %j is refused with the names there are, and changes nothing',
  async (names) => {
    const snapshot = await operation.snapshot();
    const { code, stdout, stderr } = await operation.start('rollback', names).outcome;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const known of await listSnapshots(operation.dataDir)) expect(stderr).toContain(known);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(await operation.snapshot()).toBe(snapshot);
  },
);

test('rollback with nothing before says so', async () => {
  const [first = ''] = await listSnapshots(operation.dataDir);
  await rollback(first);
  const { code, stderr } = await operation.start('rollback').outcome;
  expect(code).toBe(1);
  expect(stderr).toContain('before the current one');
  expect(await operation.snapshot()).toBe(first);
});

test('rollback before the first run says that there is nothing', async () => {
  const fresh = new Operation(await makeFolder());
  await fresh.receive(10, 3);
  const { code, stderr } = await fresh.start('rollback').outcome;
  expect(code).toBe(1);
  expect(stderr).toContain('there are: none');
  await fresh.close();
});

describe('with four snapshots', () => {
  const instants = { asOf: '2026-10-30T00:00:00.000Z', publishedAt: '2026-10-31T00:00:00.000Z' };
  let dataDir: string;

  beforeEach(async () => {
    dataDir = join(await makeFolder(), 'data');
    await mkdir(snapshotsFolder(dataDir), { recursive: true });
    for (const name of ['a', 'b', 'c', 'd']) await writeFile(snapshotPath(dataDir, name), name);
  });

  afterEach(async () => {
    await rm(join(dataDir, '..'), { recursive: true });
  });

  test.each([
    { current: 'd', keep: 2, left: ['c', 'd'] },
    { current: 'd', keep: 1, left: ['d'] },
    { current: 'd', keep: 9, left: ['a', 'b', 'c', 'd'] },
    { current: 'a', keep: 2, left: ['a', 'c', 'd'] },
    { current: 'b', keep: 1, left: ['b', 'd'] },
  ])('of a b c d with $current in service and $keep to keep, $left are left', async ({ current, keep, left }) => {
    await pointTo(dataDir, { snapshot: current, ...instants });
    await prune(dataDir, keep);
    expect(await listSnapshots(dataDir)).toEqual(left);
  });

  test('what a kill left half-way into service is taken back, what is in service never', async () => {
    const announcement = join(snapshotsFolder(dataDir), '.publishing.json');
    await pointTo(dataDir, { snapshot: 'c', ...instants });

    await writeFile(announcement, JSON.stringify({ snapshot: 'd', ...instants }));
    await sweepUnfinished(dataDir);
    expect(await listSnapshots(dataDir)).toEqual(['a', 'b', 'c']);

    for (const text of ['', '{ "snapshot": "b', JSON.stringify({ snapshot: 'c', ...instants })]) {
      await writeFile(announcement, text);
      await sweepUnfinished(dataDir);
      expect(await listSnapshots(dataDir)).toEqual(['a', 'b', 'c']);
      expect(await readdir(snapshotsFolder(dataDir))).not.toContain('.publishing.json');
    }
  });
});
