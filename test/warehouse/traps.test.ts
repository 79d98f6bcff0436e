import * as xlsx from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeGb18030 } from '../../pipeline/generate/gb18030.ts';
import type { RunResult } from '../../pipeline/run.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

interface Source {
  /** Settings of the source beside its name, brand and kind. */
  settings?: string;
  /** Adapter SQL by canonical table; without any the source has canonical columns. */
  adapter?: Record<string, string>;
  /** Files by name; a file of table `x` begins with `x`. */
  files: Record<string, string | Uint8Array>;
}

const refundColumns = 'refund_id,applied_at,amount_refunded_minor';

/** The export of a marketplace, under the column names of two generations. */
const marketplaceRefunds = `-- One row per refund in the export, under the names of either generation.
-- require: 退款编号, 申请时间
select
    退款编号 as refund_id, coalesce(支付单号, 支付宝交易号) as order_id, 申请时间 as applied_at,
    parse.yuan_minor(买家退款金额) as amount_refunded_minor,
    case 售后类型 when '仅退款' then 'refund_only_shipped' when '退货退款' then 'return_refund' else 售后类型 end as request_type,
    _load, _record,
from raw.refunds
`;

const numericBook = xlsx.utils.book_new();
xlsx.utils.book_append_sheet(
  numericBook,
  xlsx.utils.aoa_to_sheet([
    ['refund_id', 'applied_at'],
    [4.83e18, '2026-03-02 09:00:00'],
    [483_000_000_000_001, '2026-03-02 09:00:00'],
    ['4830000000000000123', '2026-03-02 09:00:00'],
  ]),
  'refunds',
);

const sources: Record<string, Source> = {
  yuan_texts: {
    adapter: {
      refunds: `-- One row per refund; amounts in yuan as text.
select refund_id, applied_at, parse.yuan_minor(amount) as amount_refunded_minor, _load, _record,
from raw.refunds
`,
    },
    files: {
      'refunds.csv': `refund_id,applied_at,amount
symbol,2026-03-02 09:00:00,"¥1,234.50"
wide,2026-03-02 09:00:00,￥ 1234.5
unit,2026-03-02 09:00:00,1234.50元
plain,2026-03-02 09:00:00,1234.5
minus,2026-03-02 09:00:00,-¥1234.50
dash,2026-03-02 09:00:00,-
long dash,2026-03-02 09:00:00,—
words,2026-03-02 09:00:00,约1234元
comma,2026-03-02 09:00:00,"1234,5"
`,
    },
  },
  fen_integers: {
    files: {
      'refunds.csv': `${refundColumns}\nfen,2026-03-02 09:00:00,123450\npoint,2026-03-02 09:00:00,123450.0\npower,2026-03-02 09:00:00,1e3\n`,
    },
  },
  floats: {
    adapter: {
      refunds: `-- One row per refund of either endpoint: the list counts fen, the detail yuan as a float.
select
    id as refund_id, apply_time as applied_at, coalesce(refund_fee_fen, parse.yuan_minor(refund_amount)) as amount_refunded_minor,
    _load, _record,
from raw.refunds
`,
    },
    files: {
      'refunds-list.json': '{"data":{"list":[{"id":"l","apply_time":1772413200,"refund_fee_fen":30}]}}',
      'refunds-detail.json':
        '[{"id":"d1","apply_time":1772413200000,"refund_amount":0.30000000000000004},{"id":"d2","apply_time":1772413200,"refund_amount":19.99}]',
    },
  },
  wrapped_ids: {
    files: {
      'refunds.csv': `refund_id,applied_at,order_id
"'4830000000000000001",2026-03-02 09:00:00,
"=""4830000000000000002""",2026-03-02 09:00:00,
"\t4830000000000000003",2026-03-02 09:00:00,
"""4830000000000000004""",2026-03-02 09:00:00,
\u30004830000000000000005 ,2026-03-02 09:00:00,
4.83E+18,2026-03-02 09:00:00,
good,2026-03-02 09:00:00,4.83E+18
`,
    },
  },
  numeric_ids: {
    files: {
      'refunds.xlsx': new Uint8Array(xlsx.write(numericBook, { type: 'buffer', bookType: 'xlsx' })),
    },
  },
  generations: {
    adapter: { refunds: marketplaceRefunds },
    files: {
      'refunds-退款-2017.csv': encodeGb18030(
        '支付宝交易号,退款编号,申请时间,买家退款金额,售后类型\nzfb-1,g17,2026-03-02 09:00:00,12.00,仅退款\n',
      ),
      'refunds-退款-2026.csv':
        '\ufeff售后类型,买家退款金额,退款编号,支付单号,申请时间\n退货退款,12.00,g26,zf-2,2026-03-03 09:00:00\n退换,12.00,new word,zf-3,2026-03-03 09:00:00\n',
    },
  },
  headed: {
    adapter: { refunds: marketplaceRefunds },
    files: {
      'refunds-退款_20991231.xlsx': writeBiff([
        ['退款明细表（2026年3月）'],
        ['导出时间', '2099-12-31 08:00:00'],
        ['退款编号', '支付单号', '申请时间', '买家退款金额', '售后类型'],
        ['b1', 'p1', '2026-03-02 09:00:00', '10.00', '仅退款'],
        ['小计', '', '', '10.00', ''],
        ['b2', 'p2', '2026-03-02 10:00:00', '20.00', '仅退款'],
        ['', '', '', '', ''],
        ['总计', '', '', '30.00', ''],
        ['平均', '', '', '15.00', ''],
        ['汇总：', '', '', '30.00', ''],
      ]),
      'refunds-page.xls': `<html><table><tr><td>退款编号</td><td>申请时间</td><td>买家退款金额</td></tr><tr><td>h1</td><td>2026-03-02 11:00:00</td><td>5.00</td></tr></table></html>`,
      'refunds-one-row.csv': '退款编号,申请时间,买家退款金额\no1,2026-03-02 12:00:00,1.00\n',
      'refunds-two-rows.csv': '店铺：北峰,,\n退款编号,申请时间,买家退款金额\no2,2026-03-02 12:00:00,1.00\n',
      'refunds-total-in-front.csv':
        '退款编号,申请时间,买家退款金额\n合计,,2.00\no3,2026-03-02 12:00:00,1.00\nTotal,,2.00\n',
    },
  },
  day_first: {
    settings: `datetime_format: '%d/%m/%Y %H:%M'`,
    files: {
      'refunds.csv': 'refund_id,applied_at,refunded_at\nd,3/4/2026 09:05,30/4/2026 9:05\nx,04/30/2026 09:05,\n',
    },
  },
  month_first: {
    settings: `datetime_format: '%m/%d/%Y %I:%M %p'`,
    files: { 'refunds.csv': 'refund_id,applied_at\nm,04/03/2026 09:05 AM\n' },
  },
  chinese_dates: {
    settings: `datetime_format: '%Y年%m月%d日 %H时%M分'`,
    files: { 'refunds.csv': 'refund_id,applied_at\nz,2026年4月3日 9时05分\n' },
  },
  no_form: {
    files: {
      'refunds.csv': 'refund_id,applied_at\nslash,2026/04/03 09:05\nunclear,03/04/2026 09:05\nday,2026-04-03\n',
    },
  },
  disorder: {
    files: {
      'tickets.csv': `ticket_id,opened_at,closed_at,status,updated_at
closed first,2026-03-02 09:00:00,2026-03-01 09:00:00,closed,2026-03-02 09:00:00
event first,2026-03-02 09:00:00,,solved,
answered first,2026-03-02 09:00:00,,open,
`,
      'events.csv': `ticket_id,at,kind\nevent first,2026-03-01 09:00:00,solved\nevent first,2026-03-02 12:00:00,closed\n`,
      'messages.csv': `message_id,ticket_id,sent_at,sender
1,answered first,2026-03-02 09:10:00,agent
2,answered first,2026-03-02 09:20:00,customer
3,answered first,2026-03-02 09:20:30,agent
4,answered first,2026-03-02 09:00:00,customer
5,answered first,2026-03-02 08:00:00,bot
`,
      'refunds.csv': `refund_id,applied_at,approved_at,buyer_shipped_at,received_at,refunded_at
paid first,2026-03-02 09:00:00,2026-03-02 08:00:00,2026-03-05 09:00:00,2026-03-04 09:00:00,2026-03-01 09:00:00
`,
    },
  },
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
  new_york: {
    settings: 'timezone: America/New_York',
    files: {
      'tickets.csv': `ticket_id,opened_at,status,vendor_id
twice,2026-11-01 01:30:00,open,manhattan
never,2026-03-08 02:30:00,open,manhattan
short night,2026-03-07 22:00:00,open,manhattan
long night,2026-10-31 22:00:00,open,manhattan
offset,2026-11-01T01:30:00-05:00,open,manhattan
`,
      'messages.csv': `message_id,ticket_id,sent_at,sender
1,short night,2026-03-08 05:00:00,agent
2,long night,2026-11-01 05:00:00,agent
3,twice,2026-11-01 02:00:00,agent
4,never,2026-03-08 04:00:00,agent
`,
    },
  },
  half_hour: {
    settings: 'timezone: Australia/Lord_Howe',
    files: {
      'tickets.csv': 'ticket_id,opened_at,status\ntwice,2026-04-05 01:45:00,open\nnever,2026-10-04 02:15:00,open\n',
    },
  },
};

let project: WarehouseProject;
let result: RunResult;

beforeAll(async () => {
  const entries = Object.entries(sources).map(([name, { settings, adapter, files }]) => {
    const tables = [...new Set(Object.keys(files).map((file) => /^[a-z]+/.exec(file)?.[0] ?? ''))];
    const globs = tables.map((table) => `${table}: 'inbox/${name}/${table}*'`).join(', ');
    const kind = adapter ? name : 'files';
    return `  - { name: ${name}, kind: ${kind}, brand: ${name === 'new_york' ? 'harbor' : 'north'}, tables: { ${globs} }${settings ? `, ${settings}` : ''} }\n`;
  });
  project = await openWarehouseProject(`
timezone: Asia/Shanghai
brands: [{ id: north }, { id: harbor, timezone: America/New_York }]
vendors: [{ id: suda }, { id: manhattan, calendar: nights }]
calendars: { nights: { timezone: America/New_York, hours: { mon-sun: ["00:00-06:00"] } } }
sources:
${entries.join('')}`);
  for (const [name, { adapter = {}, files }] of Object.entries(sources)) {
    for (const [table, sql] of Object.entries(adapter)) await project.put(`${name}/${table}.sql`, sql);
    for (const [file, content] of Object.entries(files)) await project.put(`inbox/${name}/${file}`, content);
  }
  result = await project.run({ now: '2026-12-01T00:00:00Z', asOf: '2026-11-30T00:00:00Z' });
  expect(result.checks.filter((check) => check.rows > 0)).toEqual([]);
});
afterAll(() => project.close());

/** Values of a staged column by id of one source's refunds. */
async function refunds(source: string, column: string): Promise<Record<string, unknown>> {
  const rows = await project.rows(
    `select refund_id, ${column}::varchar as value from staging.refunds where source = '${source}' order by refund_id`,
  );
  return Object.fromEntries(rows.map((row) => [row['refund_id'], row['value']]));
}

async function quarantined(source: string): Promise<unknown[][]> {
  const rows = await project.rows(
    `select record::int as record, column_name, value, reason from quarantine.records where source = '${source}' order by file, record`,
  );
  return rows.map((row) => Object.values(row));
}

async function cases(source: string, columns: string): Promise<Record<string, unknown>[]> {
  return project.rows(
    `select ticket_id, ${columns} from marts.cases where source = '${source}' and is_ticket order by ticket_id`,
  );
}

describe('money', () => {
  test('yuan as text, with ¥, commas, 元 or a dash for none, become minor units; what is no amount goes to quarantine', async () => {
    expect(await refunds('yuan_texts', 'amount_refunded_minor')).toEqual({
      symbol: '123450',
      wide: '123450',
      unit: '123450',
      plain: '123450',
      minus: '-123450',
      dash: null,
      'long dash': null,
    });
    expect(await quarantined('yuan_texts')).toEqual([
      [8, 'amount_refunded_minor', '约1234元', 'unreadable'],
      [9, 'amount_refunded_minor', '1234,5', 'unreadable'],
    ]);
  });

  test('fen are integers, and nothing that merely looks like one is', async () => {
    expect(await refunds('fen_integers', 'amount_refunded_minor')).toEqual({ fen: '123450' });
    expect(await quarantined('fen_integers')).toEqual([
      [2, 'amount_refunded_minor', '123450.0', 'unreadable'],
      [3, 'amount_refunded_minor', '1e3', 'unreadable'],
    ]);
  });

  test('fen from one endpoint and float yuan from another of the same platform meet in minor units', async () => {
    expect(await refunds('floats', 'amount_refunded_minor')).toEqual({ l: '30', d1: '30', d2: '1999' });
  });
});

describe('what platforms print in reports', () => {
  async function parsed(macro: string, texts: readonly string[]): Promise<unknown[]> {
    const given = texts.map((text) => `'${text}'`).join(', ');
    const rows = await project.rows(`select parse.${macro}(unnest([${given}]::varchar[])) as value`);
    return rows.map((row) => row['value']);
  }

  test('% is a share, a dash and anything else is nothing', async () => {
    expect(await parsed('percentage', ['93.4%', '100 ％', '-', '', '0.934', '-2%'])).toEqual([
      0.934,
      1,
      null,
      null,
      null,
      -0.02,
    ]);
  });

  test('12秒, 3分20秒 and 1小时5分 are seconds, a dash and anything else is nothing', async () => {
    expect(await parsed('spoken_seconds', ['12秒', '3分20秒', '1小时5分', '7', '-', '', '一会儿'])).toEqual([
      12,
      200,
      3900,
      7,
      null,
      null,
      null,
    ]);
  });
});

describe('ids', () => {
  test('in quotes, behind an apostrophe, an equal sign, a tab or wide spaces keep all digits', async () => {
    expect(Object.keys(await refunds('wrapped_ids', 'refund_id'))).toEqual(
      [1, 2, 3, 4, 5].map((n) => `483000000000000000${n}`),
    );
  });

  test('4.83E+18 is rejected: its digits are gone', async () => {
    expect(await quarantined('wrapped_ids')).toEqual([
      [6, 'refund_id', '4.83E+18', 'rounded'],
      [7, 'order_id', '4.83E+18', 'rounded'],
    ]);
  });

  test('a number cell of a workbook with more digits than a double holds is rejected, shorter ones and texts are not', async () => {
    expect(Object.keys(await refunds('numeric_ids', 'refund_id')).toSorted()).toEqual([
      '4830000000000000123',
      '483000000000001',
    ]);
    expect(await quarantined('numeric_ids')).toEqual([
      [1, 'refund_id', expect.stringMatching(/^4\.83\d*E\+18$/), 'rounded'],
    ]);
  });
});

describe('files', () => {
  test('GB18030 and a byte-order mark read as what they are', async () => {
    const loads = await project.rows(
      `select encoding, records::int as records from config.loads where source = 'generations' order by file`,
    );
    expect(loads).toEqual([
      { encoding: 'gb18030', records: 1 },
      { encoding: 'utf-8', records: 2 },
    ]);
  });

  test('columns renamed between years are matched by alias, never by position', async () => {
    expect(await refunds('generations', 'order_id')).toEqual({ g17: 'zfb-1', g26: 'zf-2' });
    expect(await refunds('generations', 'amount_refunded_minor')).toEqual({ g17: '1200', g26: '1200' });
    expect(await refunds('generations', 'request_type')).toEqual({ g17: 'refund_only_shipped', g26: 'return_refund' });
    expect(await quarantined('generations')).toEqual([[2, 'request_type', '退换', 'unknown']]);
  });

  test('an .xlsx that is really BIFF, and an .xls that is a web page, are read by content', async () => {
    const rows = await project.rows(
      `select distinct format from config.loads where source = 'headed' and file like '%xls%' order by all`,
    );
    expect(rows).toEqual([{ format: 'html' }, { format: 'xls' }]);
    expect(await refunds('headed', 'amount_refunded_minor')).toMatchObject({ b1: '1000', b2: '2000', h1: '500' });
  });

  test('one to three rows of headers, and total rows at the top, in the middle and at the end, are no refunds', async () => {
    expect(Object.keys(await refunds('headed', 'refund_id'))).toEqual(['b1', 'b2', 'h1', 'o1', 'o2', 'o3']);
    expect(await quarantined('headed')).toEqual([]);
    expect(result.files.find(({ file }) => file.includes('20991231'))).toMatchObject({
      records: 7,
      loaded: 2,
      ignored: 5,
    });
    expect(result.files.find(({ file }) => file.includes('total-in-front'))).toMatchObject({
      records: 3,
      loaded: 1,
      ignored: 2,
    });
  });

  test('the date in a file name says nothing about its rows', async () => {
    expect(await refunds('headed', 'applied_at')).toMatchObject({
      b1: '2026-03-02 01:00:00',
      b2: '2026-03-02 02:00:00',
    });
    const loads = await project.rows(
      `select loaded_at::varchar as loaded_at from config.loads where file like '%20991231%'`,
    );
    expect(loads).toEqual([{ loaded_at: '2026-12-01 00:00:00' }]);
  });
});

describe('instants', () => {
  test('D/M/Y and M/D/Y of the same day are told apart by datetime_format alone', async () => {
    expect(await refunds('day_first', 'applied_at')).toEqual({ d: '2026-04-03 01:05:00' });
    expect(await refunds('day_first', 'refunded_at')).toEqual({ d: '2026-04-30 01:05:00' });
    expect(await refunds('month_first', 'applied_at')).toEqual({ m: '2026-04-03 01:05:00' });
    expect(await refunds('chinese_dates', 'applied_at')).toEqual({ z: '2026-04-03 01:05:00' });
    expect(await quarantined('day_first')).toEqual([[2, 'applied_at', '04/30/2026 09:05', 'unreadable']]);
  });

  test('without datetime_format an ambiguous date is not guessed', async () => {
    expect(await refunds('no_form', 'applied_at')).toEqual({ slash: '2026-04-03 01:05:00' });
    expect(await quarantined('no_form')).toEqual([
      [2, 'applied_at', '03/04/2026 09:05', 'unreadable'],
      [3, 'applied_at', '2026-04-03', 'unreadable'],
    ]);
  });

  test('closings before openings are kept and flagged, and in no duration', async () => {
    const rows = await cases(
      'disorder',
      'has_impossible_order, solution_calendar_seconds, first_completed_at::varchar as completed',
    );
    expect(rows).toEqual([
      { ticket_id: 'answered first', has_impossible_order: false, solution_calendar_seconds: null, completed: null },
      {
        ticket_id: 'closed first',
        has_impossible_order: true,
        solution_calendar_seconds: null,
        completed: '2026-03-01 01:00:00',
      },
      {
        ticket_id: 'event first',
        has_impossible_order: true,
        solution_calendar_seconds: 3 * 3600,
        completed: '2026-03-01 01:00:00',
      },
    ]);
    expect(await quarantined('disorder')).toEqual([]);
  });

  test('answers before questions are kept, and no response to them', async () => {
    const messages = await project.rows(
      `select count(*)::int as n from marts.messages as m join marts.cases as c using (case_key) where c.source = 'disorder'`,
    );
    expect(messages).toEqual([{ n: 5 }]);
    const [answered] = await cases(
      'disorder',
      'first_response_calendar_seconds, first_touch_calendar_seconds, is_customer_started',
    );
    expect(answered).toEqual({
      ticket_id: 'answered first',
      first_response_calendar_seconds: 600,
      first_touch_calendar_seconds: 600,
      is_customer_started: true,
    });
    const rounds = await project.rows(`
      select reply_calendar_seconds from marts.rounds as n join marts.cases as c using (case_key) where c.source = 'disorder' order by asked_at`);
    expect(rounds).toEqual([{ reply_calendar_seconds: 600 }, { reply_calendar_seconds: 30 }]);
  });

  test('a refund paid before it was applied for is kept and flagged, its impossible legs null', async () => {
    const rows = await project.rows(`
      select has_impossible_order, refund_calendar_seconds, decide_calendar_seconds, transit_calendar_seconds, ship_calendar_seconds
      from marts.refunds where source = 'disorder'`);
    expect(rows).toEqual([
      {
        has_impossible_order: true,
        refund_calendar_seconds: null,
        decide_calendar_seconds: null,
        transit_calendar_seconds: null,
        ship_calendar_seconds: 73 * 3600,
      },
    ]);
    const counted = await project.rows(
      `select denominator, value from kpis.refund_time where case_id like 'disorder/%'`,
    );
    expect(counted).toEqual([{ denominator: 1, value: null }]);
  });
});

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

describe('changes of clocks', () => {
  test('a local time that exists twice is the earlier one, one that does not exist moves forward', async () => {
    const rows = await cases('new_york', 'opened_at::varchar as opened_at');
    const opened = Object.fromEntries(rows.map((row) => [row['ticket_id'], row['opened_at']]));
    expect(opened).toMatchObject({
      twice: '2026-11-01 05:30:00',
      never: '2026-03-08 07:30:00',
      offset: '2026-11-01 06:30:00',
    });
  });

  test('also where clocks change by half an hour', async () => {
    const rows = await cases('half_hour', 'opened_at::varchar as opened_at');
    expect(rows.map((row) => row['opened_at'])).toEqual(['2026-10-03 15:45:00', '2026-04-04 14:45:00']);
  });

  test('business hours over a change of clocks are as long as they really were', async () => {
    const rows = await cases(
      'new_york',
      'first_response_calendar_seconds / 3600 as calendar, first_response_business_seconds / 3600 as business',
    );
    const hours = Object.fromEntries(rows.map((row) => [row['ticket_id'], [row['calendar'], row['business']]]));
    expect(hours).toMatchObject({ 'short night': [6, 4], 'long night': [8, 6], twice: [1.5, 1.5], never: [0.5, 0.5] });
  });
});

function writeBiff(cells: string[][]): Uint8Array {
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(cells), 'Sheet1');
  return new Uint8Array(xlsx.write(book, { type: 'buffer', bookType: 'biff8' }));
}
