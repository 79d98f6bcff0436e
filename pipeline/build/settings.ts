import type { DuckDBConnection } from '@duckdb/node-api';
import { type Config, foldLabel } from '#lib/server/config.ts';
import { metrics } from '#lib/metrics/registry.ts';
import type { Load } from '../extract/loads.ts';
import { literal } from '../extract/sql.ts';
import type { SourceAdapter } from './adapters.ts';
import { createConduct } from './conduct.ts';
import { createTable } from './rows.ts';
import { termPeriods } from './terms.ts';
import { describeZone } from './zones.ts';

/** A run as the warehouse knows it; instants are UTC. */
export interface RunSettings {
  runId: string;
  startedAt: Date;
  requestedAsOf: Date | null;
  /** When each database source was last read, by the database's own clock. */
  extractions: ReadonlyMap<string, string>;
}

/** Writes configuration, registry and loads as the tables of schema config, which the SQL of queries/ reads. */
export async function createSettings(
  connection: DuckDBConnection,
  config: Config,
  run: RunSettings,
  loads: readonly Load[],
  adapters: ReadonlyMap<string, SourceAdapter>,
): Promise<void> {
  await connection.run('create schema if not exists config');
  const zoneOf = new Map(config.brands.map((brand) => [brand.id, brand.timezone]));
  const { periods, terms } = termPeriods(
    config.contracts,
    (brand) => zoneOf.get(brand) ?? config.timezone,
    config.timezone,
  );

  await createTable(
    connection,
    'config.run',
    { run_id: 'VARCHAR', started_at: 'TIMESTAMP', requested_as_of: 'TIMESTAMP' },
    [
      {
        run_id: run.runId,
        started_at: timestamp(run.startedAt),
        requested_as_of: run.requestedAsOf && timestamp(run.requestedAsOf),
      },
    ],
  );
  await createTable(
    connection,
    'config.brands',
    { brand_id: 'VARCHAR', name: 'JSON', timezone: 'VARCHAR', fixed_since: 'TIMESTAMP', offset_seconds: 'BIGINT' },
    config.brands.map((brand) => {
      const zone = describeZone(brand.timezone);
      return {
        brand_id: brand.id,
        name: brand.name,
        timezone: zone.timezone,
        fixed_since: zone.fixedSince,
        offset_seconds: zone.offsetSeconds,
      };
    }),
  );
  await createTable(
    connection,
    'config.vendors',
    { vendor_id: 'VARCHAR', name: 'JSON' },
    config.vendors.map(({ id, name }) => ({ vendor_id: id, name })),
  );
  await createCalendars(connection, config);
  await createTable(
    connection,
    'config.term_periods',
    {
      terms_id: 'INTEGER',
      vendor_id: 'VARCHAR',
      brand_id: 'VARCHAR',
      from_on: 'DATE',
      to_on: 'DATE',
      timezone: 'VARCHAR',
    },
    periods,
  );
  await createTable(
    connection,
    'config.terms',
    {
      terms_id: 'INTEGER',
      metric: 'VARCHAR',
      limit_seconds: 'DOUBLE',
      clock: 'VARCHAR',
      at_least: 'DOUBLE',
      at_most: 'DOUBLE',
    },
    terms,
  );
  await createConduct(connection, config.forbidden);
  await createTable(
    connection,
    'config.loads',
    {
      load_no: 'INTEGER',
      load_id: 'VARCHAR',
      source: 'VARCHAR',
      raw_table: 'VARCHAR',
      file: 'VARCHAR',
      format: 'VARCHAR',
      encoding: 'VARCHAR',
      loaded_at: 'TIMESTAMP',
      is_database: 'BOOLEAN',
      records: 'BIGINT',
      ignored: 'BIGINT',
      malformed: 'BIGINT',
    },
    loads.map((load, index) => ({
      load_no: index + 1,
      load_id: load.id,
      source: load.source,
      raw_table: load.table,
      file: load.file,
      format: load.format,
      encoding: load.encoding,
      loaded_at: timestamp(new Date(load.extractedAt ?? load.loadedAt)),
      is_database: load.extractedAt !== undefined,
      records: load.records,
      ignored: load.blank + load.total,
      malformed: load.malformed,
    })),
  );
  await createTable(
    connection,
    'config.extractions',
    { source: 'VARCHAR', extracted_at: 'TIMESTAMP' },
    [...run.extractions].map(([source, extractedAt]) => ({ source, extracted_at: timestamp(new Date(extractedAt)) })),
  );
  await createTable(
    connection,
    'config.feeds',
    { source: 'VARCHAR', raw_table: 'VARCHAR', table_name: 'VARCHAR' },
    [...adapters.values()].flatMap((adapter) =>
      adapter.mappings.map((mapping) => ({
        source: adapter.source,
        raw_table: mapping.rowsOf,
        table_name: mapping.table,
      })),
    ),
  );
  await connection.run(`create type config.metric as enum (${metrics.map((metric) => literal(metric.id)).join(', ')})`);
  await createTable(
    connection,
    'config.metrics',
    {
      metric: 'config.metric',
      version: 'INTEGER',
      direction: 'VARCHAR',
      grain: 'VARCHAR',
      default_clock: 'VARCHAR',
      is_duration: 'BOOLEAN',
    },
    metrics.map(({ id, version, direction, grain, defaultClock, unit }) => ({
      metric: id,
      version,
      direction,
      grain,
      default_clock: defaultClock,
      is_duration: unit === 'seconds' || unit === 'hours',
    })),
  );
}

/** Maps every reason text found in the data to its id in the taxonomy: by id, any name or synonym, trimmed, NFKC, case-folded. */
export async function createReasonTexts(connection: DuckDBConnection, config: Config): Promise<void> {
  const ids = new Map(
    config.reasons.flatMap((reason) => reason.labels.map((label) => [foldLabel(label), reason.id] as const)),
  );
  const reader = await connection.runAndReadAll(`
    select distinct parse.text(reason_agent_text) from canonical.tickets where reason_agent_text is not null
    union select distinct parse.text(reason_buyer_text) from canonical.refunds where reason_buyer_text is not null
    union select distinct parse.text(reason_warehouse_text) from canonical.refunds where reason_warehouse_text is not null`);
  const texts = reader.getRows().flatMap(([text]) => (typeof text === 'string' ? [text] : []));
  await createTable(
    connection,
    'config.reason_texts',
    { text: 'VARCHAR', reason_id: 'VARCHAR' },
    texts.flatMap((text) => {
      const id = ids.get(foldLabel(text));
      return id === undefined ? [] : [{ text, reason_id: id }];
    }),
  );
}

async function createCalendars(connection: DuckDBConnection, config: Config): Promise<void> {
  await createTable(
    connection,
    'config.vendor_calendars',
    { vendor_id: 'VARCHAR', calendar: 'VARCHAR', from_on: 'DATE', to_on: 'DATE' },
    config.vendors.flatMap((vendor) =>
      vendor.calendars.map((period, index) => ({
        vendor_id: vendor.id,
        calendar: period.use,
        from_on: period.from === '0001-01-01' ? null : period.from,
        to_on: vendor.calendars[index + 1]?.from ?? null,
      })),
    ),
  );
  await createTable(
    connection,
    'config.calendars',
    { calendar: 'VARCHAR', timezone: 'VARCHAR' },
    config.calendars.map((calendar) => ({ calendar: calendar.id, timezone: calendar.timezone })),
  );
  await createTable(
    connection,
    'config.calendar_hours',
    { calendar: 'VARCHAR', weekday: 'INTEGER', opens_minute: 'INTEGER', closes_minute: 'INTEGER' },
    config.calendars.flatMap((calendar) =>
      calendar.week.flatMap((intervals, index) =>
        intervals.map((interval) => ({
          calendar: calendar.id,
          weekday: index + 1,
          opens_minute: interval.opensMinute,
          closes_minute: interval.closesMinute,
        })),
      ),
    ),
  );
  const days = (pick: (calendar: Config['calendars'][number]) => readonly string[]) =>
    config.calendars.flatMap((calendar) => pick(calendar).map((day) => ({ calendar: calendar.id, day })));
  await createTable(
    connection,
    'config.calendar_days_off',
    { calendar: 'VARCHAR', day: 'DATE' },
    days((calendar) => calendar.daysOff),
  );
  await createTable(
    connection,
    'config.calendar_workdays',
    { calendar: 'VARCHAR', day: 'DATE' },
    days((calendar) => calendar.workdays),
  );
}

function timestamp(instant: Date): string {
  return instant.toISOString().slice(0, 23).replace('T', ' ');
}
