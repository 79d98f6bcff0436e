import { z } from 'zod';
import { type Warehouse, read } from './warehouse.ts';
import type { Scope } from '#lib/access/principal.ts';

export const quarantineCountsRead = {
  name: 'quarantine_counts',
  parameters: z.object({}),
  row: z.object({
    source: z.string(),
    table_name: z.string(),
    column_name: z.string().nullable(),
    reason: z.string(),
    records: z.int(),
  }),
};

export const quarantineRecordsRead = {
  name: 'quarantine_records',
  parameters: z.object({
    source: z.string().nullable(),
    table: z.string().nullable(),
    column: z.string().nullable(),
    reason: z.string().nullable(),
    limit: z.int().positive(),
    offset: z.int().nonnegative(),
  }),
  row: z.object({
    source: z.string(),
    table_name: z.string(),
    file: z.string(),
    record: z.number(),
    column_name: z.string().nullable(),
    value: z.string().nullable(),
    reason: z.string(),
    record_text: z.string().nullable(),
  }),
};

/** How many records of a kind are in quarantine; a record that could not be split into columns has no column. */
export interface QuarantineCount {
  source: string;
  table: string;
  column: string | null;
  reason: string;
  records: number;
}

/** What to show of the quarantine; null takes everything. */
export interface QuarantineFilter {
  source: string | null;
  table: string | null;
  column: string | null;
  reason: string | null;
}

/** One record in quarantine; `fields` are its columns as they were read, null where it could not be split into them. */
export interface QuarantinedRecord extends Omit<QuarantineCount, 'records'> {
  file: string;
  record: number;
  value: string | null;
  fields: readonly { column: string; value: string | null }[] | null;
}

const fieldsSchema = z.record(z.string(), z.unknown());

/** Counts the quarantine, the largest groups first; empty for anybody who may not see everything. */
export async function counts(warehouse: Warehouse, scope: Scope): Promise<QuarantineCount[]> {
  const rows = await read(warehouse, scope, quarantineCountsRead, {});
  return rows.map(({ table_name: table, column_name: column, ...row }) => ({ ...row, table, column }));
}

/** Whether a group of the counts is among what is asked for. */
export function isAsked(count: QuarantineCount, asked: QuarantineFilter): boolean {
  return (
    (asked.source === null || asked.source === count.source) &&
    (asked.table === null || asked.table === count.table) &&
    (asked.column === null || asked.column === count.column) &&
    (asked.reason === null || asked.reason === count.reason)
  );
}

/** One page of the records in quarantine, in the order of files; empty for anybody who may not see everything. */
export async function records(
  warehouse: Warehouse,
  scope: Scope,
  asked: QuarantineFilter & { limit: number; offset: number },
): Promise<QuarantinedRecord[]> {
  const rows = await read(warehouse, scope, quarantineRecordsRead, asked);
  return rows.map(({ table_name: table, column_name: column, record_text: text, ...row }) => ({
    ...row,
    table,
    column,
    fields: text === null ? null : fieldsOf(text),
  }));
}

function fieldsOf(text: string): QuarantinedRecord['fields'] {
  return Object.entries(fieldsSchema.parse(JSON.parse(text))).map(([column, value]) => ({
    column,
    value: value === null || typeof value === 'string' ? value : JSON.stringify(value),
  }));
}
