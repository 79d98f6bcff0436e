import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../pipeline/generate/random.ts';
import { type CanonicalRow, type MonthTable, drawMonth, monthDeclarations, monthTables, peakAt } from './month.ts';
import { columnsOf, monthSource, writeDelimited } from './month_files.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

type Hashes = Record<string, string>;

const asOf = new Date(peakAt * 1000).toISOString();
const month = drawMonth(23, 250);
const random = new Random(5, 'nights');
const projects: WarehouseProject[] = [];
let atOnce: WarehouseProject;
let expected: { asked: Hashes; derived: Hashes };

async function open(): Promise<WarehouseProject> {
  const project = await openWarehouseProject(`${monthDeclarations}${monthSource()}`);
  projects.push(project);
  return project;
}

/** The content with the instant asked for, and with the one the data reach. */
async function hashesOf(project: WarehouseProject): Promise<{ asked: Hashes; derived: Hashes }> {
  await project.run({ asOf });
  const asked = await project.hashes();
  const { checks } = await project.run();
  expect(checks.filter((check) => check.rows > 0)).toEqual([]);
  return { asked, derived: await project.hashes() };
}

function shuffled<T>(items: readonly T[]): T[] {
  const kept = [...items];
  for (let last = kept.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const [a, b] = [kept[last], kept[other]];
    if (a !== undefined && b !== undefined) [kept[last], kept[other]] = [b, a];
  }
  return kept;
}

async function putMonth(project: WarehouseProject, change: (rows: CanonicalRow[]) => CanonicalRow[]): Promise<void> {
  for (const table of monthTables) await project.put(`inbox/${table}.csv`, writeDelimited(change(month[table])));
}

beforeAll(async () => {
  atOnce = await open();
  await putMonth(atOnce, (rows) => rows);
  expected = await hashesOf(atOnce);
});
afterAll(async () => {
  for (const project of projects) await project.close();
});

test('the two instants differ in content, so that equal hashes mean something', () => {
  const differing = Object.keys(expected.asked).filter((name) => expected.asked[name] !== expected.derived[name]);
  expect(differing).toEqual(expect.arrayContaining(['marts.cases', 'marts.rounds', 'marts.refunds', 'rollups.daily']));
  expect(Object.keys(expected.asked).filter((name) => name.startsWith('kpis.'))).toHaveLength(18);
});

describe('the same content comes from', () => {
  test('records in any order', async () => {
    const project = await open();
    await putMonth(project, shuffled);
    expect(await hashesOf(project)).toEqual(expected);
  });

  test('records given two or three times', async () => {
    const project = await open();
    await putMonth(project, (rows) => shuffled([...rows, ...rows, ...rows.filter(() => random.chance(0.5))]));
    expect(await hashesOf(project)).toEqual(expected);
  });

  test('several files, of other column orders, line endings and compression', async () => {
    const project = await open();
    for (const table of monthTables) {
      const rows = shuffled(month[table]);
      const columns = columnsOf(rows);
      const [first = 0, second = 0] = [rows.length / 3, rows.length / 2].map(Math.floor);
      await project.put(`inbox/${table}-1.csv`, writeDelimited(rows.slice(0, first), { columns }));
      const tabbed = { columns: columns.toReversed(), delimiter: '\t' };
      await project.put(`inbox/${table}-0.tsv`, writeDelimited(rows.slice(first, second), tabbed));
      const ended = { columns: shuffled(columns), lineEnding: '\r\n' };
      await project.put(`inbox/${table}.csv.gz`, gzipSync(writeDelimited(rows.slice(second), ended)));
    }
    expect(await hashesOf(project)).toEqual(expected);
  });

  test('three nights, in the third of which a file comes again, corrected', async () => {
    const project = await open();
    const part = (table: MonthTable, night: number): CanonicalRow[] =>
      month[table].filter((_, place) => (place * 7 + Math.floor(place / 5)) % 3 === night);
    const put = (table: MonthTable, night: number, rows: CanonicalRow[]): Promise<void> =>
      project.put(`inbox/${table}-${night}.csv`, writeDelimited(rows, { columns: columnsOf(month[table]) }));
    for (const table of monthTables) await put(table, 0, spoil(table, part(table, 0)));
    await project.run();
    const first = await project.hashes();
    for (const table of monthTables) await put(table, 1, shuffled(part(table, 1)));
    await project.run();
    for (const table of monthTables) {
      await put(table, 2, part(table, 2));
      await put(table, 0, part(table, 0));
    }
    const hashes = await hashesOf(project);
    expect(hashes).toEqual(expected);
    expect(first['marts.cases']).not.toEqual(hashes.derived['marts.cases']);
  });

  test('three nights of other tables, tickets last', async () => {
    const project = await open();
    const nights: MonthTable[][] = [['sales', 'refunds', 'messages'], ['products', 'events'], ['tickets']];
    for (const tables of nights) {
      for (const table of tables) await project.put(`inbox/${table}.csv`, writeDelimited(month[table]));
      await project.run();
    }
    expect(await hashesOf(project)).toEqual(expected);
  });

  test('a run without anything new, and one that reads every file again', async () => {
    expect((await atOnce.run()).newLoads).toBe(0);
    expect(await atOnce.hashes()).toEqual(expected.derived);
    expect((await atOnce.run({ full: true })).newLoads).toBe(monthTables.length);
    expect(await atOnce.hashes()).toEqual(expected.derived);
  });

  test('raw alone, when everything else is deleted, the files too', async () => {
    await atOnce.remove('inbox');
    for (const name of await readdir(atOnce.dataDir)) if (name !== 'raw') await atOnce.remove(join('data', name));
    expect(await hashesOf(atOnce)).toEqual(expected);
  });
});

/** What a first download may get wrong: old states, other numbers, unusable brands, missing events (events have no id to be corrected by). */
function spoil(table: MonthTable, rows: readonly CanonicalRow[]): CanonicalRow[] {
  const wrong: Record<MonthTable, CanonicalRow> = {
    tickets: { status: 'open', severity: 'C', is_spam: 'true', opened_at: '2026-03-02 00:00:00' },
    messages: { sender: 'bot', sent_at: '2026-03-03 00:00:00' },
    events: {},
    refunds: { refunded_at: '', brand_id: 'nobody' },
    sales: { units: '7' },
    products: { title: '旧' },
  };
  const kept = table === 'events' ? rows.filter(() => random.chance(0.7)) : rows;
  const isUsable = (row: CanonicalRow): boolean => !row['ticket_id']?.startsWith('bad-');
  return kept.map((row) => (isUsable(row) && random.chance(0.4) ? { ...row, ...wrong[table] } : row));
}
