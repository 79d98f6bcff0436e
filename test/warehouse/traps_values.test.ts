import * as xlsx from '@e965/xlsx';
import { afterAll, describe, expect, test } from 'vitest';
import { openTraps } from './traps_project.ts';

const refundColumns = 'refund_id,applied_at,amount_refunded_minor';

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

const trap = await openTraps({
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
});
afterAll(() => trap.project.close());

const { project, refunds, quarantined } = trap;

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
