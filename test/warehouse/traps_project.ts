import type { RunResult } from '../../pipeline/run.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

/** A source with a trap in it. */
export interface TrapSource {
  /** Settings beside name, brand, kind and tables. */
  settings?: string;
  /** Adapter SQL by canonical table; without any the source has canonical columns. */
  adapter?: Record<string, string>;
  /** Files by name; a file of table `x` begins with `x`. */
  files: Record<string, string | Uint8Array>;
}

type Row = Record<string, unknown>;

/** All sources in one run, and ways to look at what became of one. */
export interface Traps {
  project: WarehouseProject;
  result: RunResult;
  /** A staged column of a source's refunds, by id. */
  refunds: (source: string, column: string) => Promise<Row>;
  /** Record, column, value and reason of what a source has in quarantine. */
  quarantined: (source: string) => Promise<unknown[][]>;
  /** Columns of a source's cases with a ticket, in the order of ticket_id. */
  cases: (source: string, columns: string) => Promise<Row[]>;
}

/** Runs over sources of brand north, new_york of brand harbor; vendor manhattan works from midnight to six in New York. */
export async function openTraps(sources: Readonly<Record<string, TrapSource>>): Promise<Traps> {
  const entries = Object.entries(sources).map(([name, { settings, adapter, files }]) => {
    const tables = [...new Set(Object.keys(files).map((file) => /^[a-z]+/.exec(file)?.[0] ?? ''))];
    const globs = tables.map((table) => `${table}: 'inbox/${name}/${table}*'`).join(', ');
    const kind = adapter ? name : 'files';
    const brand = name === 'new_york' ? 'harbor' : 'north';
    return `  - { name: ${name}, kind: ${kind}, brand: ${brand}, tables: { ${globs} }${settings ? `, ${settings}` : ''} }\n`;
  });
  const project = await openWarehouseProject(`
timezone: Asia/Shanghai
brands: [{ id: north }, { id: harbor, timezone: America/New_York }]
vendors: [{ id: suda }, { id: manhattan, calendar: nights }]
calendars: { nights: { timezone: America/New_York, hours: { mon-sun: ["00:00-06:00"] } } }
sources:
${entries.join('')}`);
  for (const [name, { adapter = {}, files }] of Object.entries(sources)) {
    for (const [table, sql] of Object.entries(adapter)) await project.put(`${name}/${table}.sql`, sql);
    for (const [file, content] of Object.entries(files)) await project.put(`inbox/${name}/${file}`, content);
  }
  const result = await project.run({ now: '2026-12-01T00:00:00Z', asOf: '2026-11-30T00:00:00Z' });
  if (!result.published) throw new Error(`not published: ${JSON.stringify(result.checks)}`);
  return {
    project,
    result,
    refunds: async (source, column) => {
      const rows = await project.rows(
        `select refund_id, ${column}::varchar as value from staging.refunds where source = '${source}' order by refund_id`,
      );
      return Object.fromEntries(rows.map((row) => [row['refund_id'], row['value']]));
    },
    quarantined: async (source) => {
      const rows = await project.rows(
        `select record::int as record, column_name, value, reason from quarantine.records where source = '${source}' order by file, record`,
      );
      return rows.map((row) => Object.values(row));
    },
    cases: (source, columns) =>
      project.rows(
        `select ticket_id, ${columns} from marts.cases where source = '${source}' and is_ticket order by ticket_id`,
      ),
  };
}
