import { stat } from 'node:fs/promises';
import { env } from '$env/dynamic/private';
import { type Config, ConfigError, configPathDefault, loadConfig } from './config.ts';
import { type Leases, leaseSnapshots } from './leases.ts';

/** What every request works with, joined once a process. */
export interface Context {
  config: Config;
  leases: Leases;
}

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
    return { config, leases: leaseSnapshots(config.dataDir) };
  } catch (error) {
    context = null;
    throw error;
  }
}

async function reload(running: Context, path: string): Promise<Context> {
  try {
    const config = await loadConfig(path);
    if (config.dataDir === running.config.dataDir) return { ...running, config };
    running.leases.close();
    return { config, leases: leaseSnapshots(config.dataDir) };
  } catch (error) {
    if (error instanceof ConfigError) return running;
    throw error;
  }
}
