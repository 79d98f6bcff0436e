import { afterAll, beforeAll, expect, test } from 'vitest';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

const yaml = `
timezone: UTC
brands: [{ id: north }]
vendors: [{ id: suda }, { id: rival }]
sources:
  - { name: desk, tables: { tickets: inbox/tickets.csv, refunds: inbox/refunds.csv } }
`;

let project: WarehouseProject;
beforeAll(async () => {
  project = await openWarehouseProject(yaml);
  await project.put(
    'inbox/tickets.csv',
    `ticket_id,brand_id,vendor_id,agent_id,order_id,sku_id,request_type,opened_at,status
t1,north,suda,anna,o1,shirt,exchange,2026-10-01 08:00:00,open
`,
  );
  await project.put(
    'inbox/refunds.csv',
    `refund_id,ticket_id,brand_id,vendor_id,order_id,sku_id,request_type,applied_at,refunded_at
r1,t1,north,rival,o1,coat,return_refund,2026-10-01 09:00:00,2026-10-01 10:00:00
`,
  );
  await project.run({ asOf: '2026-10-20T00:00:00Z' });
});
afterAll(() => project.close());

test.each([
  ['vendor', 'suda'],
  ['agent', 'anna'],
  ['sku', 'coat'],
  ['request_type', 'return_refund'],
] as const)('a refund in a case counts under the %s %s: people are the case’s, goods its own', async (by, key) => {
  const [row] = await project.totals({ metrics: ['refund_time'], by });
  expect(row).toMatchObject({ key, numerator: 1, denominator: 1, median: 1, p90: 1 });
});
