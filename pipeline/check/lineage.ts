import { z } from 'zod';

/** A column of a raw table. */
export interface Origin {
  table: string;
  column: string;
}

/** The output columns of a SELECT, each with the raw columns that its value comes from. */
export type Lineage = ReadonlyMap<string, readonly Origin[]>;

interface Source {
  alias: string;
  /** The raw table it is, or null for a CTE or subquery. */
  table: string | null;
  columns: Lineage;
}

const columnNode = z.object({ class: z.literal('COLUMN_REF'), column_names: z.array(z.string()) });
const expressionNode = z.looseObject({ alias: z.string().optional() });
const cteNode = z.object({ key: z.string(), value: z.object({ query: z.object({ node: z.unknown() }) }) });
const selectNode = z.object({
  type: z.literal('SELECT_NODE'),
  cte_map: z.object({ map: z.array(cteNode) }),
  select_list: z.array(expressionNode),
  from_table: z.unknown(),
});
const setNode = z.object({ type: z.literal('SET_OPERATION_NODE'), cte_map: z.object({ map: z.array(cteNode) }) });
const tableNode = z.object({
  type: z.literal('BASE_TABLE'),
  schema_name: z.string(),
  table_name: z.string(),
  alias: z.string(),
});
const subqueryNode = z.object({
  type: z.literal('SUBQUERY'),
  alias: z.string(),
  subquery: z.object({ node: z.unknown() }),
});
const statementTree = z.object({ statements: z.tuple([z.object({ node: z.unknown() })]) });

/** Traces the columns that an adapter's SELECT puts out back to columns of raw tables; what it cannot follow has no origin. */
export function traceColumns(tree: unknown): Lineage {
  const parsed = statementTree.safeParse(tree);
  return parsed.success ? traceQuery(parsed.data.statements[0].node, new Map()) : new Map();
}

function traceQuery(node: unknown, outer: ReadonlyMap<string, Lineage>): Lineage {
  const select = selectNode.safeParse(node);
  if (select.success) {
    const ctes = traceCtes(select.data.cte_map.map, outer);
    const sources = sourcesOf(select.data.from_table, ctes);
    return new Map(select.data.select_list.map((item) => [outputName(item), originsOf(item, sources)]));
  }
  const set = setNode.safeParse(node);
  if (!set.success) return new Map();
  const ctes = traceCtes(set.data.cte_map.map, outer);
  const [first, ...others] = queriesOf(node).map((part) => [...traceQuery(part, ctes)]);
  return new Map(
    (first ?? []).map(([name, origins], position) => [
      name,
      distinct([...origins, ...others.flatMap((part) => part[position]?.[1] ?? [])]),
    ]),
  );
}

function traceCtes(map: z.output<typeof cteNode>[], outer: ReadonlyMap<string, Lineage>): Map<string, Lineage> {
  const ctes = new Map(outer);
  for (const { key, value } of map) ctes.set(key, traceQuery(value.query.node, ctes));
  return ctes;
}

/** The parts of a set operation: `left` and `right`, or `children`, by version of DuckDB. */
function queriesOf(node: unknown): unknown[] {
  const parts = z
    .looseObject({ left: z.unknown(), right: z.unknown(), children: z.array(z.unknown()).optional() })
    .parse(node);
  return parts.children ?? [parts.left, parts.right];
}

function sourcesOf(from: unknown, ctes: ReadonlyMap<string, Lineage>): Source[] {
  const table = tableNode.safeParse(from);
  if (table.success) {
    const { schema_name: schema, table_name: name, alias } = table.data;
    const columns = schema === '' ? (ctes.get(name) ?? new Map()) : new Map();
    return [{ alias: alias || name, table: schema === '' ? null : name, columns }];
  }
  const subquery = subqueryNode.safeParse(from);
  if (subquery.success)
    return [{ alias: subquery.data.alias, table: null, columns: traceQuery(subquery.data.subquery.node, ctes) }];
  const join = z.looseObject({ left: z.unknown(), right: z.unknown() }).safeParse(from);
  return join.success && join.data.left !== undefined
    ? [...sourcesOf(join.data.left, ctes), ...sourcesOf(join.data.right, ctes)]
    : [];
}

function originsOf(expression: unknown, sources: readonly Source[]): Origin[] {
  return distinct(referencesOf(expression).flatMap((path) => resolve(path, sources)));
}

function resolve(path: readonly string[], sources: readonly Source[]): readonly Origin[] {
  const column = path.at(-1) ?? '';
  const asked = path.length > 1 ? sources.filter(({ alias }) => alias === path[0]) : sources;
  const derived = asked.flatMap((source) => (source.table === null ? (source.columns.get(column) ?? []) : []));
  if (derived.length > 0) return derived;
  return asked.flatMap(({ table }) => (table === null ? [] : [{ table, column }]));
}

function referencesOf(node: unknown): string[][] {
  if (Array.isArray(node)) return node.flatMap(referencesOf);
  if (typeof node !== 'object' || node === null) return [];
  const found = columnNode.safeParse(node);
  return found.success ? [found.data.column_names] : Object.values(node).flatMap(referencesOf);
}

function outputName(item: z.output<typeof expressionNode>): string {
  if (item.alias !== undefined && item.alias !== '') return item.alias;
  const found = columnNode.safeParse(item);
  return found.success ? (found.data.column_names.at(-1) ?? '') : '';
}

function distinct(origins: readonly Origin[]): Origin[] {
  return [...new Map(origins.map((origin) => [`${origin.table}.${origin.column}`, origin])).values()];
}
