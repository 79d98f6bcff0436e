import { open } from 'node:fs/promises';

export type Format = 'text' | 'json' | 'markup' | 'workbook' | 'zip' | 'gzip' | 'parquet' | 'empty';

const sampleBytes = 4096;

/** Tells the format of a file by its content alone; a zip may turn out to be a workbook (see `isWorkbookArchive`). */
export async function detectFormat(path: string): Promise<Format> {
  const bytes = await readStart(path);
  if (bytes.length === 0) return 'empty';
  const starts = (...signature: number[]): boolean => signature.every((byte, index) => bytes[index] === byte);
  if (starts(0x1f, 0x8b)) return 'gzip';
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'zip';
  if (starts(0xd0, 0xcf, 0x11, 0xe0) || starts(0x09, 0x08, 0x10, 0x00) || starts(0x09, 0x08, 0x08, 0x00))
    return 'workbook';
  if (bytes.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet';
  const text = decodeStart(bytes).replace(/^[\s\ufeff]+/, '');
  if (/^(\{\s*["}]|\{$|\[\s*[{[\]]|\[$)/.test(text)) return 'json';
  if (/^<(\?xml|!doctype|!--|html|head|meta|style|body|table|div)/i.test(text)) return 'markup';
  return 'text';
}

/** Tells from the names in a zip whether it is a spreadsheet (Excel or OpenDocument) rather than an archive of files. */
export function isWorkbookArchive(names: readonly string[]): boolean {
  return (
    names.some((name) => /^\/?xl\/workbook\.(xml|bin)$/i.test(name)) ||
    (names.includes('mimetype') && names.includes('content.xml'))
  );
}

function decodeStart(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes, { stream: true });
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes, { stream: true });
  return new TextDecoder().decode(bytes, { stream: true });
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(sampleBytes);
    const { bytesRead } = await file.read(bytes, 0, sampleBytes, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
