import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { translator } from '#lib/i18n/translator.ts';
import type { CaseListAsked } from '#lib/metrics/case_list.ts';
import { type CaseExport, csvBytes, exportName, xlsxBytes } from '#lib/server/case_export.ts';
import * as caseList from '#lib/server/case_list.ts';
import { type Warehouse, openWarehouse } from '#lib/server/warehouse.ts';
import { everything } from '#lib/access/principal.ts';
import { Given, runGiven } from './given.ts';
import type { WarehouseProject } from './warehouse_project.ts';

const october: CaseListAsked = {
  from: '2026-10-01',
  to: '2026-11-01',
  keys: {},
  clock: null,
  metric: null,
  kind: 'counted',
  withFlagged: false,
  search: null,
  sort: 'started',
  direction: 'asc',
};
const longId = '7441803258588261931';

let project: WarehouseProject;
let warehouse: Warehouse;
beforeAll(async () => {
  const given = new Given('x')
    .ticket({ ticket_id: '1', opened_at: '2026-10-12 09:30:05', order_id: longId })
    .customer('2026-10-12 09:30:05', { body: '=HYPERLINK("http://x","y"), 尺码\n偏小' })
    .agent('2026-10-12 09:31:07', { agent_id: '@anna' })
    .ticket({ ticket_id: '2', opened_at: '2026-10-12 23:59:59', agent_id: '' })
    .customer('2026-10-12 23:59:59', { body: '尺码 <b>大</b>' });
  for (let index = 3; index <= 40; index++) given.ticket({ ticket_id: String(index) }).customer('10:00:00');
  project = await runGiven(given.rows);
  warehouse = await openWarehouse(project.dataDir);
});
afterAll(async () => {
  warehouse.close();
  await project.close();
});

const exported = (asked: CaseListAsked): CaseExport => ({
  asked,
  reader: { t: translator('en'), locale: 'en', names: { brand: { north: '=cmd|calc' } } },
  timezone: 'Asia/Shanghai',
  current: warehouse.current,
  rows: caseList.all(warehouse, everything, asked, 7),
});
const csv = async (asked: CaseListAsked) => (await buffer(csvBytes(exported(asked)))).toString();
const records = (content: string): string[][] => parse(content, { bom: true, record_delimiter: '\r\n' });

async function sheets(asked: CaseListAsked): Promise<unknown[][][]> {
  const book = new exceljs.Workbook();
  const bytes = await buffer(xlsxBytes(exported(asked)));
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return book.worksheets.map((sheet) => {
    const rows: unknown[][] = [];
    sheet.eachRow((row) => rows.push(Array.isArray(row.values) ? row.values.slice(1) : []));
    return rows;
  });
}

describe('a CSV', () => {
  test('has the rows of the list in its order, all pages, below one line of heads', async () => {
    const [heads, ...rows] = records(await csv(october));
    const list = await caseList.listed(warehouse, everything, october, { place: null, way: 'after', limit: 1000 });
    expect(heads?.slice(0, 3)).toEqual(['Case', 'Order', 'Started']);
    expect(rows.map(([id]) => id)).toEqual(list.rows.map((row) => row.caseId));
    expect(rows.length).toBe(40);
  });

  test('begins with a byte order mark, ends lines as RFC 4180 says, and keeps ids of 19 digits', async () => {
    const content = await csv(october);
    expect(content.startsWith('\uFEFFCase,')).toBe(true);
    expect(content.endsWith('\r\n')).toBe(true);
    expect(content).toContain(`desk/x-1,x-${longId},2026-10-12 09:30:05,`);
  });

  test('disarms formulas in names and messages', async () => {
    const rows = records(await csv({ ...october, search: { text: 'HYPERLINK', words: ['HYPERLINK'] } }));
    expect(rows[1]).toContain("'=cmd|calc");
    expect(rows[1]?.at(-1)).toBe(`'=HYPERLINK("http://x","y"), 尺码\n偏小`);
  });
});

describe('a workbook', () => {
  test('has the same rows as the CSV: texts as text, numbers as numbers, instants as local dates', async () => {
    const asked = { ...october, metric: 'first_response' } as const;
    const [[heads, ...rows] = []] = await sheets(asked);
    const [csvHeads, ...csvRows] = records(await csv(asked));
    expect(heads).toEqual(csvHeads);
    const asText = (cell: unknown) =>
      cell instanceof Date
        ? cell.toISOString().slice(0, 19).replace('T00:00:00', '').replace('T', ' ')
        : cell === undefined || cell === null
          ? ''
          : String(cell);
    expect(rows.map((row) => csvRows[0]?.map((_, index) => asText(row[index])))).toEqual(csvRows);
    const one = rows.find((row) => row[0] === 'desk/x-1') ?? [];
    expect(one[1]).toBe(`x-${longId}`);
    expect(one[2]).toEqual(new Date('2026-10-12T09:30:05Z'));
    expect(one[3]).toEqual(new Date('2026-10-12'));
    expect(one[5]).toBe(62);
    expect(one).toContain("'=cmd|calc");
  });

  test('says in a second sheet what it holds: list, definition version, filter, as of, snapshot', async () => {
    const [, about = []] = await sheets({
      ...october,
      metric: 'first_response',
      kind: 'failing',
      keys: { vendor: ['open'] },
    });
    const facts = new Map(about.map(([name, fact]) => [name, fact]));
    expect(facts.get('List')).toBe('First response in time · not met · October 2026 · open');
    expect(facts.get('Rows')).toBe(39);
    expect([...facts.keys()]).toContain('Definition (version 1)');
    expect(facts.get('Vendor')).toBe('open');
    expect(facts.get('Data as of')).toEqual(new Date('2026-11-05T09:00:00Z'));
    expect(facts.get('Snapshot')).toBe(warehouse.current.snapshot);
  });
});

test('an export that nobody takes any more stops asking for rows', async () => {
  for (const write of [csvBytes, xlsxBytes]) {
    let batches = 0;
    async function* endless() {
      const { rows } = await caseList.listed(warehouse, everything, october, { place: null, way: 'after', limit: 40 });
      for (;;) {
        batches++;
        yield Array.from({ length: 5000 }, (_, index) => rows[index % 40]).flatMap((row) => row ?? []);
      }
    }
    const pieces = write({ ...exported(october), rows: endless() });
    for (let taken = 0; taken < 3; taken++) await pieces.next();
    await pieces.return();
    const before = batches;
    await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toBe(before);
    expect(batches).toBeLessThan(20);
  }
});

test('an export is named by its KPI and its first and last day', () => {
  expect(exportName({ ...october, metric: 'csat', kind: 'failing' }, 'xlsx')).toBe(
    'aftersight-cases-csat-failing-2026-10-01_2026-10-31.xlsx',
  );
  expect(exportName(october, 'csv')).toBe('aftersight-cases-all-2026-10-01_2026-10-31.csv');
});
