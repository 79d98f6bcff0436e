import { Client } from 'pg';
import { beforeAll, expect, test } from 'vitest';
import type { KpiTotal } from '#lib/server/kpis.ts';
import { type CanonicalRow, drawMonth, monthDeclarations, monthTables, peakAt } from './month.ts';
import { columnsOf, monthSource, writeDelimited } from './month_files.ts';
import { databaseTypes, formats, typedRecord } from './month_formats.ts';
import { startPostgres } from './postgres_server.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

/** All that `kpi --json` says but the name of the snapshot, and all content behind it. */
interface Answers {
  asOf: string;
  whole: KpiTotal[];
  byVendor: KpiTotal[];
  byDay: KpiTotal[];
  accounts: (string | number)[][];
  content: Record<string, string>;
}

const month = drawMonth(3, 300);
const asOf = new Date(peakAt * 1000).toISOString();
let expected: Answers;

async function answersOf(project: WarehouseProject): Promise<Answers> {
  const { checks } = await project.run({ asOf });
  expect(checks.filter((check) => check.rows > 0)).toEqual([]);
  const accounts = await project.rows(`
    select table_name, sum(records)::int as records, sum(loaded)::int as loaded, sum(superseded)::int as superseded, sum(quarantined)::int as quarantined
    from quarantine.file_accounts group by all order by all`);
  return {
    asOf: await project.read(async ({ current }) => current.asOf),
    whole: await project.totals(),
    byVendor: await project.totals({ by: 'vendor' }),
    byDay: await project.totals({ by: 'day' }),
    accounts: accounts.map((row) => Object.values(row).map(String)),
    content: await project.hashes(),
  };
}

async function readAs(write: (project: WarehouseProject) => Promise<void>, sources = monthSource()): Promise<Answers> {
  const project = await openWarehouseProject(`${monthDeclarations}${sources}`);
  try {
    await write(project);
    return await answersOf(project);
  } finally {
    await project.close();
  }
}

beforeAll(async () => {
  expected = await readAs(async (project) => {
    for (const table of monthTables) await project.put(`inbox/${table}.csv`, writeDelimited(month[table]));
  });
});

test('the month has numbers to compare', () => {
  expect(expected.asOf).toBe(asOf);
  expect(expected.whole).toHaveLength(18);
  expect(new Set(expected.byVendor.map((row) => row.key)).size).toBe(4);
  expect(expected.byDay.length).toBeGreaterThan(300);
});

test.each(Object.keys(formats))('a month in %s files gives the same answers as in CSV', async (ending) => {
  const found = await readAs(async (project) => {
    for (const table of monthTables)
      await project.put(`inbox/${table}${ending}`, (await formats[ending]?.(month[table], table)) ?? '');
  });
  expect(found).toEqual(expected);
});

test('a month in a mixture of formats gives the same answers', async () => {
  const endings = Object.keys(formats);
  const found = await readAs(async (project) => {
    for (const [place, table] of monthTables.entries()) {
      const ending = endings[(place * 3 + 1) % endings.length] ?? '';
      await project.put(`inbox/${table}${ending}`, (await formats[ending]?.(month[table], table)) ?? '');
    }
  });
  expect(found).toEqual(expected);
});

test('a month with offsets, slashes or epochs for instants gives the same answers', async () => {
  const found = await readAs(async (project) => {
    for (const table of monthTables)
      await project.put(
        `inbox/${table}.csv`,
        writeDelimited(month[table].map(writeOtherwise), { columns: columnsOf(month[table]) }),
      );
  });
  expect(found).toEqual(expected);
});

test('a month in a PostgreSQL database gives the same answers as in CSV', async () => {
  const server = await startPostgres();
  const client = new Client({ connectionString: server.url });
  try {
    await client.connect();
    for (const table of monthTables)
      await fill(
        client,
        table,
        month[table].filter((row) => row['ticket_id'] !== 'bad-instant'),
      );
    await client.query(`insert into tickets (ticket_id, brand_id, status) values ('bad-instant', 'north', 'open')`);
    const tables = monthTables.map((table) => `${table}: { table: public.${table} }`).join(', ');
    const source = `sources:\n  - { name: desk, kind: postgres, url: '${server.url}', timezone: UTC, tables: { ${tables} } }\n`;
    expect(withoutReach(await readAs(async () => {}, source))).toEqual(withoutReach(expected));
  } finally {
    await client.end();
    await server.stop();
  }
});

/** A database is known until it was asked; files are, until the latest instant in them. */
function withoutReach(answers: Answers): Answers {
  const content = Object.entries(answers.content).filter(([relation]) => relation !== 'marts.source_reach');
  return { ...answers, content: Object.fromEntries(content) };
}

async function fill(client: Client, table: string, rows: readonly CanonicalRow[]): Promise<void> {
  const types = Object.entries(databaseTypes(rows)).map(([column, type]) => `"${column}" ${type}`);
  await client.query(`create table ${table} (${types.join(', ')})`);
  await client.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [
    JSON.stringify(rows.map(typedRecord)),
  ]);
}

/** The same instants in the other forms that need no datetime_format, one form a row. */
function writeOtherwise(row: CanonicalRow, place: number): CanonicalRow {
  const forms: ((text: string) => string)[] = [
    (text) => `${text.replace(' ', 'T')}Z`,
    (text) => `${new Date(Date.parse(`${text}Z`) + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`,
    (text) => text.replaceAll('-', '/'),
    (text) => String(Date.parse(`${text}Z`) / 1000),
    (text) => String(Date.parse(`${text}Z`)),
    (text) => `${text}.000`,
  ];
  const form = forms[place % forms.length] ?? String;
  return Object.fromEntries(
    Object.entries(row).map(([column, text]) => [
      column,
      /(^|_)at$/.test(column) && /^2026-\d\d-/.test(text) ? form(text) : text,
    ]),
  );
}
