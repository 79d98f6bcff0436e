import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** How a process went: seconds of wall time, peak resident memory in bytes (null where the system does not tell). */
export interface ChildRun {
  seconds: number;
  peakBytes: number | null;
}

/** Runs a TypeScript file to its end and watches its memory. Errors: with the child's output where it fails. */
export async function runChild(script: string, args: readonly string[]): Promise<ChildRun> {
  const started = performance.now();
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  let peakBytes: number | null = null;
  const watch = setInterval(
    () => void readPeak(child.pid).then((peak) => (peakBytes = Math.max(peak ?? 0, peakBytes ?? 0) || null)),
    100,
  );
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${errors.slice(-2000)}`);
  return { seconds: (performance.now() - started) / 1000, peakBytes };
}

async function readPeak(pid: number | undefined): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
