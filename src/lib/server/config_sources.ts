import { existsSync, readdirSync, type Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import type { Platform } from '#lib/metrics/case_fields.ts';
import { isMapping, type Findings } from './config_findings.ts';
import { findNearest, suggest } from './config_nearest.ts';
import { canonicalTables, databaseSourceSchema, filesSourceSchema } from './config_schema.ts';

interface SourceBase {
  name: string;
  /** The adapter: the folder of SQL that maps the source's tables to canonical rows. */
  kind: string;
  timezone: string;
  brand: string | null;
  vendor: string | null;
  platform: Platform | null;
  /** strftime form of instants that are not in one of the usual forms; null: only those. */
  datetimeFormat: string | null;
}

/** Files on disk; globs are relative to the folder of the configuration file. */
export interface FilesSource extends SourceBase {
  transport: 'files';
  tables: Readonly<Record<string, { globs: readonly string[] }>>;
}

/** One table of a PostgreSQL source: `from` is a quoted-as-needed relation name or a query; overlap only with a watermark. */
export interface DatabaseTable {
  from: { table: string } | { query: string };
  watermark: string | null;
  overlapSeconds: number;
  columns: readonly string[] | null;
}

/** A PostgreSQL database. */
export interface DatabaseSource extends SourceBase {
  transport: 'postgres';
  url: string;
  tables: Readonly<Record<string, DatabaseTable>>;
}

export type Source = FilesSource | DatabaseSource;

const defaultOverlapSeconds = 2 * 3600;

/** Returns the folder of the adapters that come with Aftersight. */
export function builtInAdapters(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'queries', 'sources')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'queries', 'sources');
}

function listAdapters(folder: string): string[] {
  const entries = (at: string): Dirent[] => (existsSync(at) ? readdirSync(at, { withFileTypes: true }) : []);
  return entries(folder)
    .filter((entry) => !entry.name.startsWith('.') && !entry.isFile())
    .filter((entry) => {
      try {
        return readdirSync(join(folder, entry.name)).some((name) => name.endsWith('.sql'));
      } catch {
        return false;
      }
    })
    .map((entry) => entry.name)
    .sort();
}

interface Declared {
  timezone: string;
  brands: readonly string[];
  vendors: readonly string[];
}

type ParsedTable = z.output<typeof databaseSourceSchema>['tables'][string];

function resolveTable(findings: Findings, table: ParsedTable, path: (string | number)[]): DatabaseTable {
  if ((table.table === undefined) === (table.query === undefined)) findings.add(path, 'one of table and query');
  if (table.overlap !== undefined && table.watermark === undefined)
    findings.addKey([...path, 'overlap'], 'overlap together with watermark');
  return {
    from: table.table === undefined ? { query: table.query ?? '' } : { table: table.table },
    watermark: table.watermark ?? null,
    overlapSeconds: table.watermark === undefined ? 0 : (table.overlap ?? defaultOverlapSeconds),
    columns: table.columns ?? null,
  };
}

function reportTables(
  findings: Findings,
  tables: Record<string, unknown>,
  kind: string,
  path: (string | number)[],
): void {
  if (Object.keys(tables).length === 0) findings.add([...path, 'tables'], 'at least one table');
  for (const name of Object.keys(tables)) {
    if (kind === 'files' && !canonicalTables.some((table) => table === name))
      findings.addKey([...path, 'tables', name], suggest(name, canonicalTables));
    else if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      findings.addKey([...path, 'tables', name], 'a table name of letters, digits and _');
  }
}

/** Resolves the sources of a file; unknown kinds (neither built in nor a folder of SQL beside the file), tables, brands and vendors are problems. */
export function resolveSources(findings: Findings, value: unknown, folder: string, declared: Declared): Source[] {
  findings.expectDistinct(value, ['sources'], 'name', (name) => name.toLowerCase());
  const kinds = [...new Set([...listAdapters(builtInAdapters()), ...listAdapters(folder)])];
  if (value !== undefined && !Array.isArray(value)) findings.add(['sources'], 'a list');
  return (Array.isArray(value) ? value : []).flatMap((raw: unknown, index): Source[] => {
    const path = ['sources', index];
    const isDatabase = isMapping(raw) && (raw['kind'] === 'postgres' || 'url' in raw);
    const files = isDatabase ? null : findings.parse(filesSourceSchema, raw, path);
    const database = isDatabase ? findings.parse(databaseSourceSchema, raw, path) : null;
    const parsed = files ?? database;
    if (parsed === null) return [];
    const isPlainPostgres = parsed.kind === 'postgres';
    const kind = (isPlainPostgres ? database?.adapter : parsed.kind) ?? 'files';
    if (!kinds.includes(kind)) {
      const nearest = findNearest(kind, [...kinds, 'postgres']);
      const hint = nearest === null ? '' : ` (did you mean ${nearest}?)`;
      const key = isPlainPostgres ? 'adapter' : 'kind';
      findings.add(
        [...path, key],
        `${[...kinds, ...(isPlainPostgres ? [] : ['postgres'])].join(', ')}, or a folder of SQL beside this file${hint}`,
      );
    }
    if (database?.adapter !== undefined && !isPlainPostgres)
      findings.addKey([...path, 'adapter'], 'adapter only with kind: postgres; here kind names the adapter');
    if (parsed.brand !== undefined) findings.expect([...path, 'brand'], parsed.brand, declared.brands);
    if (parsed.vendor !== undefined) findings.expect([...path, 'vendor'], parsed.vendor, declared.vendors);
    reportTables(findings, parsed.tables, kind, path);
    const base = {
      name: parsed.name,
      kind,
      timezone: parsed.timezone ?? declared.timezone,
      brand: parsed.brand ?? null,
      vendor: parsed.vendor ?? null,
      platform: parsed.platform ?? null,
      datetimeFormat: parsed.datetime_format ?? null,
    };
    if (files) {
      const tables = Object.fromEntries(Object.entries(files.tables).map(([name, globs]) => [name, { globs }]));
      return [{ ...base, transport: 'files', tables }];
    }
    if (!database) return [];
    const tables = Object.entries(database.tables).map(
      ([name, table]) => [name, resolveTable(findings, table, [...path, 'tables', name])] as const,
    );
    return [{ ...base, transport: 'postgres', url: database.url, tables: Object.fromEntries(tables) }];
  });
}
