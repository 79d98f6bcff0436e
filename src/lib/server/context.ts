import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { env } from '$env/dynamic/private';
import { type Config, ConfigError, configPathDefault, loadConfig } from './config.ts';
import { type Leases, leaseSnapshots } from './leases.ts';
import { type RunLog, openRunLog } from './runs.ts';
import { type Schedule, makeSchedule } from './schedule.ts';
import { startNight } from './schedule_night.ts';

/** What every request works with, joined once a process. */
export interface Context {
  config: Config;
  leases: Leases;
  runs: RunLog;
  /** Null where this server does not start the runs of the schedule. */
  schedule: Schedule | null;
}

const tickMs = 10_000;

let context: Promise<Context> | null = null;
let configVersion = '';

/**
 * The running app: its configuration, read again when the file changes, and the snapshots it serves.
 * A changed file that is wrong leaves the configuration before it in force; the command line says what is wrong with it.
 */
export async function getContext(): Promise<Context> {
  const path = env.AFTERSIGHT_CONFIG ?? configPathDefault;
  const version = await stat(path).then(
    (status) => `${status.mtimeMs}-${status.size}`,
    () => '',
  );
  if (context && version !== configVersion) context = reload(await context, path);
  configVersion = version;
  context ??= start(path);
  return context;
}

async function start(path: string): Promise<Context> {
  try {
    const config = await loadConfig(path);
    const joined = { ...open(config), schedule: (env.AFTERSIGHT_NIGHTLY ?? '') === '' ? null : keepSchedule() };
    process.once('sveltekit:shutdown', () => void context?.then(({ leases }) => leases.close()));
    return joined;
  } catch (error) {
    context = null;
    throw error;
  }
}

function open(config: Config): Omit<Context, 'schedule'> {
  return { config, leases: leaseSnapshots(config.dataDir), runs: openRunLog(config.dataDir) };
}

/** Starts what AFTERSIGHT_NIGHTLY says, a command as a JSON list, whenever the schedule wants a run; until the server shuts down. */
function keepSchedule(): Schedule {
  const command = z
    .array(z.string())
    .min(1)
    .parse(JSON.parse(env.AFTERSIGHT_NIGHTLY ?? ''));
  const schedule = makeSchedule({
    joined: getContext,
    start: () => startNight(command),
    now: () => new Date(),
    log: (entry) => process.stderr.write(`${JSON.stringify(entry)}\n`),
  });
  const timer = setInterval(() => void schedule.tick(), tickMs);
  void schedule.tick();
  process.once('sveltekit:shutdown', () => {
    clearInterval(timer);
    schedule.close();
  });
  return schedule;
}

async function reload(running: Context, path: string): Promise<Context> {
  try {
    const config = await loadConfig(path);
    if (config.dataDir === running.config.dataDir) return { ...running, config };
    running.leases.close();
    return { ...running, ...open(config) };
  } catch (error) {
    if (error instanceof ConfigError) return running;
    throw error;
  }
}
