import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import * as xlsx from '@e965/xlsx';
import { encodeGb18030 } from '../../pipeline/generate/gb18030.ts';
import type { CanonicalRow, MonthTable } from './month.ts';
import { columnsOf, writeDelimited } from './month_files.ts';
import { zip } from './zip.ts';

/** Writes the rows of a table in a format; the key of a format ends its file's name. */
type Writer = (rows: readonly CanonicalRow[], table: MonthTable) => string | Uint8Array | Promise<Uint8Array>;

type Kind = 'instant' | 'day' | 'number' | 'boolean' | 'text';

/** The formats a table may come in, by the ending of its file; with the types each has, where it has any. */
export const formats: Readonly<Record<string, Writer>> = {
  '-bom.csv': (rows) => `\ufeff${writeDelimited(rows)}`,
  '.csv.gz': (rows) => gzipSync(writeDelimited(rows)),
  '-gb18030.csv': (rows) => encodeGb18030(writeDelimited(rows)),
  '.tsv': (rows) => writeDelimited(rows, { delimiter: '\t' }),
  '.json': (rows) => JSON.stringify(rows.map(typedRecord)),
  '.ndjson': (rows) => rows.map((row) => `${JSON.stringify(typedRecord(row))}\n`).join(''),
  '.xlsx': (rows, table) => writeWorkbook(rows, table, 'xlsx'),
  '.xls': (rows, table) => writeWorkbook(rows, table, 'biff8'),
  '.parquet': (rows) => writeParquet(rows),
  '.zip': (rows, table) => {
    const half = rows.length >> 1;
    const columns = columnsOf(rows);
    return zip({
      [`${table}-1.csv`]: writeDelimited(rows.slice(0, half), { columns }),
      [`下半/${table}-2.json`]: JSON.stringify(rows.slice(half).map(typedRecord)),
    });
  },
};

/** A row as JSON has it: numbers and booleans of their own type, null for nothing. */
export function typedRecord(row: CanonicalRow): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    Object.entries(row).map(([column, text]) => {
      const kind = kindOf(column);
      if (text === '') return [column, null];
      if (kind === 'number') return [column, Number(text)];
      if (kind === 'boolean') return [column, isTrue(text)];
      return [column, text];
    }),
  );
}

/** The column types of a table in a database, by column. */
export function databaseTypes(rows: readonly CanonicalRow[]): Record<string, string> {
  const types: Record<Kind, string> = {
    instant: 'timestamp',
    day: 'date',
    number: 'bigint',
    boolean: 'boolean',
    text: 'text',
  };
  return Object.fromEntries(columnsOf(rows).map((column) => [column, types[kindOf(column)]]));
}

function kindOf(column: string): Kind {
  if (/(^|_)at$/.test(column)) return 'instant';
  if (column === 'day') return 'day';
  if (/^(is_)/.test(column)) return 'boolean';
  return /_minor$|^(seq|priority|csat_score|units|orders)$/.test(column) ? 'number' : 'text';
}

function isTrue(text: string): boolean {
  return text === 'true' || text === '是';
}

function writeWorkbook(rows: readonly CanonicalRow[], table: string, bookType: 'xlsx' | 'biff8'): Uint8Array {
  const columns = columnsOf(rows);
  const cells = rows.map((row) => columns.map((column) => writeCell(row[column] ?? '', kindOf(column))));
  const sheet = xlsx.utils.aoa_to_sheet([columns, ...cells], { dense: true });
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, sheet, table);
  return new Uint8Array(xlsx.write(book, { type: 'buffer', bookType, compression: true }));
}

function writeCell(text: string, kind: Kind): xlsx.CellObject | null {
  if (text === '') return null;
  const seconds = Date.parse(`${text.replace(' ', 'T')}Z`) / 1000;
  if (kind === 'instant' && Number.isFinite(seconds))
    return { t: 'n', v: seconds / 86_400 + 25_569, z: 'yyyy/m/d h:mm:ss' };
  if (kind === 'number') return { t: 'n', v: Number(text) };
  if (kind === 'boolean') return { t: 'b', v: isTrue(text) };
  return { t: 's', v: text };
}

async function writeParquet(rows: readonly CanonicalRow[]): Promise<Uint8Array> {
  const path = join(tmpdir(), `aftersight-${randomUUID()}`);
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const types = databaseTypes(rows);
    const texts = Object.fromEntries(Object.keys(types).map((column) => [column, 'varchar']));
    const casts = Object.entries(types).map(
      ([column, type]) => `try_cast(nullif("${column}", '') as ${type === 'text' ? 'varchar' : type}) as "${column}"`,
    );
    await connection.run(`create table given as select unnest(from_json($rows::json, $shape), recursive := true)`, {
      rows: JSON.stringify(rows),
      shape: JSON.stringify([texts]),
    });
    await connection.run(`copy (select ${casts.join(', ')} from given) to '${path}' (format parquet)`);
    return await readFile(path);
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(path, { force: true });
  }
}
