import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, listValue, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maskingKey } from '../../pipeline/extract/key.ts';
import { maskedSql, maskSteps } from '../../pipeline/extract/mask.ts';

const isMasked: [text: string, masked: string][] = [
  ['电话13812345678，请联系我', '电话［手机号］，请联系我'],
  ['１３８１２３４５６７８', '［手机号］'],
  ['138 1234 5678', '［手机号］'],
  ['138-1234-5678', '［手机号］'],
  ['138　1234　5678', '［手机号］'],
  ['138.1234.5678', '［手机号］'],
  ['138 123 45678', '［手机号］'],
  ['1381234 5678', '［手机号］'],
  ['+86 13812345678', '［手机号］'],
  ['+86-138-1234-5678', '［手机号］'],
  ['8613812345678', '［手机号］'],
  ['（+86）13812345678', '［手机号］'],
  ['tel13812345678ok', 'tel［手机号］ok'],
  ['13812345678 13912345678,13712345678/13612345678', '［手机号］ ［手机号］,［手机号］/［手机号］'],
  ['2026-03-01 13812345678', '2026-03-01 ［手机号］'],
  ['13812345678-1234', '［手机号］'],
  ['13812345678转1234', '［手机号］'],
  ['0571-87654321', '［座机号］'],
  ['010 6543 2100', '［座机号］'],
  ['（021）58888888转123', '［座机号］'],
  ['身份证330106199003071234', '身份证［证件号］'],
  ['33010619900307123x。', '［证件号］。'],
  ['３３０１０６１９９００３０７１２３Ｘ', '［证件号］'],
  ['330106 19900307 1234', '［证件号］'],
  ['身份证：330106900307123', '身份证：［证件号］'],
  ['身份证110101190001011180', '身份证［证件号］'],
  ['110 105 1997 0407 7502', '［证件号］'],
  ['1 3 8 1 2 3 4 5 6 7 8', '［手机号］'],
  ['+86 571 8765-4321 转 8012', '［座机号］'],
  ['会员卡号1234567890123456', '会员卡号［银行卡号］'],
  ['收件人：张三，', '收件人：［姓名］，'],
  ['联系人 欧阳雪电话', '联系人 ［姓名］电话'],
  ['姓名：阿依古丽·买买提', '姓名：［姓名］'],
  ['订单2026031912345+86 571 87654321', '订单2026031912345［座机号］'],
  ['卡号6222 0212 3456 7890 123', '卡号［银行卡号］'],
  ['6222021234567894', '［银行卡号］'],
  ['退到622202 1234567894', '退到［银行卡号］'],
  ['邮箱abc.def+1@qq.com谢谢', '邮箱［邮箱］谢谢'],
  ['a＠163．com', '［邮箱］'],
  ['浙江省杭州市西湖区文三路90号3栋502室', '［地址］'],
  ['浙江省 杭州市 西湖区 文三路 90号 3-2-502', '［地址］'],
  ['请寄到杭州市西湖区文三路90号，谢谢', '请寄到［地址］，谢谢'],
  ['地址是上海市浦东新区张江镇祖冲之路2288弄3号楼1201', '地址是［地址］'],
  ['北京朝阳区建国路八十八号院2号楼', '［地址］'],
  ['广东省深圳市南山区粤海街道', '［地址］'],
  ['江苏省苏州市人民路甲座', '［地址］'],
  [`浙江省西湖区${'天'.repeat(40)}3号`, '［地址］'],
  ['阳光花园3栋502', '［地址］'],
  ['内蒙古自治区呼和浩特市赛罕区大学东街12号', '［地址］'],
  ['张三 13812345678 江苏省苏州市昆山市玉山镇前进西路1号', '张三 ［手机号］ ［地址］'],
];
const isLeft = [
  '价格138.00元，一共1380.00',
  '12812345678',
  '23812345678',
  '1381234567',
  '138123456789',
  'SF1380013800012',
  '2026-03-01 13:05:22',
  '2026/3/1 13:05',
  '20260301130522',
  '尺码155 160 165 170 175',
  '400-820-8820',
  '95338',
  '1.38e10',
  '-13800.13800',
  '优惠券满199-20，满399-50',
  '@客服 在吗',
  '浙江省杭州市西湖区能送到吗',
  '5号发货，3号楼那件不要了',
  '超市买的2号电池',
  '快递一路5号才到',
  '发货单号20260301',
  '订单4823749182374918237',
  '6222021234567890',
  '圆通YT8613812345678',
  '货号13812345678',
  '330106900307123',
  '收件人写错了',
  '联系人：客服',
  '送到县城5号能到吗',
  'M码1号色，红色2件',
  '我住3楼',
  `浙江省西湖区${'天'.repeat(41)}3号`,
  '北京3号能到吗',
  '',
];

let connection: DuckDBConnection;
let becomes: Map<string, string>;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const texts = [...isMasked.map(([text]) => text), ...isLeft];
  const all = await maskAll(texts);
  becomes = new Map(texts.map((text, index) => [text, all[index] ?? '']));
});
afterAll(() => connection.closeSync());

async function maskAll(texts: string[], relation = maskedSql('texts', 'text', 'masked')): Promise<string[]> {
  const result = await connection.runAndReadAll(
    `with texts as (select unnest($texts::varchar[]) as text) select masked from ${relation}`,
    { texts: listValue(texts) },
  );
  return result.getRowsJson().map(([masked]) => String(masked));
}

describe('is masked', () => {
  test.each(isMasked)('%s', (text, expected) => {
    expect(becomes.get(text)).toBe(expected);
  });
});

describe('is left as it is', () => {
  test.each(isLeft)('%s', (text) => {
    expect(becomes.get(text)).toBe(text);
  });
});

test('null stays null', async () => {
  const nothing = maskedSql('(select null::varchar as text)', 'text', 'masked');
  const result = await connection.runAndReadAll(`select masked from ${nothing}`);
  expect(result.getRowsJson()).toEqual([[null]]);
});

test('a column that the file calls like the masked one is not taken for it', async () => {
  const file = `(select '13812345678' as text, '13912345678' as "Masked")`;
  const result = await connection.runAndReadAll(`select masked from ${maskedSql(file, 'text', 'masked')}`);
  expect(result.getRowsJson()).toEqual([['［手机号］']]);
});

test('no mobile number survives, whatever it stands in', async () => {
  const number = fc
    .tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
    .map(([second, rest]) => `1${second}${String(rest).padStart(9, '0')}`);
  const around = fc
    .array(fc.constantFrom('a', '我', '，', ' ', '。', '-', '\n', '.', '市', '号', '@', '（'), { maxLength: 8 })
    .map((parts) => parts.join(''));
  const text = fc.tuple(around, number, around, number, around).map(([a, first, b, second, c]) => ({
    numbers: [first, second],
    text: a + first + (b === '' ? ' ' : b) + second + c,
  }));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 200, maxLength: 200 }), async (cases) => {
      const masked = await maskAll(cases.map((one) => one.text));
      const leaks = cases.filter(({ numbers }, index) => numbers.some((one) => masked[index]?.includes(one)));
      expect(leaks).toEqual([]);
    }),
    { numRuns: 10 },
  );
});

test('passing over texts that hold nothing for a step changes none', async () => {
  const parts = [
    '13812345678|138 1234 5678|87654321|0571|+86|+86 571 |330106199003071234|身份证|卡号|6222021234567894|2026|1|502|-',
    '6222 0212 3456 7890 123|订单|货号|SF|收件人：|联系人|欧阳雪|张三|先生|a@qq.com|＠|a|，| |江苏省|杭州市|西湖区|文三路',
    '中心|阳光花园|新村|90号|3栋|乙座|502室|3-2-502|号商铺|东门|地址|寄到|二期|1组|号',
  ].flatMap((line) => line.split('|'));
  const every = maskSteps.reduce((sql, step) => step.mask(sql), 'text');
  const text = fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 7 }).map((drawn) => drawn.join(''));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1000, maxLength: 1000 }), async (texts) => {
      const [found, expected] = [await maskAll(texts), await maskAll(texts, `(select ${every} as masked from texts)`)];
      const all = texts.map((text, index) => ({ text, found: found[index], expected: expected[index] }));
      expect(all.filter((one) => one.found !== one.expected)).toEqual([]);
    }),
    { numRuns: 5, endOnFailure: true },
  );
});

describe('the key of hashes', () => {
  test('comes from AFTERSIGHT_KEY, without a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aftersight-key-'));
    const { key, madeAt } = await maskingKey(folder, { AFTERSIGHT_KEY: 'secret' });
    expect(key).toHaveLength(32);
    expect(madeAt).toBeNull();
    await expect(stat(join(folder, 'masking.key'))).rejects.toThrow();
    await rm(folder, { recursive: true });
  });

  test('else from a file that only its owner reads, made once and said to be made; a spoilt one is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aftersight-key-'));
    const [first, second] = [await maskingKey(join(folder, 'data'), {}), await maskingKey(join(folder, 'data'), {})];
    const path = join(folder, 'data/masking.key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(first.key).toEqual(second.key);
    expect(first.madeAt).toBe(path);
    expect(second.madeAt).toBeNull();
    await writeFile(path, 'no key');
    await expect(maskingKey(join(folder, 'data'), {})).rejects.toThrow(`${path}: not a masking key`);
    await rm(folder, { recursive: true });
  });
});
