import { closeSync, openSync, writeSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/**
 * What happens inside a program that was started with this module preloaded: at the first file named like `path` that is about to
 * be written or renamed, or was renamed; or when it says `says` on stderr. It kills itself, or `fill` takes all space left.
 */
export type Fault = ({ at: 'write' | 'rename' | 'renamed'; path: string } | { at: 'stderr'; says: string }) & {
  fill?: string;
};

const fault: Fault | null = process.env['FAULT'] ? JSON.parse(process.env['FAULT']) : null;
let hasHappened = false;

function strike(): void {
  if (hasHappened) return;
  hasHappened = true;
  if (fault?.fill === undefined) process.kill(process.pid, 'SIGKILL');
  else takeAllSpace(fault.fill);
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

if (fault?.at === 'stderr') {
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
