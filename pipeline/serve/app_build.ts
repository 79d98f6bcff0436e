import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { root } from '../launch.mjs';

/** The built app, and the sources it was built from. */
export const appFolder = join(root, 'build');
const stamp = join(appFolder, 'sources.sha256');
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
const lock = join(root, '.svelte-kit', 'building.lock');
const sources = ['package-lock.json', 'package.json', 'svelte.config.js', 'vite.config.ts', 'reports', 'src', 'static'];
const pollMs = 300;

/** The app cannot be built: `output` is the end of what the builder wrote. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
  readonly output: string;

  constructor(output: string) {
    super('the app could not be built');
    this.output = output;
  }
}

interface BuildOptions {
  /** Called where there is something to build. */
  onBuild?: () => void;
  signal?: AbortSignal;
}

/**
 * Builds the app where it is not built or its sources have changed. Without development packages it stays as it is: outdated, or
 * missing. SQL is read as the app runs and needs no building. Errors: BuildError.
 */
export async function ensureApp({ onBuild, signal }: BuildOptions = {}): Promise<
  'current' | 'built' | 'outdated' | 'missing'
> {
  if (await isCurrent()) return 'current';
  if (!existsSync(vite)) return existsSync(join(appFolder, 'handler.js')) ? 'outdated' : 'missing';
  onBuild?.();
  await takeLock();
  try {
    if (await isCurrent()) return 'current';
    const hash = await hashSources();
    await build(signal);
    await writeFile(stamp, hash);
    return 'built';
  } finally {
    await rm(lock, { force: true });
  }
}

async function isCurrent(): Promise<boolean> {
  if (!existsSync(join(appFolder, 'handler.js'))) return false;
  return (await readFile(stamp, 'utf8').catch(() => '')) === (await hashSources());
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  const files = (await Promise.all(sources.map((name) => filesIn(join(root, name))))).flat().sort();
  for (const file of files)
    hash
      .update(`${relative(root, file)}\0`)
      .update(await readFile(file).catch(() => ''))
      .update('\0');
  return hash.digest('hex');
}

async function filesIn(path: string): Promise<string[]> {
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null);
  if (entries === null) return [path];
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function build(signal: AbortSignal | undefined): Promise<void> {
  const { VITEST: _vitest, NODE_ENV: _mode, ...env } = process.env;
  const args = ['--import', new URL('../bound.mjs', import.meta.url).href, vite, 'build', '--logLevel', 'warn'];
  const child = spawn(process.execPath, args, { cwd: root, env, signal, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const output = Promise.all([child.stdout, child.stderr].flatMap((stream) => (stream ? [text(stream)] : [])));
  const [exitCode, texts] = await Promise.all([ended, output]);
  if (exitCode !== 0) throw new BuildError(texts.join('').trim().slice(-4000));
}

/** Waits until no other process builds; the lock of one that is gone does not count. */
async function takeLock(): Promise<void> {
  await mkdir(dirname(lock), { recursive: true });
  for (;;) {
    const isTaken = await writeFile(lock, String(process.pid), { flag: 'wx' }).then(
      () => false,
      () => true,
    );
    if (!isTaken) return;
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (!isAlive(holder)) await rm(lock, { force: true });
    await setTimeout(pollMs);
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
