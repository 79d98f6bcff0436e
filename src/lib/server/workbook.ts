import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import exceljs from 'exceljs';
import { harmless } from './csv.ts';

/** The most rows a sheet holds below its header. */
export const maximumRows = 1_048_575;

export interface WorkbookColumn {
  head: string;
  width: number;
  /** Excel's number format; '@' keeps ids text. */
  format?: string;
}

export type WorkbookCell = string | number | Date | null;

/** How Excel shows an instant. */
export const instantFormat = 'yyyy-mm-dd hh:mm:ss';

/** A workbook of one long table and one sheet about it. */
export interface Workbook {
  table: { name: string; columns: readonly WorkbookColumn[]; rows: AsyncIterable<readonly WorkbookCell[][]> };
  /** Asked for once the table is written. */
  about: { name: string; rows: () => readonly (readonly [string, WorkbookCell])[] };
}

/** Writes a workbook piece by piece; rows are asked for only as fast as the pieces are taken. */
export async function* workbookBytes(workbook: Workbook): AsyncGenerator<Uint8Array, void> {
  const out = new PassThrough({ highWaterMark: 1 << 20 });
  const closed = once(out, 'close').catch(() => undefined);
  const written = write(workbook, out).catch((cause: unknown) => {
    out.destroy(cause instanceof Error ? cause : new Error(String(cause)));
  });
  try {
    yield* out;
  } finally {
    out.destroy();
    await Promise.race([written, closed]);
  }
}

async function write({ table, about }: Workbook, out: PassThrough): Promise<void> {
  const book = new exceljs.stream.xlsx.WorkbookWriter({
    stream: out,
    useStyles: true,
    useSharedStrings: false,
    zip: { zlib: { level: 1 } },
  });
  const sheet = book.addWorksheet(table.name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = table.columns.map(({ width, format }) => ({ width, style: format ? { numFmt: format } : {} }));
  sheet.addRow(table.columns.map(({ head }) => head)).commit();
  for await (const rows of table.rows) {
    for (const cells of rows) sheet.addRow(cells.map(toCell)).commit();
    if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), once(out, 'close')]);
    if (out.destroyed) return;
  }
  sheet.commit();
  const notes = book.addWorksheet(about.name);
  notes.columns = [{ width: 18 }, { width: 90 }];
  for (const cells of about.rows()) {
    const row = notes.addRow(cells.map(toCell));
    row.getCell(2).alignment = { horizontal: 'left' };
    if (cells[1] instanceof Date) row.getCell(2).numFmt = instantFormat;
    row.commit();
  }
  notes.commit();
  await book.commit();
}

function toCell(cell: WorkbookCell): WorkbookCell {
  return typeof cell === 'string' ? harmless(cell) : cell;
}
