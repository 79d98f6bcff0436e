import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, LIST, VARCHAR, listValue } from '@duckdb/node-api';
import { z } from 'zod';
import type { Scope } from '#lib/access/principal.ts';
import { queriesFolder } from '#lib/server/queries_folder.ts';
import { readCurrent, snapshotPath } from '#lib/server/snapshot.ts';

const ofCases = (key: string) => `${key}::varchar in (select unnest($cases::varchar[]))`;
const ofBrands = '$brands::varchar[] is null or list_contains($brands::varchar[], brand_id)';
const ofEverything = '$brands::varchar[] is null and $vendors::varchar[] is null and $agents::varchar[] is null';

/**
 * Which rows of each relation that scoped macros read are a principal's. Most hang on a case and are whose the case is; what is not so:
 * products belong to a brand and to no vendor or agent; files, sources and what never became a row belong to nobody in part.
 */
export const rowsOf: Readonly<Record<string, string>> = {
  'marts.cases': ofCases('case_key'),
  'marts.events': ofCases('case_key'),
  'marts.messages': ofCases('case_key'),
  'marts.refunds': ofCases('case_key'),
  'marts.rounds': ofCases('case_key'),
  'rollups.case_index': ofCases('case_key'),
  'rollups.case_links': ofCases('case_key'),
  'rollups.conduct': ofCases('case_key'),
  'rollups.kpi_rows': ofCases('case_key'),
  'staging.tickets': ofCases('ticket_key'),
  'staging.messages': ofCases('ticket_key'),
  'staging.refunds': 'refund_key in (select refund_key from marts.refunds)',
  'staging.products': ofBrands,
  'marts.source_reach': ofEverything,
  'quarantine.records': ofEverything,
  'quarantine.file_accounts': ofEverything,
};

/** Relations that are made of others, anew from what is left of those. */
export const madeOf = ['rollups.daily'] as const;

const owner = z.object({
  case_key: z.string(),
  brand_id: z.string(),
  vendor_id: z.string().nullable(),
  agent_id: z.string().nullable(),
});

/** Whether a principal that is given `ids`, null for all, may see what belongs to `id`. */
function takes(ids: readonly string[] | null, id: string | null): boolean {
  return ids === null || (id !== null && ids.includes(id));
}

/** Copies a data folder's snapshot into another folder. */
export async function copySnapshot(from: string, to: string): Promise<string> {
  await cp(join(from, 'snapshots'), join(to, 'snapshots'), { recursive: true });
  const current = await readCurrent(to);
  if (!current) throw new Error('no snapshot');
  return snapshotPath(to, current.snapshot);
}

/** Does work on a database file and writes it back. */
export async function onFile(path: string, work: (connection: DuckDBConnection) => Promise<void>): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await work(connection);
  await connection.run('checkpoint');
  connection.closeSync();
  instance.closeSync();
}

/** Leaves in a snapshot what is a principal's and nothing else, decided here, without any scoped macro. */
export async function narrow(path: string, { brands, vendors, agents }: Scope): Promise<void> {
  await onFile(path, async (connection) => {
    const reader = await connection.runAndReadAll(
      'select case_key::varchar as case_key, brand_id, vendor_id, agent_id from marts.cases',
    );
    const cases = z
      .array(owner)
      .parse(reader.getRowObjectsJson())
      .filter((one) => takes(brands, one.brand_id) && takes(vendors, one.vendor_id) && takes(agents, one.agent_id))
      .map(({ case_key }) => case_key);
    const values = { cases, brands, vendors, agents };
    for (const [relation, isOwn] of Object.entries(rowsOf)) {
      const named = Object.entries(values).filter(([name]) => isOwn.includes(`$${name}:`));
      await connection.run(
        `create temp table kept as select * from ${relation} where ${isOwn}`,
        Object.fromEntries(named.map(([name, ids]) => [name, ids && listValue([...ids])])),
        Object.fromEntries(named.map(([name]) => [name, LIST(VARCHAR)])),
      );
      await replace(connection, relation);
    }
    for (const relation of madeOf) {
      const sql = await readFile(join(queriesFolder, `${relation.replace('.', '/')}.sql`), 'utf8');
      await connection.run(`create temp table kept as ${sql}`);
      await replace(connection, relation);
    }
  });
}

/** Puts the temporary table `kept` in the place of a relation, table or view. */
async function replace(connection: DuckDBConnection, relation: string): Promise<void> {
  const [schema = '', name = ''] = relation.split('.');
  const reader = await connection.runAndReadAll(
    'select 1 from duckdb_views() where schema_name = $1 and view_name = $2',
    [schema, name],
  );
  await connection.run(`drop ${reader.currentRowCount > 0 ? 'view' : 'table'} ${relation}`);
  await connection.run(`create table ${relation} as from kept`);
  await connection.run('drop table temp.kept');
}
