import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/** How a process went: seconds of wall time, of processor time on all cores, peak resident memory in bytes. */
export interface ChildRun {
  seconds: number;
  processorSeconds: number;
  peakBytes: number;
}

/** What `report_usage.ts` says: microseconds and kilobytes. */
const usage = z.object({ userCPUTime: z.number(), systemCPUTime: z.number(), maxRSS: z.number() });

/** Runs a TypeScript file to its end. Errors: with the child's output where it fails. */
export async function runChild(script: string, args: readonly string[]): Promise<ChildRun> {
  const started = performance.now();
  const reporter = pathToFileURL(join(import.meta.dirname, 'report_usage.ts')).href;
  const child = spawn(process.execPath, ['--import', reporter, script, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [code, errors, report] = await Promise.all([ended, readAll(child.stderr), readAll(child.stdio[3])]);
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${errors.slice(-2000)}`);
  const { userCPUTime, systemCPUTime, maxRSS } = usage.parse(JSON.parse(report));
  return {
    seconds: (performance.now() - started) / 1000,
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakBytes: maxRSS * 1024,
  };
}

async function readAll(pipe: unknown): Promise<string> {
  return pipe instanceof Readable ? text(pipe) : '';
}
