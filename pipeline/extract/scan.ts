import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

const blockBytes = 4 << 20;

/** What one pass over a file tells: its hash, whether it is UTF-8 throughout, and its stamp to notice later changes. */
export interface Scan {
  sha256: string;
  bytes: number;
  firstNotUtf8: number | null;
  firstNul: number | null;
  stamp: string;
}

/** Hashes a file and looks for bytes that are not UTF-8 or NUL (offsets from 0, null where there are none; the first is of its block's granularity). */
export async function scanFile(path: string): Promise<Scan> {
  const file = await open(path);
  try {
    const stamp = await stampOf(file);
    const hash = createHash('sha256');
    let bytes = 0;
    let firstNotUtf8: number | null = null;
    let firstNul: number | null = null;
    let carry = Buffer.alloc(0);
    for await (const block of readBlocks(file)) {
      hash.update(block);
      if (firstNotUtf8 === null) {
        const joined = carry.length === 0 ? block : Buffer.concat([carry, block]);
        const whole = joined.length - incompleteTail(joined);
        if (isUtf8(joined.subarray(0, whole))) carry = Buffer.from(joined.subarray(whole));
        else firstNotUtf8 = bytes - carry.length + firstInvalid(joined.subarray(0, whole));
      }
      if (firstNul === null) {
        const at = block.indexOf(0);
        if (at >= 0) firstNul = bytes + at;
      }
      bytes += block.length;
    }
    if (firstNotUtf8 === null && carry.length > 0) firstNotUtf8 = bytes - carry.length;
    return { sha256: hash.digest('hex'), bytes, firstNotUtf8, firstNul, stamp };
  } finally {
    await file.close();
  }
}

/** Tells size and time of change of a file; equal stamps before and after reading mean that nobody wrote to it meanwhile. */
export async function readStamp(path: string): Promise<string> {
  const file = await open(path);
  try {
    return await stampOf(file);
  } finally {
    await file.close();
  }
}

/** Yields the bytes of an open file from `position` on; each block is only valid until the next. */
export async function* readBlocks(file: FileHandle, position = 0): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(blockBytes);
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, blockBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function stampOf(file: FileHandle): Promise<string> {
  const { size, mtimeNs, ino } = await file.stat({ bigint: true });
  return `${size}-${mtimeNs}-${ino}`;
}

function incompleteTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? back : 0;
  }
  return 0;
}

function firstInvalid(bytes: Buffer): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    const end = middle - incompleteTail(bytes.subarray(valid, middle));
    if (end > valid && isUtf8(bytes.subarray(valid, end))) valid = end;
    else if (end === valid) break;
    else invalid = middle;
  }
  return valid;
}
