import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';

/** Where a statement reads from: a schema-qualified relation, and the alias it goes by. */
export interface TableReference {
  schema: string;
  table: string;
  alias: string;
}

const tableNode = z.object({
  type: z.literal('BASE_TABLE'),
  schema_name: z.string(),
  table_name: z.string(),
  alias: z.string(),
});
const columnNode = z.object({ class: z.literal('COLUMN_REF'), column_names: z.array(z.string()) });
const starNode = z.object({ class: z.literal('STAR'), columns: z.boolean().optional() });
const serialised = z.object({
  error: z.boolean(),
  error_message: z.string().optional(),
  statements: z.array(z.unknown()).optional(),
});

/** The parse tree of one SELECT as DuckDB serialises it; throws SyntaxError with DuckDB's message where it does not parse. */
export async function parseTree(connection: DuckDBConnection, sql: string): Promise<unknown> {
  const reader = await connection.runAndReadAll('select json_serialize_sql($1::varchar)::varchar', [sql]);
  const tree = serialised.parse(JSON.parse(String(reader.getRows()[0]?.[0]), withoutPlaces));
  if (tree.error) throw new SyntaxError(tree.error_message ?? 'not a SELECT');
  if (tree.statements?.length !== 1)
    throw new SyntaxError(`${tree.statements?.length ?? 0} statements; write one SELECT`);
  return tree;
}

/** Turns a parse tree back into SQL. */
export async function printTree(connection: DuckDBConnection, tree: unknown): Promise<string> {
  const reader = await connection.runAndReadAll('select json_deserialize_sql($1::json)', [JSON.stringify(tree)]);
  return String(reader.getRows()[0]?.[0]);
}

/** All schema-qualified relations that a parse tree reads; names without a schema are its own CTEs. */
export function tablesOf(tree: unknown): TableReference[] {
  return nodesOf(tree).flatMap((node) => {
    const found = tableNode.safeParse(node);
    if (!found.success || found.data.schema_name === '') return [];
    return [
      {
        schema: found.data.schema_name,
        table: found.data.table_name,
        alias: found.data.alias || found.data.table_name,
      },
    ];
  });
}

/** All column references as written: ['column'] or ['alias', 'column']. */
export function columnsOf(tree: unknown): string[][] {
  return nodesOf(tree).flatMap((node) => {
    const found = columnNode.safeParse(node);
    return found.success ? [found.data.column_names] : [];
  });
}

export function hasStar(tree: unknown): boolean {
  return nodesOf(tree).some((node) => starNode.safeParse(node).success);
}

/** A copy of the tree in which every relation of one schema is read from another. */
export function moveSchema(tree: unknown, from: string, to: string): unknown {
  if (Array.isArray(tree)) return tree.map((item) => moveSchema(item, from, to));
  if (typeof tree !== 'object' || tree === null) return tree;
  const copy = Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, moveSchema(value, from, to)]));
  const found = tableNode.safeParse(tree);
  if (!found.success || found.data.schema_name !== from) return copy;
  return { ...copy, schema_name: to, alias: found.data.alias || found.data.table_name };
}

// Nodes that DuckDB made itself are at place 2⁶⁴ − 1, which no JavaScript number holds and its parser takes back in no other form.
function withoutPlaces(key: string, value: unknown): unknown {
  return key === 'query_location' ? undefined : value;
}

/** Every object of a parse tree, outer ones first. */
export function nodesOf(tree: unknown): object[] {
  if (Array.isArray(tree)) return tree.flatMap(nodesOf);
  if (typeof tree !== 'object' || tree === null) return [];
  return [tree, ...Object.values(tree).flatMap(nodesOf)];
}
