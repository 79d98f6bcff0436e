import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { foldLabel, loadConfig, type Config } from '#lib/server/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'aftersight-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const example = new URL('../../aftersight.example.yaml', import.meta.url).pathname;

async function load(yaml: string, env: Record<string, string> = {}): Promise<Config> {
  const path = join(folder, 'aftersight.yaml');
  writeFileSync(path, yaml);
  return loadConfig(path, env, new Date('2026-06-01'));
}

const base = 'timezone: Asia/Shanghai\nbrands: [{ id: b1 }]\nvendors: [{ id: v1 }]\n';

describe('aftersight.yaml', () => {
  it('the example is valid and complete', async () => {
    const config = await loadConfig(example, {}, new Date('2026-06-01'));
    expect(config.warnings).toEqual([]);
    expect(config.sources.map((source) => source.name)).toEqual(['helpdesk', 'tmall', 'catalogue']);
    expect(config.vendors[0]?.calendars).toEqual([
      { from: '2025-01-01', use: 'office' },
      { from: '2026-03-01', use: 'late_shift' },
    ]);
    expect(config.contracts[1]?.targets).toEqual({
      first_response: { withinSeconds: 600, clock: 'business', atLeast: 0.95 },
      resolution_24h: { atLeast: 0.95 },
      autonomous_completion: { atLeast: 0.85 },
      dispute_rate: { atMost: 0.01 },
      refund_time: { atMost: 48 * 3600 },
    });
    expect(config.schedule).toEqual({ run: '30 2 * * *', timezone: 'Asia/Shanghai' });
  });

  it('has forbidden phrases of its own, to which a file adds, which it replaces and drops', async () => {
    const own = (await load(base)).forbidden;
    expect(own.length).toBeGreaterThan(40);
    expect(new Set(own.map(({ phrase }) => phrase)).size).toBe(own.length);
    const { forbidden } = await load(
      `${base}conduct: { forbidden: [{ phrase: 拆封不退, kind: evasion, unless: [拆封不退才怪] }, { phrase: 说了…不行, kind: blame, brands: [b1] }], without: [好评返现] }\n`,
    );
    expect(forbidden.length).toBe(own.length);
    expect(forbidden.filter(({ phrase }) => ['拆封不退', '说了…不行', '好评返现'].includes(phrase))).toEqual([
      { phrase: '拆封不退', kind: 'evasion', unless: ['拆封不退才怪'], brands: null },
      { phrase: '说了…不行', kind: 'blame', unless: [], brands: ['b1'] },
    ]);
    await expect(
      load(`${base}conduct: { forbidden: [{ phrase: …不退, kind: rude, brands: [b2] }] }\n`),
    ).rejects.toThrow(/conduct\.forbidden/);
    await expect(load(`${base}conduct: { without: [没有这一条] }\n`)).rejects.toThrow(/conduct\.without/);
  });

  it('has defaults for all that may be left out', async () => {
    expect(await load(base)).toMatchObject({
      folder,
      dataDir: join(folder, 'data'),
      keepSnapshots: 7,
      pii: 'mask',
      limits: { workbookMb: 40 },
      brands: [{ id: 'b1', name: { 'zh-CN': 'b1', 'zh-TW': 'b1', en: 'b1' }, timezone: 'Asia/Shanghai' }],
      vendors: [{ id: 'v1', calendars: [] }],
      calendars: [],
      sources: [],
      contracts: [],
      schedule: null,
      valueTiers: [],
      reasons: [],
      warnings: [],
    });
  });

  it('reads a name in one language or several, a missing one as the nearest', async () => {
    const config = await load(
      'timezone: UTC\nbrands: [{ id: a, name: 北峰 }, { id: b, name: { zh-CN: 露米, en: Lumi } }]',
    );
    expect(config.brands.map((brand) => brand.name)).toEqual([
      { 'zh-CN': '北峰', 'zh-TW': '北峰', en: '北峰' },
      { 'zh-CN': '露米', 'zh-TW': '露米', en: 'Lumi' },
    ]);
  });

  it('keeps ids as they are written, also 19 digits and leading zeros', async () => {
    const config = await load('timezone: UTC\nbrands: [{ id: 1234567890123456789 }, { id: 007 }, { id: yes }]');
    expect(config.brands.map((brand) => brand.id)).toEqual(['1234567890123456789', '007', 'yes']);
  });

  it('takes ${NAME} from the environment, also unquoted in a flow mapping', async () => {
    const config = await load(
      `${base}sources:
  - { name: crm, kind: postgres, url: \${DATABASE_URL_CRM}, tables: { tickets: { table: public.tickets, watermark: updated_at }, refunds: { query: "select \${ALL} from r" } } }
# \${NOT_SET} in a comment is no reference`,
      { DATABASE_URL_CRM: 'postgresql://u:p@h/{db}', ALL: '*' },
    );
    expect(config.sources).toEqual([
      {
        name: 'crm',
        kind: 'files',
        transport: 'postgres',
        url: 'postgresql://u:p@h/{db}',
        timezone: 'Asia/Shanghai',
        brand: null,
        vendor: null,
        platform: null,
        datetimeFormat: null,
        tables: {
          tickets: { from: { table: 'public.tickets' }, watermark: 'updated_at', overlapSeconds: 7200, columns: null },
          refunds: { from: { query: 'select * from r' }, watermark: null, overlapSeconds: 0, columns: null },
        },
      },
    ]);
  });

  it('resolves a path or a list of globs, and the defaults of a source', async () => {
    const config = await load(
      `${base}sources: [{ name: tmall, timezone: Asia/Tokyo, brand: b1, vendor: v1, platform: tmall, datetime_format: "%d/%m/%Y", tables: { refunds: "inbox/退款*.xlsx", tickets: [a.csv, b/*.csv] } }]`,
    );
    expect(config.sources[0]).toMatchObject({
      kind: 'files',
      transport: 'files',
      timezone: 'Asia/Tokyo',
      brand: 'b1',
      vendor: 'v1',
      platform: 'tmall',
      datetimeFormat: '%d/%m/%Y',
      tables: { refunds: { globs: ['inbox/退款*.xlsx'] }, tickets: { globs: ['a.csv', 'b/*.csv'] } },
    });
  });

  it('finds an unknown kind as a folder of SQL beside the file, whose tables have names of its own', async () => {
    mkdirSync(join(folder, 'incidents'), { recursive: true });
    writeFileSync(join(folder, 'incidents', 'tickets.sql'), 'select 1');
    const config = await load(`${base}sources: [{ name: desk, kind: incidents, tables: { status_log: a.csv } }]`);
    expect(config.sources[0]).toMatchObject({ kind: 'incidents', transport: 'files' });
    const database = await load(
      `${base}sources: [{ name: desk, kind: incidents, url: "postgres://h/d", tables: { status_log: { table: '"Log".x' } } }]`,
    );
    expect(database.sources[0]).toMatchObject({ kind: 'incidents', transport: 'postgres' });
  });

  it('a bare share is at least where up is good and at most where down is good', async () => {
    const config = await load(
      `${base}contracts: [{ vendor: v1, brand: b1, from: 2026-01-01, targets: { csat: 0.9, dispute_rate: 0.35%, refund_time: 36h, reply_3m: { within: 1m30s } } }]`,
    );
    expect(config.contracts[0]?.targets).toEqual({
      csat: { atLeast: 0.9 },
      dispute_rate: { atMost: 0.0035 },
      refund_time: { atMost: 129_600 },
      reply_3m: { withinSeconds: 90 },
    });
  });

  it('a contract may begin on the day on which the one before ends', async () => {
    const config = await load(
      `${base}contracts: [{ vendor: v1, brand: b1, from: 2026-01-01, to: 2026-07-01, targets: {} }, { vendor: v1, brand: b1, from: 2026-07-01, targets: {} }]`,
    );
    expect(config.contracts.map(({ from, to }) => [from, to])).toEqual([
      ['2026-01-01', '2026-07-01'],
      ['2026-07-01', null],
    ]);
  });

  it('sorts value tiers by amount', async () => {
    const config = await load(`${base}value_tiers: { high: 20000, low: 0 }`);
    expect(config.valueTiers).toEqual([
      { id: 'low', fromMinor: 0 },
      { id: 'high', fromMinor: 20_000 },
    ]);
  });

  it('resolves anchors and aliases', async () => {
    const config = await load('timezone: UTC\nbrands: [{ id: a, name: &n { en: Same } }, { id: b, name: *n }]');
    expect(config.brands[1]?.name.en).toBe('Same');
  });

  it('reads files with a BOM and Windows line ends', async () => {
    expect((await load(`\uFEFF${base.replaceAll('\n', '\r\n')}`)).brands).toHaveLength(1);
  });
});

describe('labels of a reason', () => {
  it('are id, names and synonyms, each once', async () => {
    const config = await load(
      `${base}taxonomy: { reasons: [{ id: size, name: { zh-CN: 尺码, en: Size }, synonyms: [偏大, " 偏大"] }, { id: big, parent: size }] }`,
    );
    expect(config.reasons.map(({ id, parent, labels }) => ({ id, parent, labels }))).toEqual([
      { id: 'size', parent: null, labels: ['size', '尺码', '偏大'] },
      { id: 'big', parent: 'size', labels: ['big'] },
    ]);
  });

  it.each([
    [' Size ', 'ＳＩＺＥ'],
    ['Straße', 'STRASSE'],
    ['ﬁt', 'FIT'],
    ['偏大\u3000', '偏大'],
  ])('%s and %s are the same', (a, b) => {
    expect(foldLabel(a)).toBe(foldLabel(b));
  });
});
