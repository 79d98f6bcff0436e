import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Config } from '#lib/server/config.ts';
import type { BuiltRelation } from '#lib/server/run_record.ts';
import type { Load } from '../extract/loads.ts';
import { identifier } from '../extract/sql.ts';
import type { SourceAdapter } from './adapters.ts';
import { type SourceDefaults, createCanonicalViews, dropCanonicalViews } from './canonical.ts';
import {
  type Relation,
  RelationError,
  builtSchemas,
  inBuildOrder,
  nameOf,
  queriesFolder,
  readRelations,
} from './relations.ts';
import { type RunSettings, createReasonTexts, createSettings } from './settings.ts';
import { describeZone } from './zones.ts';

export interface WarehouseInput {
  config: Config;
  run: RunSettings;
  adapters: ReadonlyMap<string, SourceAdapter>;
  loads: readonly Load[];
  onBuilt?: (built: BuiltRelation, done: number, all: number) => void;
}

/** Builds everything from raw Parquet to rollups into the connection's database. Errors: RelationError with the file that failed. */
export async function buildWarehouse(connection: DuckDBConnection, input: WarehouseInput): Promise<BuiltRelation[]> {
  const built = await buildSchemas(connection, input, builtSchemas);
  await createScopedMacros(connection);
  return built;
}

/** Builds only what judges raw records: typed and staged rows, quarantine and file accounts. Errors: RelationError. */
export async function buildQuarantine(connection: DuckDBConnection, input: WarehouseInput): Promise<BuiltRelation[]> {
  return buildSchemas(connection, input, ['typed', 'superseded', 'staging', 'quarantine']);
}

async function buildSchemas(
  connection: DuckDBConnection,
  input: WarehouseInput,
  schemas: readonly string[],
): Promise<BuiltRelation[]> {
  await createMacros(connection);
  await createSettings(connection, input.config, input.run, input.loads, input.adapters);
  await createCanonicalViews(connection, input.adapters, sourceDefaults(input.config), input.loads);
  await createReasonTexts(connection, input.config);
  const relations = inBuildOrder(await readRelations(connection, schemas));
  for (const schema of schemas) await connection.run(`create schema if not exists ${identifier(schema)}`);
  const built: BuiltRelation[] = [];
  for (const relation of relations) {
    const one = await buildRelation(connection, relation);
    built.push(one);
    input.onBuilt?.(one, built.length, relations.length);
  }
  return built;
}

/** Removes what a snapshot must not carry: views that point at raw files. */
export async function sealWarehouse(connection: DuckDBConnection, config: Config): Promise<void> {
  await dropCanonicalViews(connection, config.sources);
  await connection.run('checkpoint');
}

/** Creates the macros of queries/macros, one schema a file. */
export async function createMacros(connection: DuckDBConnection): Promise<void> {
  const names = await sqlFiles(join(queriesFolder, 'macros'));
  for (const name of names)
    await connection.run(`create schema if not exists ${identifier(name.replace(/\.sql$/, ''))}`);
  for (const name of names) await connection.run(await readFile(join(queriesFolder, 'macros', name), 'utf8'));
}

/** Creates the table macros that reads take their rows from; they bind to the marts and to each other, so these must exist. */
async function createScopedMacros(connection: DuckDBConnection): Promise<void> {
  await connection.run('create schema if not exists scoped');
  const names = await sqlFiles(join(queriesFolder, 'scoped'));
  const waiting = new Map(
    await Promise.all(
      names.map(
        async (name) =>
          [name.replace(/\.sql$/, ''), await readFile(join(queriesFolder, 'scoped', name), 'utf8')] as const,
      ),
    ),
  );
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([name, sql]) =>
      usedMacros(sql).every((used) => used === name || !waiting.has(used)),
    );
    if (ready.length === 0)
      throw new RelationError(`queries/scoped: macros use each other in a circle: ${[...waiting.keys()].join(', ')}`);
    for (const [name, sql] of ready) {
      await connection.run(sql);
      waiting.delete(name);
    }
  }
}

function usedMacros(sql: string): string[] {
  return [...sql.matchAll(/\bscoped\.(\w+)\(/g)].flatMap(([, name]) => name ?? []);
}

async function sqlFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
}

async function buildRelation(connection: DuckDBConnection, relation: Relation): Promise<BuiltRelation> {
  const started = performance.now();
  const name = `${identifier(relation.schema)}.${identifier(relation.name)}`;
  const result = await connection
    .run(`create ${relation.keptAs} ${name} as\n${relation.sql}`)
    .catch((cause: unknown) => {
      throw new RelationError(`${relation.file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    });
  const rows = relation.keptAs === 'table' ? Number((await result.getRows())[0]?.[0] ?? 0) : null;
  return { relation: nameOf(relation), rows, seconds: (performance.now() - started) / 1000 };
}

function sourceDefaults(config: Config): SourceDefaults[] {
  return config.sources.map((source) => ({
    name: source.name,
    zone: describeZone(source.timezone),
    datetimeFormat: source.datetimeFormat,
    brand: source.brand,
    vendor: source.vendor,
    platform: source.platform,
  }));
}
