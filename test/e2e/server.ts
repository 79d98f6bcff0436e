import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { ensureChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string;
    chromium: string | null;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the app, serves it as in production and provides its address and a browser to the tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = ensureChromium();
  project.provide('chromium', chromium);
  if (chromium === null) {
    process.stderr.write('No Chromium here and none could be installed: the browser tests are skipped.\n');
    project.provide('baseUrl', '');
    return () => Promise.resolve();
  }
  buildApp();
  const port = await findFreePort();
  const server = await startServer(port);
  project.provide('baseUrl', `http://127.0.0.1:${port}`);
  return async () => {
    server.kill();
    if (server.exitCode === null) await once(server, 'exit');
  };
}

function buildApp(): void {
  const { VITEST: _vitest, NODE_ENV: _mode, ...env } = process.env;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const done = spawnSync(process.execPath, [vite, 'build'], { cwd: root, env, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`vite build failed:\n${done.stdout}${done.stderr}`);
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

async function startServer(port: number): Promise<ChildProcess> {
  const env = { ...process.env, HOST: '127.0.0.1', PORT: String(port) };
  const server = spawn(process.execPath, ['build'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Listening')) resolve();
    });
    server.on('exit', (code) => {
      reject(new Error(`The built app ended with code ${code} before it listened.`));
    });
  });
  return server;
}
