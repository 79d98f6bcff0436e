import { z } from 'zod';
import { columnsOf, nodesOf } from './syntax.ts';

const selectNode = z.looseObject({
  type: z.literal('SELECT_NODE'),
  select_list: z.array(z.looseObject({ alias: z.string().optional() })),
  from_table: z.unknown(),
  where_clause: z.unknown(),
  group_expressions: z.unknown(),
  having: z.unknown(),
  qualify: z.unknown(),
});
const rawTable = z.object({ type: z.literal('BASE_TABLE'), schema_name: z.literal('raw') });

/** A name that a SELECT gives to an expression and uses again, where a column of the raw table would be taken instead. */
export interface HiddenAlias {
  name: string;
  /** The columns that the expression is made of. */
  from: string[];
}

/**
 * Finds the first alias that a SELECT from raw tables reads unqualified in another expression, as in
 * `select id as ticket_id … where ticket_id is not null`: raw has every column that is read, null where no file has it.
 */
export function findHiddenAlias(tree: unknown): HiddenAlias | null {
  for (const node of nodesOf(tree)) {
    const parsed = selectNode.safeParse(node);
    if (!parsed.success || !readsRaw(parsed.data.from_table)) continue;
    const { select_list: items, where_clause, group_expressions, having, qualify } = parsed.data;
    const clauses = [where_clause, group_expressions, having, qualify].flatMap(namesIn);
    for (const item of items) {
      const name = item.alias ?? '';
      const from = namesIn(item);
      if (name === '' || from.some((column) => isSame(column, name))) continue;
      const others = items.filter((other) => other !== item).flatMap(namesIn);
      if ([...clauses, ...others].some((column) => isSame(column, name))) return { name, from };
    }
  }
  return null;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function readsRaw(from: unknown): boolean {
  if (rawTable.safeParse(from).success) return true;
  const join = z.looseObject({ left: z.unknown(), right: z.unknown() }).safeParse(from);
  return join.success && join.data.left !== undefined && (readsRaw(join.data.left) || readsRaw(join.data.right));
}

/** The unqualified columns of an expression; a subquery in it has names of its own. */
function namesIn(expression: unknown): string[] {
  return columnsOf(withoutSubqueries(expression)).flatMap((path) => (path.length === 1 ? path : []));
}

function withoutSubqueries(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutSubqueries);
  if (typeof node !== 'object' || node === null) return node;
  if ('class' in node && node.class === 'SUBQUERY') return null;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withoutSubqueries(value)]));
}
