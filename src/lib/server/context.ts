import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { sveltekitCookies } from 'better-auth/svelte-kit';
import { getRequestEvent } from '$app/server';
import { env } from '$env/dynamic/private';
import { type Auth, makeAuth } from './auth.ts';
import { type Config, ConfigError, configPathDefault, loadConfig } from './config.ts';
import { fingerprintOf } from './config_fingerprint.ts';
import { type Leases, leaseSnapshots } from './leases.ts';
import { type Mailer, makeMailer } from './mail.ts';
import { type Oidc, makeOidc } from './oidc.ts';
import { type OriginalsKey, originalsKey } from './originals.ts';
import { drawDueSamples } from './quality/recurring.ts';
import { type RunLog, openRunLog } from './runs.ts';
import { type Schedule, makeSchedule } from './schedule.ts';
import { appSecret } from './secret.ts';
import { recordConfiguration } from './store/configuration.ts';
import { type Control, listenForTasks } from './store/control.ts';
import { type Store, openStore } from './store/store.ts';
import { startNight } from './schedule_night.ts';

/** What every request works with, joined once a process. */
export interface Context {
  config: Config;
  store: Store;
  auth: Auth;
  /** Opens originals of masked texts; null where the environment has no key. */
  originals: OriginalsKey | null;
  leases: Leases;
  runs: RunLog;
  /** Null where nobody signs in elsewhere. */
  oidc: Oidc | null;
  /** Null where no mail is sent. */
  mailer: Mailer | null;
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
    const { store, control } = await openShared(config.dataDir);
    const originals = originalsKey(env);
    const auth = makeAuth({
      store,
      secret: await appSecret(config.dataDir, env),
      baseUrl: config.web.publicUrl ?? env.ORIGIN ?? 'http://localhost',
      cookies: sveltekitCookies(getRequestEvent),
    });
    keepSampling();
    const schedule = (env.AFTERSIGHT_NIGHTLY ?? '') === '' ? null : keepSchedule();
    process.once(
      'sveltekit:shutdown',
      () =>
        void context?.then(async ({ leases }) => {
          leases.close();
          await control?.close();
          await store.close();
        }),
    );
    await noteConfiguration(store, path);
    return { ...open(config), ...reach(config), store, auth, originals, schedule };
  } catch (error) {
    context = null;
    throw error;
  }
}

/** The store for the life of this process; the embedded one also answers the command line, which cannot open it meanwhile. */
async function openShared(dataDir: string): Promise<{ store: Store; control: Control | null }> {
  const store = await openStore(dataDir, env);
  return { store, control: await listenForTasks(store, dataDir) };
}

function open(config: Config): Pick<Context, 'config' | 'leases' | 'runs'> {
  return { config, leases: leaseSnapshots(config.dataDir), runs: openRunLog(config.dataDir) };
}

function reach({ web: { oidc, mail } }: Config): Pick<Context, 'oidc' | 'mailer'> {
  return { oidc: oidc && makeOidc(oidc), mailer: mail && makeMailer(mail) };
}

/** Logs another configuration than the last. One that cannot be logged is served all the same, and is logged by the next start. */
async function noteConfiguration(store: Store, path: string): Promise<void> {
  try {
    await recordConfiguration(store, { path: resolve(path), ...(await fingerprintOf(path)) });
  } catch (error) {
    process.stderr.write(`${JSON.stringify({ error: `the configuration was not logged: ${String(error)}` })}\n`);
  }
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

/** Draws recurring samples from every snapshot that is new to this process, until it shuts down. */
function keepSampling(): void {
  let last = '';
  const draw = async (): Promise<void> => {
    const { leases, store, config } = await getContext();
    const lease = await leases.take();
    try {
      if (!lease || lease.warehouse.current.snapshot === last) return;
      await drawDueSamples({ store, warehouse: lease.warehouse, timezone: config.timezone });
      last = lease.warehouse.current.snapshot;
    } finally {
      lease?.release();
    }
  };
  const timer = setInterval(() => {
    draw().catch((error: unknown) => {
      process.stderr.write(`${JSON.stringify({ error: `recurring samples were not drawn: ${String(error)}` })}\n`);
    });
  }, tickMs);
  process.once('sveltekit:shutdown', () => clearInterval(timer));
}

async function reload(running: Context, path: string): Promise<Context> {
  try {
    const config = await loadConfig(path);
    await noteConfiguration(running.store, path);
    const next = { ...running, ...reach(config), config };
    if (config.dataDir === running.config.dataDir) return next;
    running.leases.close();
    return { ...next, ...open(config) };
  } catch (error) {
    if (error instanceof ConfigError) return running;
    throw error;
  }
}
