import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

const keys = {
  AFTERSIGHT_KEY: 'a key for tests, long enough to be taken',
  AFTERSIGHT_PII_KEY: 'another key for tests, long enough to be taken',
};

/** Runs the command line. Errors: with what it wrote where it fails. */
export function runCommand(args: readonly string[], more: Readonly<Record<string, string>> = {}): string {
  const env = { ...process.env, ...keys, ...more };
  const done = spawnSync(process.execPath, [join(root, 'pipeline', 'cli.ts'), ...args], { env, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`aftersight ${args.join(' ')} ended with ${done.status}:\n${done.stderr}`);
  return done.stdout;
}

/** Runs the command line beside what else this process does, and returns its answer. Errors: where it fails. */
export async function askCommand(args: readonly string[]): Promise<string> {
  const env = { ...process.env, ...keys };
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'pipeline', 'cli.ts'), ...args], { env });
  return stdout;
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

/** Starts the built app over a configuration, on a free port of this machine; ORIGIN is where it is. */
export async function serveBuilt(
  configPath: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ baseUrl: string; process: ChildProcess; stop: () => Promise<void> }> {
  const port = await findFreePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    ...keys,
    HOST: '127.0.0.1',
    PORT: String(port),
    ORIGIN: baseUrl,
    AFTERSIGHT_CONFIG: configPath,
    ...more,
  };
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
    baseUrl,
    process: server,
    stop: async () => {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    },
  };
}

/** Resident memory of a process in MiB; null where the system does not tell. */
export async function residentMib({ pid }: ChildProcess): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kib = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
  return kib === undefined ? null : Number(kib) / 1024;
}
