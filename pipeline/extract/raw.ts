import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { matchColumns, type RawTable } from './header.ts';
import { loadId, type Load } from './loads.ts';
import { hashParameters, hashSql, maskedSql } from './mask.ts';
import { originalSql } from './originals.ts';
import { identifier, literal, pathLiteral, spaces } from './sql.ts';
import { totalPattern } from './totals.ts';

/** A relation with every value as text (null where empty), the columns of the file in its order. */
export interface Reading {
  relation: string;
  columns: { name: string; sql: string }[];
  malformed: string | null;
}

/** Where a load comes from and what is known of it before its rows are counted. */
export interface LoadFacts {
  source: string;
  file: string;
  format: string;
  encoding: string;
  contentSha256: string;
  loadedAt: Date;
  extractedAt?: string;
  highWaterMark?: string;
  columns: string[];
}

/** How personal data is protected: the key of hashed columns, and whether masked columns keep their originals, sealed. */
export interface Protection {
  key: Buffer;
  keepsOriginals: boolean;
}

const counters = ['records', 'blank', 'total', 'malformed'] as const;
const counterWidth = 24;
/** Writes a reading as one load of the raw layer, under its final name only once complete and after `confirm` did not throw. */
export async function writeLoad(
  connection: DuckDBConnection,
  reading: Reading,
  table: RawTable,
  facts: LoadFacts,
  target: Protection & { dataDir: string; counter: number; confirm: () => Promise<void> },
): Promise<Load> {
  const folder = join(target.dataDir, 'raw', facts.source, table.table);
  await mkdir(folder, { recursive: true });
  const id = loadId(facts.loadedAt, target.counter, facts.contentSha256);
  const path = join(folder, `${id}.parquet`);
  const draft = `${path}.tmp`;
  try {
    const reads = describeReads(table, target.keepsOriginals);
    const { sql, parameters } = selectKept(reading, table, target.key, target.keepsOriginals ? id : null);
    const copy = `copy (${sql}) to ${literal(draft)} (format parquet, compression zstd, compression_level 1, use_tmp_file false, kv_metadata ${metadataSql(facts, table.table, reads)})`;
    await connection.run(copy, parameters);
    const counts = await countRows(connection, draft);
    await sealCounts(draft, counts);
    await target.confirm();
    await rename(draft, path);
    const { loadedAt, ...kept } = facts;
    return { id, path, table: table.table, loadedAt: loadedAt.toISOString(), reads, ...kept, ...counts };
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Writes the SELECT of what raw keeps of a reading: the adapter's columns, hashed and masked, `_ignored` and `_malformed`; and its
 * parameters. With the id of a load, also the sealed originals of masked columns.
 */
export function selectKept(
  reading: Reading,
  table: RawTable,
  key: Buffer,
  sealFor: string | null = null,
): { sql: string; parameters?: Record<string, string> } {
  const columns = matchColumns(
    reading.columns.map((column) => column.name),
    table,
  ).map(({ name, index }) => ({ name, value: reading.columns[index]?.sql ?? 'null' }));
  const relation = columns
    .filter(({ name }) => table.mask.includes(name))
    .reduce((from, { name, value }) => maskedSql(from, value, maskedName(name)), reading.relation);
  const kept = columns.flatMap(({ name, value }) => {
    const kept = protect(value, name, table);
    const isSealed = sealFor !== null && table.mask.includes(name);
    return [`${kept} as ${identifier(name)}`, ...(isSealed ? [originalSql(value, kept, sealFor, name)] : [])];
  });
  const malformed = reading.malformed ?? 'null::varchar';
  const sql = `select ${[...kept, `${ignoredSql(reading)} as _ignored`, `${malformed} as _malformed`].join(', ')} from ${relation}`;
  return sql.includes('$hash_inner') ? { sql, parameters: hashParameters(key) } : { sql };
}

function protect(value: string, name: string, table: RawTable): string {
  if (table.hash.includes(name)) return hashSql(value);
  return table.mask.includes(name) ? identifier(maskedName(name)) : value;
}

function maskedName(name: string): string {
  return `_masked_${name}`;
}

/** Writes the SQL that names a record to leave out: 'total' with a word for a total in its first column, 'blank' without any content. */
function ignoredSql(reading: Reading): string {
  const first = reading.columns[0]?.sql ?? 'null';
  const branches = [
    ...(reading.malformed === null ? [] : [`when ${reading.malformed} is not null then null`]),
    `when regexp_full_match(${first}, ${literal(totalPattern)}) then 'total'`,
    `when ${first} >= '!' and ${first} < '~' then null`,
    ...reading.columns.map(({ sql }) => `when trim(${sql}, ${literal(spaces)}) <> '' then null`),
  ];
  return `case ${branches.join(' ')} else 'blank' end`;
}

/** What an adapter reads of a table and how it is protected, as loads remember it: `body:mask`, `user_id:hash`, `status`; `body:seal` beside the masked text of a kept original. */
export function describeReads(table: RawTable, keepsOriginals: boolean): string[] {
  return table.columns.flatMap((name) => {
    if (table.hash.includes(name)) return [`${name}:hash`];
    if (!table.mask.includes(name)) return [name];
    return [`${name}:mask`, ...(keepsOriginals ? [`${name}:seal`] : [])];
  });
}

function metadataSql(facts: LoadFacts, table: string, reads: readonly string[]): string {
  const entries: [string, string | undefined][] = [
    ['source', facts.source],
    ['table', table],
    ['file', facts.file],
    ['format', facts.format],
    ['encoding', facts.encoding],
    ['content_sha256', facts.contentSha256],
    ['loaded_at', facts.loadedAt.toISOString()],
    ['extracted_at', facts.extractedAt],
    ['high_water_mark', facts.highWaterMark],
    ['columns', JSON.stringify(facts.columns)],
    ['reads', JSON.stringify(reads)],
    ...counters.map((name): [string, string] => [name, placeholder(name)]),
  ];
  return `{${entries.flatMap(([key, value]) => (value === undefined ? [] : [`${identifier(key)}: ${literal(value)}`])).join(', ')}}`;
}

function placeholder(counter: string): string {
  return `@count-of-${counter}@`.padEnd(counterWidth, '@');
}

type Counts = Record<(typeof counters)[number], number>;

async function countRows(connection: DuckDBConnection, draft: string): Promise<Counts> {
  const result = await connection.runAndReadAll(
    `select count(*)::int, count(*) filter (_ignored = 'blank')::int, count(*) filter (_ignored = 'total')::int, count(_malformed)::int from read_parquet(${pathLiteral(draft)})`,
  );
  const [records, blank, total, malformed] = (result.getRowsJson()[0] ?? []).map(Number);
  return { records: records ?? 0, blank: blank ?? 0, total: total ?? 0, malformed: malformed ?? 0 };
}

// The counts belong into the metadata, which COPY takes before it has seen a row: it writes placeholders of a fixed width
// into the footer, and the numbers go over them.
async function sealCounts(draft: string, counts: Counts): Promise<void> {
  const file = await open(draft, 'r+');
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(8);
    await file.read(tail, 0, 8, size - 8);
    const footer = Buffer.alloc(tail.readUInt32LE(0));
    const start = size - 8 - footer.length;
    await file.read(footer, 0, footer.length, start);
    for (const name of counters) {
      const at = footer.indexOf(placeholder(name));
      if (at < 0) throw new Error(`${draft}: no place for the number of ${name} in the Parquet footer`);
      footer.write(String(counts[name]).padStart(counterWidth, ' '), at, 'utf8');
    }
    await file.write(footer, 0, footer.length, start);
    await file.sync();
  } finally {
    await file.close();
  }
}
