import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { ensureChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string;
    chromium: string | null;
    /** The configuration the server runs with, and the folder of its sample. */
    configPath: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const sampleCases = 4000;

/** Builds the app, serves a generated sample as in production and provides its address and a browser to the tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = ensureChromium();
  project.provide('chromium', chromium);
  if (chromium === null)
    process.stderr.write('No Chromium here and none could be installed: the tests in a browser are skipped.\n');
  buildApp();
  const folder = await mkdtemp(join(tmpdir(), 'aftersight-e2e-'));
  const configPath = join(folder, 'aftersight.yaml');
  runCommand(['generate', '--cases', String(sampleCases), '--seed', '1', '--out', folder, '--force']);
  runCommand(['run', '--config', configPath]);
  const server = await serveBuilt(configPath);
  project.provide('baseUrl', server.baseUrl);
  project.provide('configPath', configPath);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

function buildApp(): void {
  const { VITEST: _vitest, NODE_ENV: _mode, ...env } = process.env;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const done = spawnSync(process.execPath, [vite, 'build'], { cwd: root, env, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`vite build failed:\n${done.stdout}${done.stderr}`);
}

/** Runs the command line. Errors: with what it wrote where it fails. */
export function runCommand(args: readonly string[]): string {
  const env = { ...process.env, AFTERSIGHT_KEY: 'a key for tests, long enough to be taken' };
  const done = spawnSync(process.execPath, [join(root, 'pipeline', 'cli.ts'), ...args], { env, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`aftersight ${args.join(' ')} ended with ${done.status}:\n${done.stderr}`);
  return done.stdout;
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('The probe for a free port has no address.');
  return address.port;
}

/** Starts the built app over a configuration, on a free port of this machine. */
export async function serveBuilt(
  configPath: string,
): Promise<{ baseUrl: string; process: ChildProcess; stop: () => Promise<void> }> {
  const port = await findFreePort();
  const env = { ...process.env, HOST: '127.0.0.1', PORT: String(port), AFTERSIGHT_CONFIG: configPath };
  const server = spawn(process.execPath, ['build'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Listening')) resolve();
    });
    server.on('exit', (code) => {
      reject(new Error(`The built app ended with code ${code} before it listened.`));
    });
  });
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    process: server,
    stop: async () => {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    },
  };
}
