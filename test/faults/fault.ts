import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { Worker } from 'node:worker_threads';

/**
 * What happens inside a program that was started with this module preloaded: when it has used so much processor time; at the first
 * file named like `path` that is about to be written or renamed, or was renamed; when it says `says` on stderr. It is killed, or
 * `fill` takes all space left. At its end it only tells in a file what processor time it took.
 */
export type Fault =
  (Moment & { fill?: string }) | { at: 'processor'; milliseconds: number } | { at: 'end'; tell: string };

/** A place in the program's way that is the same in every run. */
export type Moment = { at: 'write' | 'rename' | 'renamed'; path: string } | { at: 'stderr'; says: string };

const fault: Fault | null = process.env['FAULT'] ? JSON.parse(process.env['FAULT']) : null;
let hasHappened = false;

function strike(): void {
  if (hasHappened) return;
  hasHappened = true;
  const fill = fault && 'fill' in fault ? fault.fill : undefined;
  if (fill === undefined) process.kill(process.pid, 'SIGKILL');
  else takeAllSpace(fill);
}

/** Writes a file until the disk is full to the last byte. */
function takeAllSpace(path: string): void {
  const file = openSync(path, 'a');
  for (let bytes = 1 << 20; bytes >= 1;) {
    try {
      writeSync(file, Buffer.alloc(bytes));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      bytes >>= 1;
    }
  }
  closeSync(file);
}

/** Kills from a thread of its own, so that it can happen in the midst of anything. */
const killer = `
  const { workerData } = require('node:worker_threads');
  setInterval(() => {
    const { user, system } = process.cpuUsage();
    if (user + system >= 1000 * workerData) process.kill(process.pid, 'SIGKILL');
  }, 1);`;

if (fault?.at === 'processor') {
  new Worker(killer, { eval: true, workerData: fault.milliseconds }).unref();
} else if (fault?.at === 'end') {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(fault.tell, String((user + system) / 1000));
  });
} else if (fault?.at === 'stderr') {
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = (text: string | Uint8Array): boolean => {
    const isDone = write(text);
    if (String(text).includes(fault.says)) strike();
    return isDone;
  };
} else if (fault) {
  const { rename, writeFile } = fs;
  const strikeAt = (at: Fault['at'], path: unknown): void => {
    if (at === fault.at && new RegExp(fault.path).test(String(path))) strike();
  };
  fs.rename = async (from, to) => {
    strikeAt('rename', to);
    await rename(from, to);
    strikeAt('renamed', to);
  };
  fs.writeFile = async (file, ...rest) => {
    strikeAt('write', file);
    await writeFile(file, ...rest);
  };
  syncBuiltinESMExports();
}
