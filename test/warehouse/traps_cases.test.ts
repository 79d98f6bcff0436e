import { afterAll, describe, expect, test } from 'vitest';
import { openTraps } from './traps_project.ts';

const trap = await openTraps({
  endpoints: {
    adapter: {
      refunds: `-- One row per refund: the list endpoint numbers its words, the detail endpoint spells them.
select
    id as refund_id, apply_time as applied_at,
    case type when '1' then 'refund_only_shipped' when 'ONLY_REFUND' then 'refund_only_shipped' when '2' then 'return_refund' when 'RETURN_AND_REFUND' then 'return_refund' else type end as request_type,
    updated as updated_at, _load, _record,
from raw.refunds
`,
    },
    files: {
      'refunds-list.json':
        '[{"id":1,"apply_time":"2026-03-02 09:00:00","type":1,"updated":"2026-03-02 09:00:00"},{"id":2,"apply_time":"2026-03-02 09:00:00","type":2,"updated":"2026-03-02 09:00:00"},{"id":3,"apply_time":"2026-03-02 09:00:00","type":7,"updated":"2026-03-02 09:00:00"}]',
      'refunds-detail.json':
        '[{"id":1,"apply_time":"2026-03-02 09:00:00","type":"ONLY_REFUND","updated":"2026-03-03 09:00:00"},{"id":4,"apply_time":"2026-03-02 09:00:00","type":"RETURN_AND_REFUND","updated":"2026-03-03 09:00:00"}]',
    },
  },
  best_is_zero: {
    adapter: {
      tickets: `-- One row per conversation; satisfaction goes from 0, the best, to 4.
select
    id as ticket_id, begun as opened_at, 'closed' as status, begun as csat_at,
    case when satisfaction in ('0', '1', '2', '3', '4') then (5 - satisfaction::integer)::varchar else satisfaction end as csat_score,
    _load, _record,
from raw.tickets
`,
    },
    files: {
      'tickets.csv':
        'id,begun,satisfaction\nbest,2026-03-02 09:00:00,0\nworst,2026-03-02 09:00:00,4\nnone,2026-03-02 09:00:00,\nother,2026-03-02 09:00:00,很满意\n',
    },
  },
  unmapped_scale: {
    files: {
      'tickets.csv':
        'ticket_id,opened_at,status,csat_score,csat_at\nzero,2026-03-02 09:00:00,closed,0,2026-03-02 09:00:00\n',
    },
  },
  orders_by_unit: {
    adapter: {
      tickets: `-- One row per customer order: the platform makes a service order of every unit, together they are one case.
select
    order_no as ticket_id, order_no as order_id, created as opened_at, 'open' as status, _load, _record,
from raw.orders
qualify row_number() over (partition by order_no order by created, service_no) = 1
`,
      refunds: `-- One row per service order.
select
    service_no as refund_id, order_no as ticket_id, order_no as order_id, sku as sku_id, created as applied_at, parse.yuan_minor(fee) as amount_applied_minor,
    _load, _record,
from raw.orders
`,
    },
    files: {
      'orders.csv':
        'service_no,order_no,sku,created,fee\ns3,o1,a,2026-03-02 09:02:00,5.00\ns1,o1,a,2026-03-02 09:00:00,5.00\ns2,o1,b,2026-03-02 09:01:00,7.00\ns4,o2,a,2026-03-02 09:00:00,5.00\n',
    },
  },
});
afterAll(() => trap.project.close());

const { project, result, refunds, quarantined, cases } = trap;

describe('words and cases', () => {
  test('words that differ between list and detail endpoints of a platform mean the same, an unknown one goes to quarantine', async () => {
    expect(await refunds('endpoints', 'request_type')).toEqual({
      1: 'refund_only_shipped',
      2: 'return_refund',
      4: 'return_refund',
    });
    expect(await quarantined('endpoints')).toEqual([[3, 'request_type', '7', 'unknown']]);
  });

  test('a satisfaction scale where 0 is best is turned by its adapter', async () => {
    expect(await cases('best_is_zero', 'csat_score')).toEqual([
      { ticket_id: 'best', csat_score: 5 },
      { ticket_id: 'none', csat_score: null },
      { ticket_id: 'worst', csat_score: 1 },
    ]);
    const rows = await project.rows(
      `select case_id, numerator from kpis.csat where case_id like 'best_is_zero/%' order by 1`,
    );
    expect(rows).toEqual([
      { case_id: 'best_is_zero/best', numerator: 1 },
      { case_id: 'best_is_zero/worst', numerator: 0 },
    ]);
    expect(await quarantined('best_is_zero')).toEqual([[4, 'csat_score', '很满意', 'unreadable']]);
  });

  test('a score of 0 that no adapter explains is not taken for the worst', async () => {
    expect(await quarantined('unmapped_scale')).toEqual([[1, 'csat_score', '0', 'unreadable']]);
  });

  test('service orders per unit are several refunds and one case', async () => {
    const rows = await project.rows(`
      select c.ticket_id, c.opened_at::varchar as opened_at, c.refunds, list(r.refund_id order by r.refund_id)::varchar as refund_ids
      from marts.cases as c join marts.refunds as r using (case_key) where c.source = 'orders_by_unit' group by all order by 1`);
    expect(rows).toEqual([
      { ticket_id: 'o1', opened_at: '2026-03-02 01:00:00', refunds: 3, refund_ids: '[s1, s2, s3]' },
      { ticket_id: 'o2', opened_at: '2026-03-02 01:00:00', refunds: 1, refund_ids: '[s4]' },
    ]);
    const counted = await project.rows(`
      select metric::varchar as metric, count(*)::int as n from rollups.kpi_rows join marts.cases using (case_key)
      where source = 'orders_by_unit' and metric in ('dispute_rate', 'refund_dispute_rate') group by all order by 1`);
    expect(counted).toEqual([
      { metric: 'dispute_rate', n: 2 },
      { metric: 'refund_dispute_rate', n: 4 },
    ]);
    const accounts = result.files.filter((file) => file.source === 'orders_by_unit');
    expect(accounts).toMatchObject([
      { table: 'refunds', loaded: 4, ignored: 0 },
      { table: 'tickets', loaded: 2, ignored: 2 },
    ]);
  });
});
