import { z } from 'zod';
import { type Warehouse, read } from './warehouse.ts';
import type { Scope } from '#lib/access/principal.ts';

export const sourceReachRead = {
  name: 'source_reach',
  parameters: z.object({}),
  row: z.object({
    source: z.string(),
    known_until: z.string(),
    behind_seconds: z.number(),
    is_database: z.boolean(),
    is_last: z.boolean(),
  }),
};

export const sourceAccountsRead = {
  name: 'source_accounts',
  parameters: z.object({}),
  row: z.object({
    source: z.string(),
    table_name: z.string(),
    files: z.int(),
    loaded_at: z.string(),
    records: z.number(),
    loaded: z.number(),
    superseded: z.number(),
    ignored: z.number(),
    quarantined: z.number(),
  }),
};

/** Until when a source is known; `isLast` where it is what holds the as-of of the snapshot back. */
export interface SourceReach {
  source: string;
  knownUntil: string;
  behindSeconds: number;
  isDatabase: boolean;
  isLast: boolean;
}

/** Where the records of all files of one table went: records = loaded + superseded + ignored + quarantined. */
export interface SourceAccount {
  source: string;
  table: string;
  files: number;
  loadedAt: string;
  records: number;
  loaded: number;
  superseded: number;
  ignored: number;
  quarantined: number;
}

/** How far the sources reach, the one furthest back first; empty for anybody who may not see everything. */
export async function reach(warehouse: Warehouse, scope: Scope): Promise<SourceReach[]> {
  const rows = await read(warehouse, scope, sourceReachRead, {});
  return rows.map((row) => ({
    source: row.source,
    knownUntil: row.known_until,
    behindSeconds: row.behind_seconds,
    isDatabase: row.is_database,
    isLast: row.is_last,
  }));
}

/** The accounts of every table of every source; empty for anybody who may not see everything. */
export async function accounts(warehouse: Warehouse, scope: Scope): Promise<SourceAccount[]> {
  const rows = await read(warehouse, scope, sourceAccountsRead, {});
  return rows.map(({ table_name: table, loaded_at: loadedAt, ...row }) => ({ ...row, table, loadedAt }));
}
