import { createReadStream, createWriteStream } from 'node:fs';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createGunzip } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { ExtractError } from './errors.ts';

const again = 'If it is still being copied, the next run loads it; otherwise fetch it again.';

/** Unpacks a gzip file to `target`. Errors: ExtractError where it is cut off or damaged. */
export async function unpackGzip(path: string, file: string, target: string): Promise<void> {
  const write = createWriteStream(target);
  try {
    await pipeline(createReadStream(path), createGunzip(), write);
  } catch (cause) {
    if (!isZlibError(cause)) throw cause;
    const found =
      cause.code === 'Z_BUF_ERROR' ? 'the gzip data end in the middle' : `damaged gzip data (${cause.message})`;
    throw new ExtractError(file, `${found}, after ${write.bytesWritten} bytes of content`, again, cause);
  }
}

/** A file in a zip; `unpack` writes its content to a path. */
export interface Member {
  name: string;
  unpack: (target: string) => Promise<void>;
}

/** Calls `work` with the files in a zip while it is open. Errors: ExtractError where it is damaged. */
export async function withMembers<T>(path: string, file: string, work: (members: Member[]) => Promise<T>): Promise<T> {
  const zip = await guard(file, () => openPromise(path, { lazyEntries: true, decodeStrings: false, autoClose: false }));
  try {
    const members: Member[] = [];
    await guard(file, async () => {
      for await (const entry of zip.eachEntry()) {
        const name = decodeName(entry);
        if (/\/$|(^|\/)(__MACOSX\/|\.|~\$|Thumbs\.db$|desktop\.ini$)/i.test(name)) continue;
        members.push({ name, unpack: (target) => unpackEntry(zip, entry, `${file}#${name}`, target) });
      }
    });
    return await work(members);
  } finally {
    zip.close();
  }
}

async function unpackEntry(zip: ZipFile, entry: Entry, file: string, target: string): Promise<void> {
  if (entry.isEncrypted())
    throw new ExtractError(file, 'it is protected by a password', 'Unpack it and put its files in its place.');
  let checksum = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      checksum = crc32(chunk, checksum);
      done(null, chunk);
    },
  });
  const content: Readable = await guard(file, () => zip.openReadStreamPromise(entry));
  await pipeline(content, check, createWriteStream(target)).catch((cause: unknown) => {
    if (cause instanceof Error && 'syscall' in cause && cause.syscall === 'write') throw cause;
    throw new ExtractError(file, `damaged zip data (${describe(cause)})`, again, cause);
  });
  if (checksum !== entry.crc32) throw new ExtractError(file, 'damaged zip data (wrong checksum)', again);
}

async function guard<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new ExtractError(file, `damaged zip data (${describe(cause)})`, again, cause);
  }
}

/** Chinese systems write names in GBK without saying so, where the zip format would have them in code page 437. */
function decodeName(entry: Entry): string {
  const bytes: Buffer = entry.fileNameRaw;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function isZlibError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
