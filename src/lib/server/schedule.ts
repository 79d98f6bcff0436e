import type { Config } from './config.ts';
import type { RunLog } from './runs.ts';
import { type ScheduledAttempt, readAttempt, writeAttempt } from './schedule_attempts.ts';
import { type Timetable, doneUntil, lastDue, nextDue } from './schedule_due.ts';
import type { Night } from './schedule_night.ts';
import { readCurrent } from './snapshot.ts';

const mostDeaths = 3;
const longestError = 4000;

/** The nightly schedule of one server. */
export interface Schedule {
  /** Starts the run that is due, if one is; looks at the clock anew each time, so sleep and changes of the clock do no harm. */
  tick(): Promise<void>;
  /** Whether a run that it started is under way. */
  isRunning(): boolean;
  /** Stops for good, and the run under way with it: what it has not published is made up for at the next start. */
  close(): void;
}

/** How the schedule stands, for people. */
export interface ScheduleState {
  timetable: Timetable | null;
  nextAt: string | null;
  /** Null where no run was ever started by the schedule. */
  last: ScheduledAttempt | null;
}

interface Surroundings {
  /** The configuration as it is now, and the records of the runs on its data folder. */
  joined: () => Promise<{ config: Config; runs: RunLog }>;
  start: (config: Config) => Night;
  now: () => Date;
  log: (entry: object) => void;
}

/** Makes a schedule that starts runs when they are due: one where any number were missed, never two at once. */
export function makeSchedule({ joined, start, now, log }: Surroundings): Schedule {
  let night: Night | null = null;
  let isClosed = false;
  let isTicking = false;
  let settled = '';

  const begin = async (config: Config, dueAt: string): Promise<void> => {
    const before = await readAttempt(config.dataDir);
    const deaths = before?.dueAt === dueAt ? before.deaths + (before.endedAt === null ? 1 : 0) : 0;
    const attempt = { ...fresh, dueAt, startedAt: now().toISOString(), deaths };
    await keep(config, attempt);
    if (isClosed) return;
    night = start(config);
    log({ schedule: 'run started', dueAt });
    void night.ended.then(async ({ exitCode, text }) => {
      night = null;
      const error = exitCode === 0 ? null : text.slice(-longestError).trim();
      log({ schedule: 'run ended', dueAt, exitCode });
      await keep(config, { ...attempt, endedAt: now().toISOString(), exitCode, error, wasStopped: isClosed });
    });
  };

  const keep = (config: Config, attempt: ScheduledAttempt): Promise<void> =>
    writeAttempt(config.dataDir, attempt).catch((error: unknown) => log({ schedule: String(error) }));

  const look = async (): Promise<void> => {
    const { config, runs } = await joined();
    const due = config.schedule && lastDue(config.schedule, now());
    if (!due) return;
    const dueAt = due.toISOString();
    const question = `${config.dataDir} ${dueAt}`;
    if (question === settled) return;
    if (!(await isDone(config, runs, due, now()))) await begin(config, dueAt);
    settled = question;
  };

  return {
    async tick() {
      if (isClosed || isTicking || night !== null) return;
      isTicking = true;
      try {
        await look();
      } catch (error) {
        log({ schedule: String(error) });
      } finally {
        isTicking = false;
      }
    },
    isRunning: () => night !== null,
    close() {
      isClosed = true;
      night?.stop();
    },
  };
}

const fresh = { endedAt: null, exitCode: null, error: null, wasStopped: false, deaths: 0 } as const;

/** Whether a due run needs no more starting: it happened, or the schedule tried and it failed by itself, or killed the server too often. */
async function isDone(config: Config, runs: RunLog, due: Date, now: Date): Promise<boolean> {
  const attempt = await readAttempt(config.dataDir);
  if (attempt?.dueAt === due.toISOString()) {
    if (attempt.endedAt !== null && !attempt.wasStopped) return true;
    if (attempt.deaths + (attempt.endedAt === null ? 1 : 0) >= mostDeaths) return true;
  }
  const current = await readCurrent(config.dataDir);
  const done = doneUntil(await runs.list(), current?.publishedAt ?? null, now);
  return done !== null && done >= due;
}

/** Tells how the schedule of a configuration stands. */
export async function scheduleState(config: Config, now: Date): Promise<ScheduleState> {
  const { schedule: timetable, dataDir } = config;
  return {
    timetable,
    nextAt: (timetable && nextDue(timetable, now)?.toISOString()) ?? null,
    last: timetable && (await readAttempt(dataDir)),
  };
}
