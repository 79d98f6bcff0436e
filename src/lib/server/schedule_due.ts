import { Cron } from 'croner';
import type { RunSummary } from './run_summary.ts';

/** When runs are due: five cron fields in a time zone. */
export interface Timetable {
  run: string;
  timezone: string;
}

/** Whether a text is five cron fields that ever come true. */
export function isTimetable(run: string): boolean {
  try {
    return cronOf({ run, timezone: 'UTC' }).nextRun(new Date(0)) !== null;
  } catch {
    return false;
  }
}

/** The latest instant not after `now` at which a run is due; a local time that does not exist counts as the end of the gap. */
export function lastDue(timetable: Timetable, now: Date): Date | null {
  const wholeSecond = Math.floor(now.getTime() / 1000) * 1000;
  return cronOf(timetable).previousRuns(1, new Date(wholeSecond + 1))[0] ?? null;
}

/** The next instant after `now` at which a run is due. */
export function nextDue(timetable: Timetable, now: Date): Date | null {
  return cronOf(timetable).nextRun(now);
}

function cronOf({ run, timezone }: Timetable): Cron {
  return new Cron(run, { timezone, mode: '5-part', paused: true });
}

/**
 * The instant up to which due runs have happened: the end of the last run that was not killed, now where one is under way.
 * Without any record the publishing of the snapshot stands for them. Null: none ever happened.
 */
export function doneUntil(runs: readonly RunSummary[], publishedAt: string | null, now: Date): Date | null {
  if (runs.some(({ state }) => state === 'running')) return now;
  const ended = runs.filter(({ state }) => state !== 'interrupted');
  if (ended.length === 0) return publishedAt === null ? null : new Date(publishedAt);
  return new Date(Math.max(...ended.map(({ startedAt, endedAt }) => Date.parse(endedAt ?? startedAt))));
}
