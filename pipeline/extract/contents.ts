import type { DuckDBConnection } from '@duckdb/node-api';
import { emptyFileError, findLayout, readStrictly, readTolerantly } from './csv.ts';
import { ExtractError } from './errors.ts';
import type { RawTable } from './header.ts';
import { readJson } from './json.ts';
import { parquetError, readParquet } from './parquet.ts';
import type { Part } from './parts.ts';
import type { Reading } from './raw.ts';
import { detectEncoding, transcode } from './text.ts';
import { readWorkbook } from './workbook.ts';
import type { Workspace } from './workspace.ts';

/** How to read a part: `readings` from strict and fast to tolerant; `explain` tells damage met while reading from other errors. */
export interface Content {
  format: string;
  encoding: string;
  columns: string[];
  skippedSheets: string[];
  readings: (() => Promise<Reading>)[];
  explain: (error: unknown) => unknown;
}

/** Finds out how a part is to be read for a table. Errors: ExtractError for what cannot be read or lacks required columns. */
export async function openContent(
  part: Part,
  table: RawTable,
  connection: DuckDBConnection,
  workspace: Workspace,
  limits: { workbookMb: number },
): Promise<Content> {
  const plain = { skippedSheets: [], explain: (error: unknown) => error };
  switch (part.format) {
    case 'empty':
      throw emptyFileError(part.file);
    case 'parquet': {
      const reading = await readParquet(connection, part.path, part.file, table);
      const explain = (error: unknown): unknown => (isDamage(error) ? parquetError(part.file, error) : error);
      return {
        ...plain,
        format: 'parquet',
        encoding: 'binary',
        columns: namesOf(reading),
        readings: [async () => reading],
        explain,
      };
    }
    case 'workbook':
    case 'markup': {
      const encoding = part.format === 'markup' ? await detectEncoding(part.path, part.file, part.scan) : null;
      const options = { limitMb: limits.workbookMb, markup: encoding };
      const { reading, ...found } = await readWorkbook(part.path, part.file, table, workspace.path('.csv'), options);
      return { ...plain, ...found, encoding: encoding ?? 'binary', readings: [async () => reading] };
    }
    case 'json': {
      const encoding = await detectEncoding(part.path, part.file, part.scan);
      const { reading, ...found } = await readJson(part.path, part.file, encoding, table, workspace.path('.csv'));
      return { ...plain, ...found, encoding, readings: [async () => reading] };
    }
    case 'text':
      return { ...plain, ...(await openText(part, table, workspace)) };
    case 'zip':
    case 'gzip':
      throw new ExtractError(part.file, 'an archive inside an archive', 'Unpack the outer one.');
  }
}

async function openText(
  part: Part,
  table: RawTable,
  workspace: Workspace,
): Promise<Omit<Content, 'skippedSheets' | 'explain'>> {
  const { path, file, scan } = part;
  const encoding = await detectEncoding(path, file, scan);
  const layout = await findLayout(path, file, encoding, table);
  const tolerant = (): Promise<Reading> => readTolerantly(path, encoding, layout, workspace.path('.csv'));
  const strict = async (): Promise<Reading> => {
    if (encoding === 'utf-8') return readStrictly(path, layout);
    const copy = workspace.path('.csv');
    const { isDamaged } = await transcode(path, encoding, copy);
    return isDamaged ? tolerant() : readStrictly(copy, layout);
  };
  const hasNul = scan.firstNul !== null && !encoding.startsWith('utf-16');
  const isPlain = layout.skip !== null && !hasNul && (encoding !== 'utf-8' || scan.firstNotUtf8 === null);
  return {
    format: layout.delimiter === '\t' ? 'tsv' : 'csv',
    encoding,
    columns: layout.header.names,
    readings: isPlain ? [strict, tolerant] : [tolerant],
  };
}

function namesOf(reading: Reading): string[] {
  return reading.columns.map((column) => column.name);
}

/** DuckDB's word for input it cannot take, in contrast to what goes wrong while writing. */
function isDamage(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(Invalid Input|Invalid|Serialization|IO) Error/.test(error.message) &&
    !/writ|space|memory/i.test(error.message)
  );
}
