import type { Source } from '#lib/server/config.ts';
import { findNearest } from '#lib/server/config_nearest.ts';
import type { RawTable, SourceAdapter } from '../build/adapters.ts';
import { matchColumns } from '../extract/header.ts';
import type { Preview } from '../extract/preview.ts';
import { type Lineage, traceColumns } from './lineage.ts';
import { requiredColumns } from './required.ts';

export type Treatment = 'kept' | 'hashed' | 'masked' | 'dropped';

/** What becomes of a column of a file: the canonical columns it feeds (none: read for joins and filters only, or not read). */
export interface ColumnUse {
  column: string;
  canonical: string[];
  treatment: Treatment;
  /** A column of the adapter that the file lacks and whose name is close: perhaps it was renamed. */
  perhaps: string | null;
}

export interface ColumnReport {
  columns: ColumnUse[];
  /** Required canonical columns that neither the file nor the configuration gives. */
  required: string[];
  /** Columns of the adapter that the file lacks. */
  absent: string[];
  /** Canonical columns that the configuration of the source fills in. */
  fromConfig: { column: string; value: string }[];
}

/** Says what becomes of each column of a file, and what is missing. */
export function reportColumns(preview: Preview, source: Source, adapter: SourceAdapter, table: RawTable): ColumnReport {
  const mappings = adapter.mappings.map((mapping) => ({ ...mapping, lineage: traceColumns(mapping.tree) }));
  const used = new Map(
    matchColumns(preview.columns.found, table).map(({ name, index }) => [preview.columns.found[index], name]),
  );
  const columns = preview.columns.found.map((column): ColumnUse => {
    const name = used.get(column);
    if (name === undefined)
      return { column, canonical: [], treatment: 'dropped', perhaps: findNearest(column, preview.columns.missing) };
    const canonical = mappings.flatMap((mapping) =>
      feeds(mapping.lineage, table.table, name).map((fed) => `${mapping.table}.${fed}`),
    );
    return { column, canonical, treatment: treatmentOf(name, table), perhaps: null };
  });
  const defaults = [
    { column: 'brand_id', value: source.brand },
    { column: 'vendor_id', value: source.vendor },
    { column: 'platform', value: source.platform },
  ];
  const own = mappings.filter((mapping) => mapping.rowsOf === table.table);
  const isGiven = (lineage: Lineage, column: string): boolean => {
    const origins = lineage.get(column);
    if (origins === undefined) return false;
    return (
      origins.length === 0 ||
      origins.some((origin) => origin.table !== table.table || preview.columns.used.includes(origin.column))
    );
  };
  const lacks = (column: string): boolean => own.some(({ lineage }) => !isGiven(lineage, column));
  const fromConfig = own.some(({ table: canonical }) => canonical === 'messages' || canonical === 'events')
    ? []
    : defaults.flatMap(({ column, value }) => (value !== null && lacks(column) ? [{ column, value }] : []));
  const required = own.flatMap(({ table: canonical, lineage }) =>
    requiredColumns[canonical].filter(
      (column) => !isGiven(lineage, column) && !fromConfig.some((one) => one.column === column),
    ),
  );
  const filled = new Set([...required, ...fromConfig.map(({ column }) => column)]);
  return { columns, required, fromConfig, absent: preview.columns.missing.filter((column) => !filled.has(column)) };
}

function feeds(lineage: Lineage, table: string, column: string): string[] {
  return [...lineage]
    .filter(([, origins]) => origins.some((origin) => origin.table === table && origin.column === column))
    .map(([output]) => output)
    .filter((output) => !output.startsWith('_'));
}

function treatmentOf(column: string, table: RawTable): Treatment {
  if (table.hash.includes(column)) return 'hashed';
  return table.mask.includes(column) ? 'masked' : 'kept';
}
