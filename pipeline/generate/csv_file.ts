import { closeSync, openSync, writeSync } from 'node:fs';

const CHUNK_BYTES = 1 << 20;
const TEXT_LIMIT = 1 << 16;

/** A CSV file written in large chunks; rows arrive as finished lines without their newline. */
export class CsvFile {
  records = 0;
  bytes = 0;
  private readonly descriptor: number;
  private readonly chunk = Buffer.allocUnsafe(CHUNK_BYTES + TEXT_LIMIT * 4 + 65_536);
  private readonly encode: ((text: string) => Buffer) | undefined;
  private used = 0;
  private text = '';

  constructor(path: string, columns: readonly string[], encode?: (text: string) => Buffer) {
    this.descriptor = openSync(path, 'w');
    this.encode = encode;
    this.text = columns.join(',') + '\n';
  }

  /** Appends one record. */
  add(row: string): void {
    this.records++;
    this.text += row + '\n';
    if (this.text.length > TEXT_LIMIT) this.encodeText();
  }

  /** Writes what is left and closes the file. */
  close(): void {
    this.encodeText();
    this.writeChunk();
    closeSync(this.descriptor);
  }

  private encodeText(): void {
    if (this.encode) this.used += this.encode(this.text).copy(this.chunk, this.used);
    else this.used += this.chunk.write(this.text, this.used, 'utf8');
    this.text = '';
    if (this.used >= CHUNK_BYTES) this.writeChunk();
  }

  private writeChunk(): void {
    let written = 0;
    while (written < this.used) written += writeSync(this.descriptor, this.chunk, written, this.used - written);
    this.bytes += this.used;
    this.used = 0;
  }
}

/** Quotes a CSV field where it holds a comma, a quote or a line break. */
export function quoteField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
