import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeSlice } from '#lib/charts/slice_arrow.ts';
import { type Counted, sumCounted } from '#lib/metrics/figure.ts';
import { metricIds } from '#lib/metrics/registry.ts';
import { type Slice, type SliceFilter, sliceDimensions } from '#lib/metrics/slice.ts';
import { loadConfig } from '#lib/server/config.ts';
import * as explore from '#lib/server/explore.ts';
import * as kpis from '#lib/server/kpis.ts';
import { encodeSlice } from '#lib/server/slice_arrow.ts';
import { type Warehouse, openWarehouse } from '#lib/server/warehouse.ts';
import { type Scope, everything } from '#lib/access/principal.ts';
import { type Picture, pictures } from '../../src/routes/explore/picture.ts';
import { GET } from '../../src/routes/explore/slice/+server.ts';
import { drawMonth, monthDeclarations, peakAt } from './month.ts';
import { monthSource, writeMonth } from './month_files.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

const period = { from: '2026-02-20', to: '2026-04-10' };

let project: WarehouseProject;
let warehouse: Warehouse;

beforeAll(async () => {
  project = await openWarehouseProject(`${monthDeclarations}${monthSource()}`);
  for (const [name, text] of writeMonth(drawMonth(7, 400))) await project.put(name, text);
  await project.run({ asOf: new Date(peakAt * 1000).toISOString() });
  warehouse = await openWarehouse(project.dataDir, { caches: true });
});
afterAll(async () => {
  warehouse.close();
  await project.close();
});

const nothing: Counted = { numerator: 0, denominator: 0, pending: 0 };
const scopes: Record<string, Scope> = {
  everything,
  'one vendor': { ...everything, vendors: ['suda'] },
  'one brand': { ...everything, brands: ['harbor'] },
  'one brand and vendor': { brands: ['north'], vendors: ['always'], agents: null },
  nobody: { ...everything, vendors: [] },
};

async function sliceOf(scope: Scope, metric: (typeof metricIds)[number], keys = {}): Promise<Slice> {
  const slice = await explore.slice(warehouse, scope, { metric, period, keys });
  if (!slice) throw new Error('the slice is too large');
  return slice;
}

async function totalOf(scope: Scope, asked: Omit<Parameters<typeof kpis.totals>[2], 'clock' | 'by'>): Promise<Counted> {
  const rows = await kpis.totals(warehouse, scope, { ...asked, clock: null, by: null });
  return sumCounted([nothing, ...rows]);
}

describe.each(Object.entries(scopes))('to a principal of %s', (_, scope) => {
  test.each(metricIds)('the slice of %s adds up to its total', async (metric) => {
    const { all } = pictures(await sliceOf(scope, metric))({ days: null, keys: {} });
    expect(all).toEqual(await totalOf(scope, { ...period, keys: {}, metrics: [metric] }));
  });
});

describe('what is picked of a slice', () => {
  const filters: Record<string, SliceFilter> = {
    'one vendor': { days: null, keys: { vendor: ['suda'] } },
    'two platforms in a week': { days: { from: 14, to: 21 }, keys: { platform: ['tmall', 'douyin'] } },
    'no buyer’s reason': { days: null, keys: { reason_buyer: [''] } },
    'a reason and a request type': {
      days: { from: 5, to: 40 },
      keys: { reason_agent: ['size', ''], request_type: ['return_refund', 'exchange'] },
    },
    'a key that nobody has': { days: null, keys: { brand: ['nobody'] } },
  };
  const dayAfter = (days: number): string =>
    new Date(Date.parse(period.from) + days * 86_400_000).toISOString().slice(0, 10);

  test.each(Object.entries(filters))('%s counts what the KPI counts', async (_, filter) => {
    const span = {
      from: dayAfter(filter.days?.from ?? 0),
      to: filter.days ? dayAfter(filter.days.to) : period.to,
    };
    for (const metric of ['first_response', 'reply_3m', 'refund_dispute_rate', 'dispute_rate'] as const) {
      const drawn: Picture = pictures(await sliceOf(everything, metric))(filter);
      expect(drawn.picked, metric).toEqual(
        await totalOf(everything, { ...span, keys: filter.keys, metrics: [metric] }),
      );
      for (const dimension of sliceDimensions) {
        const { [dimension]: _own, ...others } = filter.keys;
        const rows = await kpis.totals(warehouse, everything, {
          ...span,
          keys: others,
          clock: null,
          metrics: [metric],
          by: dimension,
        });
        const counted = drawn.keys[dimension]
          .map((key, index) => [key, drawn.counted[dimension][index] ?? nothing] as const)
          .filter(([, { denominator, pending }]) => denominator + pending > 0);
        expect(Object.fromEntries(counted), `${metric} by ${dimension}`).toEqual(
          Object.fromEntries(
            rows.map(({ key, numerator, denominator, pending }) => [key ?? '', { numerator, denominator, pending }]),
          ),
        );
      }
    }
  });

  test('keys that the page does not show are picked before counting', async () => {
    const keys = { severity: ['A'], agent: ['anna', ''] };
    const { all } = pictures(await sliceOf(everything, 'dispute_rate', keys))({ days: null, keys: {} });
    expect(all).toEqual(await totalOf(everything, { ...period, keys, metrics: ['dispute_rate'] }));
  });
});

test('a narrow scope names no key of anybody else', async () => {
  const slice = await sliceOf({ ...everything, vendors: ['suda'], brands: ['north'] }, 'refund_dispute_rate');
  expect(slice.dimensions.vendor.keys).toEqual(['', 'suda']);
  expect(slice.dimensions.brand.keys).toEqual(['', 'north']);
});

test('rows come by day, and every day is one of the period', async () => {
  const { day, days } = await sliceOf(everything, 'reply_3m');
  expect([...day]).toEqual([...day].toSorted((one, other) => one - other));
  expect(Math.max(...day)).toBeLessThan(days);
});

test('an Arrow stream holds what went into it', async () => {
  for (const metric of metricIds) {
    const slice = await sliceOf(everything, metric);
    expect(decodeSlice(encodeSlice(slice), slice.days)).toEqual(slice);
  }
  const empty = await sliceOf({ ...everything, brands: [] }, 'csat');
  expect(decodeSlice(encodeSlice(empty), empty.days).day).toHaveLength(0);
});

describe('the endpoint', () => {
  async function answer(query: string, headers: Record<string, string> = {}): Promise<Response> {
    const url = new URL(`http://localhost/explore/slice?${query}`);
    const config = await loadConfig(`${project.folder}/aftersight.yaml`);
    const view = { config, scope: everything, lease: { warehouse, release: () => undefined } };
    const event = { url, request: new Request(url, { headers }), locals: { view } };
    // @ts-expect-error: what the endpoint looks at of an event, and no more
    const made: Promise<Response> = GET(event);
    return made.catch((error: unknown) => {
      if (typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number')
        return new Response(JSON.stringify('body' in error ? error.body : null), { status: error.status });
      throw error;
    });
  }
  const query = (more = ''): string =>
    `snapshot=${warehouse.current.snapshot}&metric=dispute_rate&from=2026-03-01&until=2026-03-31${more}`;

  test('answers a stream that adds up, plain or compressed', async () => {
    const plain = await answer(query());
    expect(plain.headers.get('content-type')).toBe('application/vnd.apache.arrow.stream');
    const { all } = pictures(decodeSlice(new Uint8Array(await plain.arrayBuffer()), 31))({ days: null, keys: {} });
    const march = { from: '2026-03-01', to: '2026-04-01', keys: {}, metrics: ['dispute_rate' as const] };
    expect(all).toEqual(await totalOf(everything, march));
    const compressed = await answer(query(), { 'accept-encoding': 'br, gzip' });
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
  });

  test('answers 304 where the browser has the slice already, and 200 for another one', async () => {
    const etag = (await answer(query())).headers.get('etag') ?? '';
    expect((await answer(query(), { 'if-none-match': etag })).status).toBe(304);
    expect((await answer(query('&severity=A'), { 'if-none-match': etag })).status).toBe(200);
  });

  test('answers 409 for the snapshot of yesterday', async () => {
    const stale = await answer('snapshot=20250101T000000000Z&metric=dispute_rate');
    expect(stale.status).toBe(409);
    expect(await stale.text()).toContain(warehouse.current.snapshot);
  });

  test('answers 400 with a message for whatever else it is asked', async () => {
    const names = ['snapshot', 'metric', 'from', 'until', 'bfrom', 'buntil', 'reasons', 'brand', 'priority', 'sku'];
    const wild = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '',
        '\0',
        '1e309',
        '-1',
        '2026-02-30',
        '9999-12-31',
        '2026-03-01',
        'csat',
        "'; drop table x",
        '{}',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...names), wild), { maxLength: 4 }), async (given) => {
        const params = new URLSearchParams(query());
        for (const [name, value] of given) params.set(name, value);
        const { status } = await answer(params.toString());
        expect([200, 400, 409]).toContain(status);
      }),
      { numRuns: 60 },
    );
    for (const wrong of ['&metric=nothing', '&from=yesterday', '&bfrom=2026-13-01', '&reasons=all', '&brand=%00']) {
      const params = new URLSearchParams(`${query()}`);
      for (const [name, value] of new URLSearchParams(wrong)) params.set(name, value);
      const refused = await answer(params.toString());
      expect(refused.status, wrong).toBe(400);
      expect(await refused.text()).toContain(wrong.slice(1).split('=')[0]);
    }
    expect((await answer('metric=csat')).status).toBe(400);
  });
});
