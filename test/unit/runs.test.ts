import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { translator } from '#lib/i18n/translator.ts';
import { roundedParts } from '#lib/metrics/rounding.ts';
import type { RunRecord } from '#lib/server/run_record.ts';
import { type RunLog, openRunLog } from '#lib/server/runs.ts';
import { stageOrder, stageTimes, timeText, wholeOf } from '../../src/routes/runs/stage_times.ts';

const now = new Date('2026-11-02T03:00:00Z');
let dataDir: string;
let alive: number[];
let log: RunLog;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'aftersight-runs-'));
  alive = [];
  log = openRunLog(dataDir, { now: () => now, host: 'here', isProcessAlive: (pid) => alive.includes(pid) });
});

afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

function write(runId: string, given: Partial<RunRecord> | string, touchedAt = now): void {
  const record = {
    ...{ runId, startedAt: '2026-11-02T02:58:00.000Z', endedAt: null, host: 'here', pid: 7, stage: null },
    ...{ exitCode: null, failure: null, published: false, asOf: null, newLoads: null, files: [], checks: [] },
    ...{ mergeProblems: [], relations: [], stages: [], warnings: [] },
  };
  mkdirSync(join(dataDir, 'runs'), { recursive: true });
  const path = join(dataDir, 'runs', `${runId}.json`);
  writeFileSync(path, typeof given === 'string' ? given : JSON.stringify({ ...record, ...given }));
  utimesSync(path, touchedAt, touchedAt);
}

const [early, late] = ['20261101T183000000Z', '20261102T025800000Z'];
const endedAt = '2026-11-02T02:59:00.000Z';
const states = async () => (await log.list()).map(({ runId, state }) => [runId, state]);

test('there is nothing before the first run', async () => {
  expect(await log.list()).toEqual([]);
  expect(await log.find(late)).toBeNull();
});

test('the newest comes first, each with how it ended', async () => {
  write('20261101T000000000Z', { endedAt, published: true });
  write('20261101T000000001Z', { endedAt, failure: { kind: 'disk', message: 'ENOSPC', remedy: null } });
  write('20261101T000000002Z', { endedAt, checks: [{ name: 'a_check', rows: 2, examples: [{ id: 1 }] }] });
  expect(await states()).toEqual([
    ['20261101T000000002Z', 'refused'],
    ['20261101T000000001Z', 'failed'],
    ['20261101T000000000Z', 'published'],
  ]);
  expect((await log.list())[0]).toMatchObject({ seconds: 60, failedChecks: [{ name: 'a_check', rows: 2 }] });
});

test('a run without an end is under way while its process lives', async () => {
  write(late, { stage: 'model' });
  expect(await states()).toEqual([[late, 'interrupted']]);
  alive = [7];
  expect(await states()).toEqual([[late, 'running']]);
});

test('the newest run that is over is told without reading all', async () => {
  alive = [7];
  expect(await log.newestOver()).toBeNull();
  write(late, {});
  expect(await log.newestOver()).toBeNull();
  write(early, { endedAt, published: true });
  expect(await log.newestOver()).toMatchObject({ runId: early, state: 'published' });
  alive = [];
  expect(await log.newestOver()).toMatchObject({ runId: late, state: 'interrupted' });
});

test('a run on another machine is under way while it touches its record', async () => {
  write(late, { host: 'elsewhere' });
  expect(await states()).toEqual([[late, 'running']]);
  write(late, { host: 'elsewhere' }, new Date('2026-11-02T02:57:00Z'));
  expect(await states()).toEqual([[late, 'interrupted']]);
});

test('a process that has its id by chance does not revive a run that has gone silent', async () => {
  alive = [7];
  write(late, {}, new Date('2026-11-01T12:00:00Z'));
  expect(await states()).toEqual([[late, 'interrupted']]);
});

test('a run with another behind it is over', async () => {
  alive = [7];
  write(early, {});
  write(late, { endedAt, published: true });
  expect(await states()).toEqual([
    [late, 'published'],
    [early, 'interrupted'],
  ]);
});

test('a run killed between publishing and the end of its record is published', async () => {
  write(late, { stage: 'publish' });
  mkdirSync(join(dataDir, 'snapshots'));
  const current = { snapshot: late, asOf: endedAt, publishedAt: endedAt };
  writeFileSync(join(dataDir, 'snapshots', 'current.json'), JSON.stringify(current));
  expect(await states()).toEqual([[late, 'published']]);
});

test.each(['', '{ "runId": ', '[]', '{ "runId": "20261102T025800000Z", "published": true }'])(
  'a record that reads %j is told of, by its name',
  async (text) => {
    write(late, text);
    expect(await log.list()).toMatchObject([
      { runId: late, state: 'unreadable', startedAt: '2026-11-02T02:58:00.000Z' },
    ]);
    expect(await log.find(late)).toBeNull();
  },
);

test('a record that changes is read again', async () => {
  alive = [7];
  write(late, { stage: 'extract' });
  expect((await log.list())[0]?.stage).toBe('extract');
  write(late, { stage: 'checks', endedAt, published: true });
  expect((await log.list())[0]).toMatchObject({ state: 'published', stage: 'checks' });
});

test.each(['../../etc/passwd', '', 'current', `${late}.json`])('%j names no run', async (name) => {
  write(late, {});
  expect(await log.find(name)).toBeNull();
});

test('the time of building is split over the stages that built something', async () => {
  write(late, {
    endedAt,
    stages: [
      { stage: 'extract', seconds: 5 },
      { stage: 'build', seconds: 20 },
    ],
    relations: [
      { relation: 'typed.tickets', rows: 1, seconds: 6 },
      { relation: 'marts.cases', rows: 1, seconds: 8 },
      { relation: 'kpis.csat', rows: null, seconds: 1 },
      { relation: 'rollups.daily', rows: 1, seconds: 3 },
    ],
  });
  expect((await log.list())[0]?.stages).toEqual([
    { stage: 'extract', seconds: 5 },
    { stage: 'clean', seconds: 8 },
    { stage: 'model', seconds: 8 },
    { stage: 'kpis', seconds: 4 },
    { stage: 'other', seconds: 35 },
  ]);
});

test('stages are written so that they add up to the whole, as does what no stage took', () => {
  const write = (...seconds: number[]) => {
    const stages = seconds.map((one, index) => ({ stage: stageOrder[index] ?? 'other', seconds: one }));
    const texts = stageTimes(stages).map((one) => timeText(translator('en'), 'en', one.seconds, wholeOf(stages)));
    return [...texts, timeText(translator('en'), 'en', wholeOf(stages), wholeOf(stages))];
  };
  expect(write(0.44, 0.43, 0.42, 0.11)).toEqual(['0.5 s', '0.4 s', '0.4 s', '0.1 s', '1.4 s']);
  expect(write(20.44, 20.43, 20.42)).toEqual(['21 s', '20 s', '20 s', '1 min 1 s']);
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 7 }), (parts) => {
      for (const unit of [0.1, 1]) {
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        const rounded = roundedParts(parts, unit);
        expect(sum(rounded)).toBeCloseTo(Math.round(sum(parts) / unit) * unit, 6);
        for (const [index, part] of parts.entries()) expect(Math.abs((rounded[index] ?? 0) - part)).toBeLessThan(unit);
      }
    }),
  );
});
