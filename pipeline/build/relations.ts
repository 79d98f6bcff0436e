import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { parseTree, tablesOf } from './syntax.ts';

/** One file of queries/: its path is its name, its SELECT its content. */
export interface Relation {
  schema: string;
  name: string;
  file: string;
  sql: string;
  keptAs: 'table' | 'view';
  reads: string[];
}

/** SQL of queries/ that cannot be built; the message names the file. */
export class RelationError extends Error {
  override readonly name = 'RelationError';
}

export const queriesFolder = join(import.meta.dirname, '../../queries');

/** Schemas built from files; in this order, except that each relation waits for what it reads. */
export const builtSchemas = [
  'typed',
  'superseded',
  'staging',
  'quarantine',
  'marts',
  'kpis',
  'conduct',
  'rollups',
] as const;

const viewSchemas: readonly string[] = ['kpis', 'conduct'];

/** Reads the relations of the given schemas from queries/. Errors: RelationError. */
export async function readRelations(connection: DuckDBConnection, schemas: readonly string[]): Promise<Relation[]> {
  const files = (await Promise.all(schemas.map((schema) => sqlFiles(join(queriesFolder, schema))))).flat();
  return Promise.all(files.map((file) => readRelation(connection, file)));
}

/** Orders relations so that each comes after all it reads, else as given. Errors: RelationError on a circle. */
export function inBuildOrder(relations: readonly Relation[]): Relation[] {
  const byName = new Map(relations.map((relation) => [nameOf(relation), relation]));
  const ordered: Relation[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string, path: string[]): void => {
    const relation = byName.get(name);
    if (!relation || state.get(name) === 'done') return;
    if (state.get(name) === 'open')
      throw new RelationError(
        `relations read each other in a circle: ${[...path.slice(path.indexOf(name)), name].join(' → ')}`,
      );
    state.set(name, 'open');
    for (const read of relation.reads) visit(read, [...path, name]);
    state.set(name, 'done');
    ordered.push(relation);
  };
  for (const name of byName.keys()) visit(name, []);
  return ordered;
}

export function nameOf(relation: { schema: string; name: string }): string {
  return `${relation.schema}.${relation.name}`;
}

async function sqlFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => join(folder, name));
}

async function readRelation(connection: DuckDBConnection, file: string): Promise<Relation> {
  const [schema = '', fileName = ''] = relative(queriesFolder, file).split(sep);
  const sql = (await readFile(file, 'utf8')).trim();
  const tree = await parseTree(connection, sql).catch((cause: unknown) => {
    throw new RelationError(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
  const reads = [...new Set(tablesOf(tree).map((table) => `${table.schema}.${table.table}`))];
  const keptAs = viewSchemas.includes(schema) || /^-- as view$/m.test(sql) ? 'view' : 'table';
  return { schema, name: fileName.replace(/\.sql$/, ''), file, sql, keptAs, reads };
}
