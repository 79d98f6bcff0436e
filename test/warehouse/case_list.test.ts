import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type CaseKind, type CaseListAsked, caseKinds, caseSorts } from '#lib/metrics/case_list.ts';
import type { Keys } from '#lib/metrics/dimensions.ts';
import { metricIds, metricOf } from '#lib/metrics/registry.ts';
import * as caseFinder from '#lib/server/case_finder.ts';
import * as caseList from '#lib/server/case_list.ts';
import * as kpis from '#lib/server/kpis.ts';
import { type Warehouse, openWarehouse } from '#lib/server/warehouse.ts';
import { everything } from '#lib/access/principal.ts';
import { drawMonth, monthDeclarations, peakAt } from './month.ts';
import { monthSource, writeMonth } from './month_files.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

const march = { from: '2026-03-01', to: '2026-04-01' };
const unsearched: CaseListAsked = {
  ...march,
  keys: {},
  clock: null,
  metric: null,
  kind: 'counted',
  withFlagged: false,
  search: null,
  sort: 'started',
  direction: 'desc',
};
const filters: Keys[] = [
  {},
  { brand: ['harbor'], platform: ['tmall', 'jd'] },
  { request_type: ['return_refund'], severity: ['A', 'B'], reason_agent: ['size', ''] },
];

let project: WarehouseProject;
let warehouse: Warehouse;
beforeAll(async () => {
  project = await openWarehouseProject(`${monthDeclarations}${monthSource()}`);
  for (const [name, text] of writeMonth(drawMonth(23, 250))) await project.put(name, text);
  await project.run({ asOf: new Date(peakAt * 1000).toISOString() });
  warehouse = await openWarehouse(project.dataDir);
});
afterAll(async () => {
  warehouse.close();
  await project.close();
});

async function every(asked: CaseListAsked, size?: number): Promise<caseList.ListedCase[]> {
  const rows: caseList.ListedCase[] = [];
  for await (const batch of caseList.all(warehouse, everything, asked, size)) rows.push(...batch);
  return rows;
}

const nameOf = ({ caseId, outcome }: caseList.ListedCase) => `${caseId} ${outcome?.itemId ?? ''}`;

describe.each(metricIds)('the list of %s', (metric) => {
  test.each(filters)('has the rows that the KPI counts, of each kind, with %o', async (keys) => {
    const [total] = await kpis.totals(warehouse, everything, {
      ...march,
      keys,
      clock: null,
      metrics: [metric],
      by: null,
    });
    const { numerator, denominator, pending } = total ?? { numerator: 0, denominator: 0, pending: 0 };
    for (const kind of caseKinds) {
      const asked = { ...unsearched, metric, kind, keys };
      const rows = await every(asked);
      const same = await kpis.cases(warehouse, everything, { ...march, keys, clock: null, metric, kind });
      const written = (one: { day: string; state: string; numerator: number; value: number | null }) => [
        one.day,
        one.state,
        one.numerator,
        one.value,
      ];
      expect(new Map(rows.map((row) => [nameOf(row), row.outcome && written(row.outcome)]))).toEqual(
        new Map(same.map((row) => [`${row.caseId} ${row.itemId ?? ''}`, written(row)])),
      );
      expect(rows.length).toBe(same.length);
      expect(await caseList.count(warehouse, everything, asked)).toBe(rows.length);
      const counted: Record<CaseKind, number> = {
        counted: denominator,
        failing: metricOf(metric).direction === 'down' ? numerator : denominator - numerator,
        pending,
      };
      expect(rows.length).toBe(counted[kind]);
    }
  });
});

describe('the list without a KPI', () => {
  test.each(filters)(
    'has the cases begun in the period, spam and merged ones only when asked, with %o',
    async (keys) => {
      const asked = { ...unsearched, keys };
      const [disputes] = await kpis.totals(warehouse, everything, {
        ...march,
        keys,
        clock: null,
        metrics: ['dispute_rate'],
        by: null,
      });
      const rows = await every(asked);
      expect(rows.length).toBe(disputes?.denominator ?? 0);
      expect(await caseList.count(warehouse, everything, asked)).toBe(rows.length);
      expect(rows.some((row) => row.isFlagged)).toBe(false);
      const withFlagged = await every({ ...asked, withFlagged: true });
      expect(withFlagged.filter((row) => !row.isFlagged).map(nameOf)).toEqual(rows.map(nameOf));
    },
  );

  test('shows spam and merged cases as such', async () => {
    expect((await every({ ...unsearched, withFlagged: true })).some((row) => row.isFlagged)).toBe(true);
  });

  test('shows nobody cases of other brands, vendors or agents', async () => {
    for (const [scope, isMine] of [
      [{ ...everything, vendors: ['suda'] }, (row: caseList.ListedCase) => row.vendor === 'suda'],
      [{ ...everything, brands: ['harbor'] }, (row: caseList.ListedCase) => row.brand === 'harbor'],
    ] as const) {
      const { rows } = await caseList.listed(warehouse, scope, unsearched, { place: null, way: 'after', limit: 1000 });
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.every(isMine)).toBe(true);
      const said = { text: 'hello', words: ['hello'] };
      const searched = await caseList.listed(
        warehouse,
        scope,
        { ...unsearched, search: said },
        { place: null, way: 'after', limit: 1000 },
      );
      expect(searched.rows.length).toBeGreaterThan(0);
      expect(searched.rows.every(isMine)).toBe(true);
    }
  });
});

const orders = caseSorts.flatMap((sort) => (['asc', 'desc'] as const).map((direction) => [sort, direction] as const));

describe.each(orders)('ordered by %s %s', (sort, direction) => {
  const lists: CaseListAsked[] = [
    ...(sort === 'value' ? [] : [{ ...unsearched, sort, direction }]),
    { ...unsearched, sort, direction, metric: 'first_response', keys: { vendor: ['suda', 'always'] } },
    { ...unsearched, sort, direction, metric: 'reply_3m', kind: 'failing' },
    { ...unsearched, sort, direction, metric: 'refund_time' },
  ];

  test('is in order, rows without a value last', async () => {
    for (const asked of lists) {
      const measures = (await every(asked)).map(({ place }) => place.measure);
      const known = measures.filter((one) => one !== null);
      expect(measures.slice(0, known.length)).toEqual(known);
      expect(known).toEqual([...known].sort((a, b) => (direction === 'asc' ? a - b : b - a)));
    }
  });

  test('gives every row once, page after page and back again', async () => {
    for (const asked of lists) {
      const whole = (await every(asked)).map(nameOf);
      expect(whole.length).toBeGreaterThan(45);
      expect(new Set(whole).size).toBe(whole.length);
      expect((await every(asked, 45)).map(nameOf)).toEqual(whole);
      const back: string[] = [];
      for (let place = (await every(asked)).at(-1)?.place ?? null; place;) {
        const { rows } = await caseList.listed(warehouse, everything, asked, { place, way: 'before', limit: 45 });
        back.unshift(...rows.map(nameOf));
        place = rows[0]?.place ?? null;
      }
      expect(back).toEqual(whole.slice(0, -1));
    }
  });
});

describe('searching', () => {
  const search = (...words: string[]) => ({ ...unsearched, search: { text: words.join(' '), words } });
  const saying = async (condition: string) => {
    const rows = await project.rows(`
      select c.case_id from marts.cases as c join marts.messages as m using (case_key)
      where not c.is_flagged and c.started_on >= '2026-03-01' and c.started_on < '2026-04-01'
      group by c.case_id having ${condition} order by c.case_id`);
    return z
      .array(z.object({ case_id: z.string() }))
      .parse(rows)
      .map((row) => row.case_id);
  };
  const found = async (asked: CaseListAsked) => (await every(asked)).map((row) => row.caseId).sort();

  test.each([
    [['在吗'], `bool_or(contains(body, '在吗'))`],
    [['HELLO'], `bool_or(contains(body, 'Hello'))`],
    [['wHeRe', '稍等'], `bool_or(contains(body, 'where')) and bool_or(contains(body, '稍等'))`],
    [
      ['在吗', '稍等', 'hello', '—'],
      `bool_or(contains(body, '在吗')) and bool_or(contains(body, '稍等')) and bool_or(contains(body, 'Hello')) and bool_or(contains(body, '—'))`,
    ],
    [['%'], 'false'],
    [["'; drop"], 'false'],
  ])('finds the cases whose conversation says all of %o, whatever their case', async (words, condition) => {
    const asked = search(...words);
    const cases = await found(asked);
    expect(cases).toEqual(await saying(condition));
    expect(await caseList.count(warehouse, everything, asked)).toBe(cases.length);
    expect(await found({ ...asked, sort: 'messages', direction: 'asc' })).toEqual(cases);
  });

  test('shows a message that says the words', async () => {
    const rows = await every(search('稍等', 'hello'));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.excerpt).toMatch(/稍等|hello/i);
  });

  test('finds a case by its own id, its ticket’s or its order’s, whole', async () => {
    const [one] = z
      .array(z.object({ case_id: z.string(), ticket_id: z.string(), order_id: z.string() }))
      .parse(
        await project.rows(
          `select case_id, ticket_id, order_id from marts.cases where not is_flagged and ticket_id is not null and order_id is not null and started_on > '2026-03-05' order by case_id`,
        ),
      );
    for (const id of [one?.case_id, one?.ticket_id, one?.order_id]) {
      expect(await found(search(id ?? ''))).toContain(one?.case_id);
      expect((await caseFinder.byId(warehouse, everything, id ?? '')).map(({ caseId }) => caseId)).toContain(
        one?.case_id,
      );
    }
    expect(await found(search((one?.case_id ?? '').slice(0, -1)))).not.toContain(one?.case_id);
  });

  test('stays among the rows of a KPI', async () => {
    const asked = { ...search('在吗'), metric: 'first_response', kind: 'failing' } as const;
    const failing = await every({ ...asked, search: null });
    const said = await saying(`bool_or(contains(body, '在吗'))`);
    expect(await found(asked)).toEqual(
      failing
        .map((row) => row.caseId)
        .filter((id) => said.includes(id))
        .sort(),
    );
  });
});
