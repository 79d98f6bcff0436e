import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { ExtractError } from './errors.ts';
import { readBlocks, type Scan } from './scan.ts';

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/** Stands in decoded text for bytes that the encoding does not allow; Unicode assigns it no character. */
export const damage = '\uffff';

const sampleBytes = 1 << 20;
const lineFeed = 10;

/**
 * Decides the encoding of a text file: a byte-order mark, else UTF-8 where it is valid, else whichever of UTF-8 and GB18030 more
 * of the lines beside the first invalid byte are valid in. Errors: ExtractError with the offset when most are valid in neither.
 */
export async function detectEncoding(path: string, file: string, scan: Scan): Promise<Encoding> {
  const mark = await readSample(path, 0, 2);
  if (mark[0] === 0xff && mark[1] === 0xfe) return 'utf-16le';
  if (mark[0] === 0xfe && mark[1] === 0xff) return 'utf-16be';
  if (scan.firstNotUtf8 === null) return 'utf-8';
  const lines = splitLines(
    await readSample(path, Math.max(0, scan.firstNotUtf8 - sampleBytes), 2 * sampleBytes),
  ).filter(hasNonAscii);
  const inUtf8 = lines.filter((line) => decodes(line, 'utf-8')).length;
  const inGb18030 = lines.filter((line) => decodes(line, 'gb18030')).length;
  if (Math.max(inUtf8, inGb18030) * 2 < lines.length || lines.length === 0) {
    throw new ExtractError(
      file,
      `the bytes at offset ${scan.firstNotUtf8} are not UTF-8, and the text is not GB18030 either`,
      'Export it again as UTF-8 or GB18030 (GBK); if it is no text, give it the format its program reads.',
    );
  }
  return inUtf8 >= inGb18030 ? 'utf-8' : 'gb18030';
}

/** Reads the beginning of a text file, decoded without its byte-order mark; `whole` tells that there is no more. */
export async function readBeginning(path: string, encoding: Encoding): Promise<{ text: string; whole: boolean }> {
  const bytes = await readSample(path, 0, sampleBytes);
  const whole = bytes.length < sampleBytes;
  return { text: new TextDecoder(encoding).decode(bytes, { stream: !whole }), whole };
}

/** Yields the text of a file in blocks; a line with bytes its encoding does not allow carries `damage` in their place. */
export async function* readText(path: string, encoding: Encoding): AsyncGenerator<string> {
  const file = await open(path);
  try {
    if (encoding === 'utf-16le' || encoding === 'utf-16be') {
      const decoder = new TextDecoder(encoding);
      for await (const block of readBlocks(file)) yield decoder.decode(block, { stream: true });
      yield decoder.decode();
      return;
    }
    const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    let rest = Buffer.alloc(0);
    let isFirst = true;
    const decode = (bytes: Buffer): string => {
      const text = decodeLines(bytes, decoder, encoding);
      const start = isFirst && text.startsWith('\ufeff') ? 1 : 0;
      isFirst = false;
      return text.slice(start);
    };
    for await (const block of readBlocks(file)) {
      const bytes = rest.length === 0 ? block : Buffer.concat([rest, block]);
      const whole = bytes.lastIndexOf(lineFeed) + 1;
      if (whole > 0) yield decode(bytes.subarray(0, whole));
      rest = Buffer.from(bytes.subarray(whole));
    }
    if (rest.length > 0) yield decode(rest);
  } finally {
    await file.close();
  }
}

/** Writes a text file again as UTF-8 without byte-order mark; tells whether any line was damaged. */
export async function transcode(path: string, encoding: Encoding, target: string): Promise<{ isDamaged: boolean }> {
  let isDamaged = false;
  const blocks = async function* (): AsyncGenerator<string> {
    for await (const text of readText(path, encoding)) {
      isDamaged ||= text.includes(damage);
      yield text;
    }
  };
  await pipeline(blocks, createWriteStream(target, { encoding: 'utf8' }));
  return { isDamaged };
}

function decodeLines(bytes: Buffer, decoder: TextDecoder, encoding: Encoding): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return splitLines(bytes)
      .map((line) =>
        decodes(line, encoding)
          ? decoder.decode(line)
          : new TextDecoder(encoding).decode(line).replaceAll('\ufffd', damage),
      )
      .join('');
  }
}

function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(lineFeed, from);
    const next = end < 0 ? bytes.length : end + 1;
    lines.push(bytes.subarray(from, next));
    from = next;
  }
  return lines;
}

function decodes(bytes: Buffer, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function hasNonAscii(bytes: Buffer): boolean {
  return bytes.some((byte) => byte >= 0x80);
}

async function readSample(path: string, from: number, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(bytes, filled, length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}
