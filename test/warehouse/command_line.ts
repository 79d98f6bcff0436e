import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const shim = fileURLToPath(new URL('../../pipeline/aftersight.mjs', import.meta.url));

export interface Outcome {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command as a user would, in English unless told otherwise. */
export async function aftersight(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  return run(process.execPath, [shim, ...args], env);
}

/** Runs a command with its answer piped into another, whose output is the outcome's. */
export async function aftersightInto(reader: string, args: readonly string[]): Promise<Outcome> {
  return run('sh', ['-c', `"$@" | ${reader}`, 'sh', process.execPath, shim, ...args], {});
}

async function run(program: string, args: readonly string[], env: Record<string, string>): Promise<Outcome> {
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'], AFTERSIGHT_LANG: 'en', AFTERSIGHT_KEY: 'a key for tests', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, stdout, stderr };
}

/** Reads the answer of a command with --json. */
export function parseAnswer<S extends z.ZodType>(schema: S, { stdout }: Outcome): z.output<S> {
  return schema.parse(JSON.parse(stdout));
}

const count = z.int().nonnegative();

export const runAnswer = z.strictObject({
  runId: z.string(),
  asOf: z.iso.datetime(),
  published: z.boolean(),
  files: z.array(
    z.strictObject({
      source: z.string(),
      table: z.string(),
      file: z.string(),
      load: z.string(),
      records: count,
      loaded: count,
      superseded: count,
      ignored: count,
      quarantined: count,
    }),
  ),
  checks: z.array(z.strictObject({ name: z.string(), rows: count })),
});

export const kpiAnswer = z.strictObject({
  snapshot: z.string(),
  asOf: z.iso.datetime(),
  from: z.iso.date(),
  to: z.iso.date(),
  by: z.string().nullable(),
  rows: z.array(
    z.strictObject({
      metric: z.string(),
      key: z.string().nullable(),
      numerator: count,
      denominator: count,
      rate: z.number().min(0).max(1).nullable(),
      median: z.number().nullable(),
      p90: z.number().nullable(),
      pending: count,
      excluded: count,
    }),
  ),
});

export const casesAnswer = z.strictObject({
  snapshot: z.string(),
  asOf: z.iso.datetime(),
  rows: z.array(
    z.strictObject({
      caseId: z.string(),
      itemId: z.string().nullable(),
      day: z.iso.date(),
      state: z.enum(['met', 'late', 'breached', 'pending', 'counted']),
      numerator: z.union([z.literal(0), z.literal(1)]),
      denominator: z.union([z.literal(0), z.literal(1)]),
      value: z.number().nullable(),
    }),
  ),
});
