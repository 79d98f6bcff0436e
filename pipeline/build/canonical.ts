import type { DuckDBConnection } from '@duckdb/node-api';
import { suggest } from '#lib/server/config_nearest.ts';
import { identifier, literal, pathLiteral } from '../extract/sql.ts';
import type { Load } from '../extract/loads.ts';
import {
  AdapterError,
  type CanonicalTable,
  type Mapping,
  type RawTable,
  type SourceAdapter,
  canonicalTables,
} from './adapters.ts';
import { moveSchema, printTree } from './syntax.ts';
import type { Zone } from './zones.ts';

/** What a source says of all its rows where they do not say it themselves. */
export interface SourceDefaults {
  name: string;
  zone: Zone;
  datetimeFormat: string | null;
  brand: string | null;
  vendor: string | null;
  platform: string | null;
}

const canonicalColumns: Record<CanonicalTable, string> = {
  tickets:
    'ticket_id brand_id shop_id platform channel vendor_id agent_id customer_id order_id ordered_at sku_id request_type priority severity opened_at closed_at status reason_agent updated_at merged_into is_spam csat_score csat_at',
  messages: 'message_id ticket_id sent_at sender agent_id is_public is_automatic content_type body updated_at',
  events: 'ticket_id at kind seq actor agent_id detail',
  refunds:
    'refund_id ticket_id order_id ordered_at sku_id brand_id vendor_id shop_id platform customer_id region request_type phase applied_at approved_at rejected_at buyer_shipped_at return_picked_up_at received_at inspected_at refunded_at closed_at deadline_at intercept_requested_at status amount_applied_minor amount_refunded_minor currency is_instant decided_by platform_intervened_at judged_for goods_status reason_buyer reason_warehouse tracking_no parcel_last_scan_at updated_at',
  sales: 'day sku_id brand_id units orders amount_minor',
  products: 'sku_id brand_id spu_id title category attributes',
};

/** The columns of a canonical table, in the order of METRICS §1. */
export function columnsOfCanonical(table: CanonicalTable): string[] {
  return canonicalColumns[table].split(' ');
}

/** Creates raw_<source>.* over the Parquet files, one view per mapping, and canonical.* over all sources. */
export async function createCanonicalViews(
  connection: DuckDBConnection,
  adapters: ReadonlyMap<string, SourceAdapter>,
  sources: readonly SourceDefaults[],
  loads: readonly Load[],
): Promise<void> {
  await connection.run('create schema if not exists canonical');
  const selects = new Map<CanonicalTable, string[]>(canonicalTables.map((table) => [table, []]));
  for (const source of sources) {
    const adapter = adapters.get(source.name);
    if (!adapter) continue;
    const own = loads.filter((load) => load.source === source.name);
    await connection.run(`create schema if not exists ${identifier(rawSchema(source.name))}`);
    for (const raw of adapter.rawTables)
      await createRawView(
        connection,
        source.name,
        raw,
        own.filter((load) => load.table === raw.table),
        loads,
      );
    for (const mapping of adapter.mappings) {
      selects.get(mapping.table)?.push(await mappingSelect(connection, source, mapping));
    }
  }
  for (const table of canonicalTables) {
    const parts = selects.get(table) ?? [];
    await connection.run(
      `create or replace view canonical.${table} as ${parts.length > 0 ? parts.join('\nunion all\n') : emptySelect(table)}`,
    );
  }
  await createMalformedView(connection, adapters, loads);
}

/** Drops what only building needs and what would tie a snapshot to the place of the raw files. */
export async function dropCanonicalViews(
  connection: DuckDBConnection,
  sources: readonly { name: string }[],
): Promise<void> {
  for (const schema of ['canonical', ...sources.map((source) => rawSchema(source.name))]) {
    await connection.run(`drop schema if exists ${identifier(schema)} cascade`);
  }
}

function rawSchema(source: string): string {
  return `raw_${source}`;
}

async function createRawView(
  connection: DuckDBConnection,
  source: string,
  raw: RawTable,
  own: readonly Load[],
  loads: readonly Load[],
): Promise<void> {
  const name = `${identifier(rawSchema(source))}.${identifier(raw.table)}`;
  const readable = own.filter((load) => load.records > 0);
  if (readable.length === 0) {
    const nulls = raw.columns.map((column) => `null::varchar as ${identifier(column)}`);
    await connection.run(
      `create view ${name} as select ${[...nulls, 'null::integer as _load', 'null::bigint as _record'].join(', ')} where false`,
    );
    return;
  }
  const read = `read_parquet([${readable.map((load) => pathLiteral(load.path)).join(', ')}], union_by_name = true, filename = true, file_row_number = true)`;
  const described = await connection.runAndReadAll(`describe select * from ${read}`);
  const present = new Set(described.getRows().map((row) => String(row[0])));
  const columns = raw.columns.map((column) =>
    present.has(column) ? identifier(column) : `null::varchar as ${identifier(column)}`,
  );
  const numbers = readable.map((load) => loads.indexOf(load) + 1);
  const loadNumber = `list_extract([${numbers.join(', ')}], list_position([${readable.map((load) => literal(load.id)).join(', ')}], parse_filename(filename, true)))::integer`;
  await connection.run(
    `create view ${name} as select ${columns.join(', ')}, ${loadNumber} as _load, file_row_number + 1 as _record from ${read} where _ignored is null and _malformed is null`,
  );
}

async function mappingSelect(connection: DuckDBConnection, source: SourceDefaults, mapping: Mapping): Promise<string> {
  const sql = await printTree(connection, moveSchema(mapping.tree, 'raw', rawSchema(source.name)));
  const described = await connection.runAndReadAll(`describe ${sql}`).catch((cause: unknown) => {
    const [message] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new AdapterError(`${mapping.file}: ${message}`, { cause });
  });
  const present = new Set(described.getRows().map((row) => String(row[0])));
  const columns = columnsOfCanonical(mapping.table);
  const unknown = [...present].find((name) => !name.startsWith('_') && !columns.includes(name));
  if (unknown !== undefined)
    throw new AdapterError(
      `${mapping.file}: gives ${unknown}, which is no column of ${mapping.table}; allowed: ${suggest(unknown, columns)}`,
    );
  const texts = columns.map((column) =>
    present.has(column)
      ? `${textOf(column, source.datetimeFormat)} as ${column}_text`
      : `null::varchar as ${column}_text`,
  );
  const given = givenStruct(mapping.table, (column) =>
    present.has(column) ? `${identifier(column)}::varchar` : 'null::varchar',
  );
  return `select ${texts.join(', ')}, _load, _record, ${given} as _given, ${defaultColumns(source)} from (${sql})`;
}

/** A source's own form of instants is rewritten to ISO 8601 here, since DuckDB wants formats as constants. */
function textOf(column: string, datetimeFormat: string | null): string {
  const text = `${identifier(column)}::varchar`;
  if (datetimeFormat === null || !/(^|_)at$/.test(column)) return text;
  const suffix = /%[zZ]/.test(datetimeFormat) ? 'Z' : '';
  return `coalesce(strftime(try_strptime(trim(${text}), ${literal(datetimeFormat)}), '%Y-%m-%d %H:%M:%S.%f${suffix}'), ${text})`;
}

/** The record as its adapter gave it, for quarantine; the same shape for every source. */
function givenStruct(table: CanonicalTable, textOfColumn: (column: string) => string): string {
  return `struct_pack(${columnsOfCanonical(table)
    .map((column) => `${identifier(column)} := ${textOfColumn(column)}`)
    .join(', ')})`;
}

function emptySelect(table: CanonicalTable): string {
  const texts = columnsOfCanonical(table).map((column) => `null::varchar as ${column}_text`);
  const none: SourceDefaults = {
    name: '',
    zone: { timezone: 'UTC', fixedSince: null, offsetSeconds: null },
    datetimeFormat: null,
    brand: null,
    vendor: null,
    platform: null,
  };
  return `select ${texts.join(', ')}, null::integer as _load, null::bigint as _record, ${givenStruct(table, () => 'null::varchar')} as _given, ${defaultColumns(none)} where false`;
}

function defaultColumns(source: SourceDefaults): string {
  const text = (value: string | null): string => (value === null ? 'null::varchar' : literal(value));
  const { timezone, fixedSince, offsetSeconds } = source.zone;
  const clock = `{timezone: ${literal(timezone)}, fixed_since: ${text(fixedSince)}::timestamp, offset_seconds: ${offsetSeconds ?? 'null'}::bigint}`;
  return `${literal(source.name)} as source, ${clock} as _clock, ${text(source.brand)} as _brand_id, ${text(source.vendor)} as _vendor_id, ${text(source.platform)} as _platform`;
}

async function createMalformedView(
  connection: DuckDBConnection,
  adapters: ReadonlyMap<string, SourceAdapter>,
  loads: readonly Load[],
): Promise<void> {
  const selects = loads
    .filter((load) => load.malformed > 0 && adapters.has(load.source))
    .map(
      (load) =>
        `select ${literal(load.table)} as table_name, ${loads.indexOf(load) + 1} as _load, file_row_number + 1 as _record, _malformed as detail from read_parquet(${pathLiteral(load.path)}, file_row_number = true) where _malformed is not null`,
    );
  const none =
    'select null::varchar as table_name, null::integer as _load, null::bigint as _record, null::varchar as detail where false';
  await connection.run(
    `create or replace view canonical.malformed as ${selects.length > 0 ? selects.join('\nunion all\n') : none}`,
  );
}
