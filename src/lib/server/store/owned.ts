import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#lib/access/principal.ts';

/** Writes the condition that a row's case is one that a scope takes in, by the columns brand_id, vendor_id and agent_id of a table. */
export function isTakenIn({ brands, vendors, agents }: Scope, table: string): RawBuilder<boolean> {
  const conditions = [
    condition(`${table}.brand_id`, brands),
    condition(`${table}.vendor_id`, vendors),
    condition(`${table}.agent_id`, agents),
  ];
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

function condition(column: string, allowed: readonly string[] | null): RawBuilder<boolean> {
  if (allowed === null) return sql<boolean>`true`;
  return sql<boolean>`coalesce(${sql.ref(column)} = any(${[...allowed]}::text[]), false)`;
}

/** Tells the same of a case at hand. */
export function takesIn(
  { brands, vendors, agents }: Scope,
  { brandId, vendorId, agentId }: { brandId: string; vendorId: string | null; agentId: string | null },
): boolean {
  return takes(brands, brandId) && takes(vendors, vendorId) && takes(agents, agentId);
}

function takes(allowed: readonly string[] | null, id: string | null): boolean {
  return allowed === null || (id !== null && allowed.includes(id));
}
