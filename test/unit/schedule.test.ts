import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '#lib/server/config.ts';
import { openRunLog } from '#lib/server/runs.ts';
import { type Schedule, makeSchedule, scheduleState } from '#lib/server/schedule.ts';
import type { Night } from '#lib/server/schedule_night.ts';

let folder: string;
let now: Date;
let nights: FakeNight[];
let logged: object[];

interface FakeNight extends Night {
  end: (exitCode: number | null, text?: string) => Promise<void>;
  isStopped: boolean;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftersight-schedule-'));
  nights = [];
  logged = [];
  configure('schedule: { run: "30 2 * * *", timezone: Asia/Shanghai }');
  now = new Date('2026-11-02T00:00:00Z');
});

afterEach(() => {
  for (const entry of logged) expect(entry).toHaveProperty('dueAt');
  rmSync(folder, { recursive: true });
});

function configure(schedule: string): void {
  const lines = [
    'timezone: UTC',
    'brands: [{ id: north }]',
    'sources: [{ name: desk, tables: { tickets: "*.csv" } }]',
    schedule,
  ];
  writeFileSync(join(folder, 'aftersight.yaml'), lines.join('\n'));
}

const config = () => loadConfig(join(folder, 'aftersight.yaml'), {});

function startNight(): Night {
  const { promise, resolve } = Promise.withResolvers<{ exitCode: number | null; text: string }>();
  const night: FakeNight = {
    ended: promise,
    isStopped: false,
    stop() {
      night.isStopped = true;
    },
    async end(exitCode, text = '') {
      resolve({ exitCode, text });
      await expect.poll(async () => (await scheduleState(await config(), now)).last?.endedAt).not.toBeNull();
    },
  };
  nights.push(night);
  return night;
}

function open(): Schedule {
  const runs = openRunLog(join(folder, 'data'), {
    now: () => now,
    host: hostname(),
    isProcessAlive: () => true,
  });
  const joined = async () => ({ config: await config(), runs });
  return makeSchedule({ joined, start: startNight, now: () => now, log: (entry) => logged.push(entry) });
}

function recordRun(startedAt: string, endedAt: string | null): void {
  const runId = startedAt.replace(/[-:.]/g, '');
  const record = {
    ...{ runId, startedAt, endedAt, host: hostname(), pid: 1, stage: 'extract', exitCode: null, failure: null },
    ...{ published: endedAt !== null, asOf: null, newLoads: null, files: [], checks: [], mergeProblems: [] },
    ...{ relations: [], stages: [], warnings: [] },
  };
  mkdirSync(join(folder, 'data', 'runs'), { recursive: true });
  writeFileSync(join(folder, 'data', 'runs', `${runId}.json`), JSON.stringify(record));
}

const state = async () => scheduleState(await config(), now);

describe('a schedule', () => {
  test('starts nothing before a run is due', async () => {
    recordRun('2026-11-01T18:30:00.000Z', '2026-11-01T18:40:00.000Z');
    await open().tick();
    expect(nights).toHaveLength(0);
    expect(await state()).toMatchObject({ nextAt: '2026-11-02T18:30:00.000Z', last: null });
  });

  test('starts one run at the instant it is due', async () => {
    recordRun('2026-11-01T18:30:00.000Z', '2026-11-01T18:40:00.000Z');
    const schedule = open();
    await schedule.tick();
    now = new Date('2026-11-02T18:30:02Z');
    await schedule.tick();
    await schedule.tick();
    expect(nights).toHaveLength(1);
    await nights[0]?.end(0);
    await schedule.tick();
    expect(nights).toHaveLength(1);
    expect((await state()).last).toMatchObject({ dueAt: '2026-11-02T18:30:00.000Z', exitCode: 0, error: null });
  });

  test('makes up for one run, however many were missed', async () => {
    recordRun('2026-10-20T18:30:00.000Z', '2026-10-20T18:40:00.000Z');
    const schedule = open();
    await schedule.tick();
    await nights[0]?.end(0);
    await schedule.tick();
    expect(nights).toHaveLength(1);
  });

  test('runs where nothing ever ran', async () => {
    await open().tick();
    expect(nights).toHaveLength(1);
  });

  test('never starts a run beside one under way, by whomever, and counts it as having happened', async () => {
    recordRun('2026-11-01T18:20:00.000Z', null);
    now = new Date('2026-11-01T18:30:05Z');
    const schedule = open();
    await schedule.tick();
    recordRun('2026-11-01T18:20:00.000Z', '2026-11-01T18:50:00.000Z');
    now = new Date('2026-11-01T19:00:00Z');
    await schedule.tick();
    await open().tick();
    expect(nights).toHaveLength(0);
  });

  test('a run still going when the next is due takes its place', async () => {
    configure('schedule: { run: "*/5 * * * *" }');
    const schedule = open();
    await schedule.tick();
    now = new Date('2026-11-02T00:07:00Z');
    await schedule.tick();
    recordRun('2026-11-02T00:00:00.000Z', '2026-11-02T00:08:00.000Z');
    now = new Date('2026-11-02T00:08:30Z');
    await nights[0]?.end(0);
    await schedule.tick();
    expect(nights).toHaveLength(1);
    now = new Date('2026-11-02T00:10:00Z');
    await schedule.tick();
    expect(nights).toHaveLength(2);
  });

  test('a run that fails is not tried again before the next is due, also by a server started anew', async () => {
    const schedule = open();
    await schedule.tick();
    await nights[0]?.end(2, 'aftersight.yaml:3 found nonsense\n');
    await schedule.tick();
    await open().tick();
    expect(nights).toHaveLength(1);
    expect((await state()).last).toMatchObject({ exitCode: 2, error: 'aftersight.yaml:3 found nonsense' });
  });

  test('another run holding the lock is noted, and the due run is not tried again', async () => {
    const schedule = open();
    await schedule.tick();
    await nights[0]?.end(4, 'Another run is under way\n');
    await schedule.tick();
    expect(nights).toHaveLength(1);
    expect((await state()).last).toMatchObject({ exitCode: 4, wasStopped: false });
  });

  test('a run stopped with the server is made up for at the next start', async () => {
    const schedule = open();
    await schedule.tick();
    schedule.close();
    expect(nights[0]?.isStopped).toBe(true);
    await nights[0]?.end(null);
    await schedule.tick();
    expect(nights).toHaveLength(1);
    await open().tick();
    expect(nights).toHaveLength(2);
  });

  test('a run under which the server dies again and again is given up until the next is due', async () => {
    for (let start = 0; start < 5; start++) await open().tick();
    expect(nights).toHaveLength(3);
    now = new Date('2026-11-02T18:30:00Z');
    await open().tick();
    expect(nights).toHaveLength(4);
  });

  test('that is not configured starts nothing', async () => {
    configure('');
    await open().tick();
    expect(nights).toHaveLength(0);
    expect(await state()).toEqual({ timetable: null, nextAt: null, last: null });
  });

  test('follows the configuration as it changes', async () => {
    recordRun('2026-11-01T18:30:00.000Z', '2026-11-01T18:40:00.000Z');
    const schedule = open();
    await schedule.tick();
    configure('schedule: { run: "0 7 * * *", timezone: Asia/Shanghai }');
    await schedule.tick();
    expect(nights).toHaveLength(1);
  });
});
