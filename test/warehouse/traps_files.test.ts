import * as xlsx from '@e965/xlsx';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeGb18030 } from '../../pipeline/generate/gb18030.ts';
import { openTraps } from './traps_project.ts';

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

const trap = await openTraps({
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
});
afterAll(() => trap.project.close());

const { project, result, refunds, quarantined } = trap;

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

function writeBiff(cells: string[][]): Uint8Array {
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(cells), 'Sheet1');
  return new Uint8Array(xlsx.write(book, { type: 'buffer', bookType: 'biff8' }));
}
