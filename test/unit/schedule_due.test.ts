import { describe, expect, test } from 'vitest';
import { type RunState, type RunSummary, unreadableRun } from '#lib/server/run_summary.ts';
import { doneUntil, isTimetable, lastDue, nextDue } from '#lib/server/schedule_due.ts';

const nightly = { run: '30 2 * * *', timezone: 'America/New_York' };
const iso = (instant: Date | null) => instant?.toISOString() ?? null;

describe('a run at 02:30 in New York', () => {
  test.each([
    ['on an ordinary day', '2026-03-07T06:00:00Z', '2026-03-06T07:30:00.000Z', '2026-03-07T07:30:00.000Z'],
    ['where 02:30 does not exist', '2026-03-08T06:59:00Z', '2026-03-07T07:30:00.000Z', '2026-03-08T07:00:00.000Z'],
    ['on the day after', '2026-03-08T12:00:00Z', '2026-03-08T07:00:00.000Z', '2026-03-09T06:30:00.000Z'],
    ['before the clocks go back', '2026-10-31T12:00:00Z', '2026-10-31T06:30:00.000Z', '2026-11-01T07:30:00.000Z'],
    ['after the clocks went back', '2026-11-01T08:00:00Z', '2026-11-01T07:30:00.000Z', '2026-11-02T07:30:00.000Z'],
  ])('%s', (_when, now, last, next) => {
    expect(iso(lastDue(nightly, new Date(now)))).toBe(last);
    expect(iso(nextDue(nightly, new Date(now)))).toBe(next);
  });

  test('is due from its very instant on', () => {
    expect(iso(lastDue(nightly, new Date('2026-03-06T07:29:59.999Z')))).toBe('2026-03-05T07:30:00.000Z');
    expect(iso(lastDue(nightly, new Date('2026-03-06T07:30:00.000Z')))).toBe('2026-03-06T07:30:00.000Z');
  });
});

test('a local time that exists twice is due once', () => {
  const early = { run: '30 1 * * *', timezone: 'America/New_York' };
  expect(iso(nextDue(early, new Date('2026-11-01T05:30:00Z')))).toBe('2026-11-02T06:30:00.000Z');
  expect(iso(lastDue(early, new Date('2026-11-01T06:45:00Z')))).toBe('2026-11-01T05:30:00.000Z');
});

test.each(['99 2 * * *', '0 2 30 2 *', '*/0 * * * *', '0 2 * * 8'])('%s is no timetable', (run) => {
  expect(isTimetable(run)).toBe(false);
});

describe('due runs have happened', () => {
  const now = new Date('2026-11-02T03:00:00Z');
  const run = (state: RunState, startedAt: string, endedAt: string | null): RunSummary => ({
    ...unreadableRun('20261101T000000000Z'),
    state,
    startedAt,
    endedAt,
  });

  test('until the end of the last run, published or not', () => {
    const failed = run('failed', '2026-11-02T01:00:00.000Z', '2026-11-02T01:10:00.000Z');
    const good = run('published', '2026-11-01T01:00:00.000Z', '2026-11-01T01:20:00.000Z');
    expect(iso(doneUntil([failed, good], null, now))).toBe('2026-11-02T01:10:00.000Z');
  });

  test('not by a run that was killed', () => {
    const killed = run('interrupted', '2026-11-02T01:00:00.000Z', null);
    const good = run('published', '2026-11-01T01:00:00.000Z', '2026-11-01T01:20:00.000Z');
    expect(iso(doneUntil([killed, good], null, now))).toBe('2026-11-01T01:20:00.000Z');
    expect(doneUntil([killed], null, now)).toBeNull();
  });

  test('until now while one is under way', () => {
    expect(doneUntil([run('running', '2026-11-02T01:00:00.000Z', null)], null, now)).toEqual(now);
  });

  test('until the snapshot was published where there is no record', () => {
    expect(iso(doneUntil([], '2026-11-01T01:20:00.000Z', now))).toBe('2026-11-01T01:20:00.000Z');
    expect(doneUntil([], null, now)).toBeNull();
  });
});
