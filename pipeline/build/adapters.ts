import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { suggest } from '#lib/server/config_nearest.ts';
import { type HiddenAlias, findHiddenAlias } from './aliases.ts';
import { type TableReference, columnsOf, hasStar, parseTree, tablesOf } from './syntax.ts';

export const canonicalTables = ['tickets', 'messages', 'events', 'refunds', 'sales', 'products'] as const;
export type CanonicalTable = (typeof canonicalTables)[number];

/** A table of a source as extract must bring it: the columns its adapter reads, and what happens to personal data in them. */
export interface RawTable {
  table: string;
  columns: string[];
  hash: string[];
  mask: string[];
  require: string[];
}

/** One SELECT from raw relations to the columns of a canonical table. */
export interface Mapping {
  table: CanonicalTable;
  file: string;
  tree: unknown;
  reads: string[];
  /** The raw table whose records the rows are: the one that `_load` and `_record` come from. */
  rowsOf: string;
}

export interface Adapter {
  kind: string;
  rawTables: RawTable[];
  mappings: Mapping[];
}

export interface SourceAdapter extends Adapter {
  source: string;
}

/** Adapter SQL that cannot be used; the message says which file, what is wrong and what to write instead. */
export class AdapterError extends Error {
  override readonly name = 'AdapterError';
}

const builtIn = join(import.meta.dirname, '../../queries/sources');

/** Where the SQL of a kind lives: built in, or a folder of that name beside the configuration. */
export function adapterFolder(kind: string, configFolder: string): string {
  const own = join(builtIn, kind);
  return existsSync(own) ? own : join(configFolder, kind);
}

/** Reads the adapter of each source. Errors: AdapterError. */
export async function readAdapters(
  connection: DuckDBConnection,
  sources: readonly { name: string; kind: string }[],
  configFolder: string,
): Promise<Map<string, SourceAdapter>> {
  const kinds = new Map<string, Adapter>();
  const adapters = new Map<string, SourceAdapter>();
  for (const source of sources) {
    const known = kinds.get(source.kind);
    const adapter = known ?? (await readAdapter(connection, source.kind, adapterFolder(source.kind, configFolder)));
    kinds.set(source.kind, adapter);
    adapters.set(source.name, { ...adapter, source: source.name });
  }
  return adapters;
}

async function readAdapter(connection: DuckDBConnection, kind: string, folder: string): Promise<Adapter> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  if (files.length === 0)
    throw new AdapterError(`${folder}: no .sql file; write one per canonical table: ${canonicalTables.join(', ')}`);
  const rawTables = new Map<string, RawTable>();
  const mappings: Mapping[] = [];
  for (const name of files) {
    const file = join(folder, name);
    const table = canonicalTables.find((canonical) => canonical === basename(name, '.sql'));
    if (!table)
      throw new AdapterError(`${file}: named after no canonical table; allowed: ${canonicalTables.join(', ')}`);
    const sql = await readFile(file, 'utf8');
    const tree = await parseTree(connection, sql.trim().replace(/;$/, '')).catch((cause: unknown) => {
      throw new AdapterError(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    });
    const reads = collectRawTables(rawTables, file, sql, tree);
    mappings.push({ table, file, tree, reads, rowsOf: findRowsOf(file, tree, reads) });
  }
  return { kind, rawTables: [...rawTables.values()], mappings };
}

function collectRawTables(rawTables: Map<string, RawTable>, file: string, sql: string, tree: unknown): string[] {
  const references = tablesOf(tree);
  const foreign = references.find((reference) => reference.schema !== 'raw');
  if (foreign) throw new AdapterError(`${file}: reads ${foreign.schema}.${foreign.table}; an adapter reads raw.* only`);
  if (references.length === 0) throw new AdapterError(`${file}: reads nothing; select from raw.<table>`);
  if (hasStar(tree))
    throw new AdapterError(`${file}: uses *; name the columns, since raw keeps only those that are read`);
  const hidden = findHiddenAlias(tree);
  if (hidden)
    throw new AdapterError(
      `${file}: ${hidden.name} is both a name given by this SELECT and a column it reads; the column would be taken, which is null where the file has none; ${remedyOf(hidden, references)}`,
    );
  const reads = [...new Set(references.map((reference) => reference.table))];
  const columns = columnsOf(tree);
  const readOf = new Map(
    reads.map((table) => {
      const names = new Set(
        references.filter((reference) => reference.table === table).flatMap((r) => [r.alias, r.table]),
      );
      const read = columns
        .filter((path) => path.length === 1 || names.has(path[0] ?? ''))
        .map((path) => path.at(-1) ?? '');
      return [
        table,
        union(
          [],
          read.filter((column) => column !== '_load' && column !== '_record'),
        ),
      ];
    }),
  );
  const rules = readRules(file, sql, readOf);
  for (const [table, read] of readOf) {
    const raw = rawTables.get(table) ?? { table, columns: [], hash: [], mask: [], require: [] };
    raw.columns = union(raw.columns, read);
    for (const { rule, table: ruled, column } of rules) if (ruled === table) raw[rule] = union(raw[rule], [column]);
    rawTables.set(table, raw);
  }
  return reads;
}

function remedyOf({ name, from }: HiddenAlias, references: readonly TableReference[]): string {
  return `write ${from.length === 1 ? from[0] : 'its expression'} for the first, ${references[0]?.alias ?? 'the table'}.${name} for the second`;
}

function findRowsOf(file: string, tree: unknown, reads: string[]): string {
  const origins = columnsOf(tree).filter((path) => path.at(-1) === '_load' || path.at(-1) === '_record');
  const qualifier = origins.find((path) => path.length === 2)?.[0];
  const table =
    reads.length === 1 ? reads[0] : tablesOf(tree).find((reference) => reference.alias === qualifier)?.table;
  if (table !== undefined && origins.length >= 2) return table;
  throw new AdapterError(
    `${file}: select _load and _record of the table whose records the rows are${reads.length > 1 ? `, as in ${reads[0]}._load, ${reads[0]}._record` : ''}`,
  );
}

interface Rule {
  rule: 'hash' | 'mask' | 'require';
  table: string;
  column: string;
}

/** Reads the rules in the header of an adapter's SQL; one that names nothing it reads would protect nothing. */
function readRules(file: string, sql: string, readOf: ReadonlyMap<string, readonly string[]>): Rule[] {
  const tables = [...readOf.keys()];
  return (['hash', 'mask', 'require'] as const).flatMap((rule) => {
    const lines = sql.split('\n').flatMap((line) => new RegExp(`^--\\s*${rule}:\\s*(.+)$`, 'i').exec(line)?.[1] ?? []);
    return lines
      .flatMap((line) => line.split(','))
      .map((entry) => {
        const path = entry.trim().split('.');
        const column = path.at(-1) ?? '';
        if (path.length === 1 && tables.length > 1)
          throw new AdapterError(
            `${file}: "-- ${rule}: ${column}" is ambiguous; write ${tables.map((name) => `${name}.${column}`).join(' or ')}`,
          );
        const table = path.length === 1 ? (tables[0] ?? '') : path.slice(0, -1).join('.');
        if (!readOf.get(table)?.includes(column)) {
          const read = [...readOf].flatMap(([name, columns]) =>
            columns.map((one) => (path.length === 1 ? one : `${name}.${one}`)),
          );
          throw new AdapterError(
            `${file}: "-- ${rule}: ${entry.trim()}" names no column that the SELECT reads; allowed: ${suggest(entry.trim(), read)}`,
          );
        }
        return { rule, table, column };
      });
  });
}

function union(left: string[], right: string[]): string[] {
  return [...new Set([...left, ...right])];
}
