import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readCurrent } from '#lib/server/snapshot.ts';
import { generate } from '../../pipeline/generate/generate.ts';
import { hashCurrent } from '../warehouse/content_hash.ts';
import type { Fault } from './fault.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** What a command answered; `signal` is set where it was killed. */
export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A command under way: its process, and how it ended. */
export interface Started {
  child: ChildProcessByStdio<null, Readable, Readable>;
  outcome: Promise<Outcome>;
}

const answerSchema = z.looseObject({ snapshot: z.string(), asOf: z.string(), rows: z.array(z.unknown()).min(1) });

/** What `kpi --json` answers. */
export type Answer = z.infer<typeof answerSchema>;

/** No data that a test loads is later than this, so that the content of a snapshot does not depend on when the test runs. */
export const asOf = '2026-10-30T12:00:00Z';

const period = ['--from', '2025-01-01', '--to', '2027-01-01'];

/** A folder with configuration, inbox and data as an operator has it, and the command line over it. */
export class Operation {
  readonly folder: string;
  readonly dataDir: string;
  readonly #program: string;

  constructor(folder: string, program = repository) {
    this.folder = folder;
    this.dataDir = join(folder, 'data');
    this.#program = program;
  }

  /** Starts a command of the command line, in English; a fault happens inside it where it is told, files end at a size. */
  start(command: string, options: readonly string[] = [], fault?: Fault, mostBytes?: number): Started {
    const program = [join(this.#program, 'pipeline/cli.ts'), command, '--config', join(this.folder, 'aftersight.yaml')];
    const preload = fault ? ['--import', new URL('fault.ts', import.meta.url).href] : [];
    const env = {
      ...process.env,
      LC_ALL: 'en_US.UTF-8',
      AFTERSIGHT_KEY: 'the same for all copies',
      FAULT: JSON.stringify(fault),
    };
    const limit = mostBytes === undefined ? [] : ['prlimit', `--fsize=${mostBytes}`];
    const [executable = '', ...args] = [...limit, process.execPath, ...preload, ...program, ...options];
    const child = spawn(executable, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
    const outcome = once(child, 'close').then(() => ({ code: child.exitCode, signal: child.signalCode, ...texts }));
    return { child, outcome };
  }

  startRun(fault?: Fault, mostBytes?: number): Started {
    return this.start('run', ['--as-of', asOf, '--json'], fault, mostBytes);
  }

  run(fault?: Fault): Promise<Outcome> {
    return this.startRun(fault).outcome;
  }

  /** KPIs over all days as `kpi --json` prints them; throws where the command fails. */
  async kpi(...metrics: string[]): Promise<Answer> {
    const { code, stdout, stderr } = await this.start('kpi', [...metrics, '--json', ...period]).outcome;
    if (code !== 0) throw new Error(`kpi ended with ${code}: ${stderr}`);
    return answerSchema.parse(JSON.parse(stdout));
  }

  async snapshot(): Promise<string | null> {
    return (await readCurrent(this.dataDir))?.snapshot ?? null;
  }

  async hash(): Promise<Record<string, string>> {
    return hashCurrent(this.dataDir, await readCurrent(this.dataDir));
  }

  /** Files that only a run under way may have: half-written, spilled, unpacked, logs ahead of a database. */
  async leftovers(): Promise<string[]> {
    const entries = await readdir(this.dataDir, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /\/tmp(\/|$)/.test(entry.parentPath.slice(this.dataDir.length)))
      .concat(entries.filter((entry) => /^\.|\.tmp$|\.wal$/.test(entry.name)))
      .map((entry) => join(entry.parentPath, entry.name).slice(this.dataDir.length + 1));
  }

  /** An independent copy of everything, to be disturbed. */
  async copy(): Promise<Operation> {
    const folder = await makeFolder();
    await cp(this.folder, folder, { recursive: true });
    return new Operation(folder, this.#program);
  }

  /** Replaces the inbox by that of a sample, as a new export does. */
  async receive(cases: number, seed: number): Promise<void> {
    const dataDir = basename(this.dataDir);
    for (const name of await readdir(this.folder))
      if (name !== dataDir) await rm(join(this.folder, name), { recursive: true });
    await generate({ cases, seed, out: this.folder });
  }

  /** Deletes all data, as on the day before the first run. */
  async forget(): Promise<void> {
    await rm(this.dataDir, { recursive: true });
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A checkout of its own with the installed packages, so that a test can change the SQL that runs. */
export async function copyProgram(): Promise<string> {
  const program = await makeFolder();
  for (const name of ['package.json', 'pipeline', 'queries', 'src']) {
    await cp(join(repository, name), join(program, name), { recursive: true });
  }
  await symlink(join(repository, 'node_modules'), join(program, 'node_modules'));
  return program;
}

export async function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'aftersight-fault-'));
}
