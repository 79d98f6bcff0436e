import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MetricId } from '#lib/metrics/registry.ts';
import { Given, kpiRows, runGiven } from './given.ts';
import type { WarehouseProject } from './warehouse_project.ts';

/** As of Sunday 4 October 2026, in the middle of a holiday of eight days, with cases from the Saturday of another. */
let project: WarehouseProject;
const given = new Given('h')
  .ticket({ ticket_id: 'first', vendor_id: 'strict', opened_at: '2026-05-02 10:00:00' })
  .agent('2026-05-06 09:05:00')
  .ticket({ ticket_id: 'waiting', vendor_id: 'strict', opened_at: '2026-09-30 17:55:00' })
  .ticket({ ticket_id: 'answered', vendor_id: 'strict', opened_at: '2026-10-02 10:00:00' })
  .agent('2026-10-03 10:00:00')
  .event('2026-10-03 10:00:00', 'solved')
  .ticket({
    ticket_id: 'backwards',
    vendor_id: 'strict',
    opened_at: '2026-09-28 10:00:00',
    closed_at: '2020-03-02 10:00:00',
  })
  .refund({ applied_at: '2026-09-28 10:00:00', refunded_at: '2019-03-04 10:00:00', request_type: 'return_refund' })
  .ticket({
    ticket_id: 'year_1',
    vendor_id: 'strict',
    opened_at: '2026-09-28 10:00:00',
    closed_at: '0001-01-01 00:00:00',
  });

beforeAll(async () => {
  project = await runGiven(given.rows, '2026-10-04T04:00:00Z');
});
afterAll(() => project.close());

async function outcome(metric: MetricId, id: string): Promise<unknown[]> {
  const rows = (await kpiRows(project, metric)).filter((row) => row.case_id === `desk/h-${id}`);
  return rows.map((row) => [`${row.numerator}/${row.denominator}`, row.state, row.day, row.value, row.value_business]);
}

describe('calendars reach over days without an open hour', () => {
  test('before the first open hour', async () => {
    expect(await outcome('first_response', 'first')).toEqual([['1/1', 'met', '2026-05-02', 342_300, 300]]);
  });
  test('after the last one: the window stays open', async () => {
    expect(await outcome('first_response', 'waiting')).toEqual([['0/0', 'pending', '2026-09-30', null, null]]);
  });
  test('between instants that are all in the holidays no time passes', async () => {
    expect(await outcome('first_response', 'answered')).toEqual([['0/0', 'pending', '2026-10-02', 86_400, 0]]);
    expect(await outcome('reopen_rate', 'answered')).toEqual([['0/0', 'pending', '2026-10-03', 0, null]]);
  });
  test('to an instant of year 1, which some systems write for none', async () => {
    expect(await outcome('reopen_rate', 'year_1')).toEqual([['0/1', 'met', '0001-01-01', 0, null]]);
  });
  test('to instants long before the first case', async () => {
    expect(await outcome('reopen_rate', 'backwards')).toEqual([['0/1', 'met', '2020-03-02', 0, null]]);
    expect(await outcome('autonomous_completion', 'backwards')).toEqual([['1/1', 'met', '2020-03-02', null, null]]);
    expect(await outcome('refunded_without_goods', 'backwards')).toEqual([
      ['1/1', 'breached', '2019-03-04', null, null],
    ]);
  });
});
