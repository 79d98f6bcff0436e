import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { RunResult } from '../../pipeline/run.ts';
import { describeShared, shared } from './shared_data.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

describeShared('retail-orders: products and refunds out of nested JSON', () => {
  let project: WarehouseProject;
  let result: RunResult;
  beforeAll(async () => {
    project = await openWarehouseProject(`
timezone: UTC
brands: [{ id: store }]
vendors: [{ id: own }]
sources:
  - { name: shop, kind: retail, brand: store, tables: { products: products.json, orders: orders.json } }
`);
    await project.put(
      'retail/products.sql',
      `-- One row per variant of a product.
-- require: variants
select
    v.key as sku_id, p.product_id as spu_id, p.name as title, v.value -> 'options' as attributes, p._load, p._record,
from raw.products as p, json_each(p.variants) as v
`,
    );
    await project.put(
      'retail/refunds.sql',
      `-- One row per refund transaction of an order; the data give them no instant.
-- require: order_id, payment_history
select
    o._key || '/' || t.key as refund_id, o.order_id, parse.yuan_minor(t.value ->> 'amount') as amount_refunded_minor, 'USD' as currency,
    o._load, o._record,
from raw.orders as o, json_each(o.payment_history) as t
where t.value ->> 'transaction_type' = 'refund'
`,
    );
    await project.take(join(shared, 'retail-orders/products.json'), 'products.json');
    await project.take(join(shared, 'retail-orders/orders.json'), 'orders.json');
    result = await project.run();
  });
  afterAll(() => project.close());

  test('the variants of all 50 products are loaded, options and ids as they are', async () => {
    const source = z
      .record(z.string(), z.object({ variants: z.record(z.string(), z.object({ options: z.unknown() })) }))
      .parse(JSON.parse(await readFile(join(shared, 'retail-orders/products.json'), 'utf8')));
    const variants = Object.values(source).flatMap((product) => Object.entries(product.variants));
    const rows = await project.rows('select sku_id, spu_id, attributes::varchar as attributes from staging.products');
    expect(new Set(rows.map((row) => row['spu_id'])).size).toBe(50);
    expect(new Map(rows.map((row) => [row['sku_id'], JSON.parse(String(row['attributes']))]))).toEqual(
      new Map(variants.map(([id, { options }]) => [id, options])),
    );
    expect(result.files.find((file) => file.table === 'products')).toMatchObject({
      loaded: rows.length,
      quarantined: 0,
    });
  });

  test('all 102 refund transactions are in quarantine, for the instant they lack', async () => {
    expect(
      await project.rows(
        'select table_name, column_name, reason, count(*)::int as n from quarantine.records group by all',
      ),
    ).toEqual([{ table_name: 'refunds', column_name: 'applied_at', reason: 'missing', n: 102 }]);
    expect(result.files.find((file) => file.table === 'refunds')).toMatchObject({ loaded: 0, quarantined: 102 });
    expect(await project.rows('select count(*)::int as n from marts.cases')).toEqual([{ n: 0 }]);
  });

  test('a refund in quarantine shows its file, its record and what it says', async () => {
    const [first] = await project.rows(
      'select file, record::int as record, record_text::json as record_text from quarantine.records order by record limit 1',
    );
    expect(first).toMatchObject({ file: 'orders.json' });
    expect(JSON.parse(String(first?.['record_text']))).toMatchObject({
      currency: 'USD',
      order_id: expect.stringMatching(/^#W/),
    });
  });
});
