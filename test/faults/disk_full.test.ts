import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { cp, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRunLog } from '#lib/server/runs.ts';
import type { Moment } from './fault.ts';
import { type Answer, Operation, type Outcome, makeFolder } from './operation.ts';

const kibibyte = 1024;
const mountPoint = join(await makeFolder(), 'data');
const refusal = mountSmallDisk(mountPoint);

/** Mounts a disk of 64 MB held in memory; says why where that is not allowed. */
function mountSmallDisk(path: string): string | null {
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', path], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return `no small disk to fill, only a limit on file sizes: ${error instanceof Error ? error.message.trim() : String(error)}`;
  }
}

const operation = new Operation(dirname(mountPoint));
const ballast = join(operation.dataDir, 'ballast');
let yesterday: Operation;
let old: Answer;
let undisturbed: object;

beforeAll(async () => {
  yesterday = new Operation(await makeFolder());
  await yesterday.receive(700, 3);
  expect(await yesterday.run()).toMatchObject({ code: 0 });
  old = await yesterday.kpi();
  await operation.receive(1_000, 3);
  await goBackToYesterday();
  expect(await operation.run()).toMatchObject({ code: 0 });
  undisturbed = await operation.hash();
});

afterAll(async () => {
  if (refusal === null) execFileSync('umount', [mountPoint]);
  await operation.close();
  await yesterday.close();
});

async function empty(): Promise<void> {
  for (const name of await readdir(operation.dataDir)) await rm(join(operation.dataDir, name), { recursive: true });
}

async function goBackToYesterday(): Promise<void> {
  await empty();
  await cp(yesterday.dataDir, operation.dataDir, { recursive: true });
}

function leave(bytes: number): void {
  const { bavail, bsize } = statfsSync(operation.dataDir);
  writeFileSync(ballast, Buffer.alloc(bavail * bsize - bytes));
}

/** Exit code 1, and the message says what, where and what to do, and nothing of the program's inside. */
function expectClear({ code, stdout, stderr }: Outcome): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('The disk is full: ');
  expect(stderr).toContain(operation.dataDir);
  expect(stderr).toContain('→ Free some space and run again; the published snapshot is untouched.');
  expect(stderr).not.toMatch(/^ +at /m);
}

async function expectServed(outcome: Outcome): Promise<void> {
  expectClear(outcome);
  expect(await operation.leftovers()).toEqual([]);
  expect(await operation.kpi()).toEqual(old);
  rmSync(ballast);
}

async function expectRecovery(): Promise<void> {
  expect(await operation.run()).toMatchObject({ code: 0 });
  expect(await operation.leftovers()).toEqual([]);
  expect(await operation.hash()).toEqual(undisturbed);
}

describe.skipIf(refusal !== null)(refusal ?? 'a full disk', () => {
  test('a disk nearly full night after night: every run fails clearly, the first with space succeeds', async () => {
    await goBackToYesterday();
    for (const left of [0, 200, 2_000]) {
      leave(left * kibibyte);
      await expectServed(await operation.run());
    }
    await expectRecovery();
  });

  const moments: [stage: string, moment: Moment, said: RegExp][] = [
    ['extract', { at: 'renamed', path: 'raw/helpdesk/tickets/.*[.]parquet$' }, /data\/raw\/helpdesk\/messages\//],
    ['building', { at: 'stderr', says: 'Cleaning' }, /queries\/\w+\/\w+[.]sql: .*data\/snapshots\//],
    ['sealing', { at: 'stderr', says: 'Checking' }, /data\/snapshots\//],
    ['publishing', { at: 'write', path: 'snapshots/[.]publishing' }, /data: ENOSPC/],
  ];

  test.each(moments)(
    'a disk that fills up while %s leaves the old snapshot in service',
    async (_stage, moment, said) => {
      await goBackToYesterday();
      const outcome = await operation.run({ ...moment, fill: ballast });
      expect(outcome.stderr).toMatch(said);
      expect(await openRunLog(operation.dataDir).newestOver()).toMatchObject({
        state: 'failed',
        failure: { kind: 'disk' },
      });
      await expectServed(outcome);
      await expectRecovery();
    },
  );

  test('first runs on a full disk are no hindrance to the first with space', async () => {
    await empty();
    for (const left of [0, 8, 100]) {
      leave(left * kibibyte);
      expectClear(await operation.run());
      rmSync(ballast);
      expect(await operation.leftovers()).toEqual([]);
      expect(await operation.snapshot()).toBeNull();
    }
    expect(await operation.run()).toMatchObject({ code: 0 });
  });
});

if (refusal !== null && process.platform === 'linux') {
  console.warn(refusal);
  test('a run that may not write large files fails, and succeeds once it may', async () => {
    await goBackToYesterday();
    for (const mostBytes of [40_000, 2_000_000]) {
      const { code, stdout, stderr } = await operation.startRun(undefined, mostBytes).outcome;
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain('A file would be larger than the system allows: ');
      expect(stderr).toContain(`${operation.dataDir}/`);
      expect(stderr).not.toMatch(/^ +at /m);
      expect(await operation.leftovers()).toEqual([]);
      expect(await operation.kpi()).toEqual(old);
    }
    await expectRecovery();
  });
}
