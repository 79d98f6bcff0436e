import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { requestTypes } from '#lib/metrics/case_fields.ts';
import { loadConfig } from '#lib/server/config.ts';
import { generate } from '../../pipeline/generate/generate.ts';
import { FILES } from '../../pipeline/generate/sample_files.ts';

type Row = Record<string, string>;

const checked = ['tickets', 'messages', 'events', 'refunds'] as const;
const enums: Record<(typeof checked)[number], Record<string, string[]>> = {
  tickets: {
    platform: ['taobao', 'tmall', 'jd', 'pdd', 'douyin', 'kuaishou', 'xiaohongshu'],
    channel: ['chat', 'phone', 'email', 'form', 'platform'],
    request_type: [...requestTypes],
    severity: ['', 'A', 'B', 'C'],
    priority: ['1', '2', '3'],
    status: ['open', 'pending', 'solved', 'closed'],
    is_spam: ['', 'true'],
    csat_score: ['', '1', '2', '3', '4', '5'],
  },
  messages: { sender: ['customer', 'agent', 'bot', 'brand'], is_public: ['', 'false'], is_automatic: ['', 'true'] },
  events: {
    kind: [
      ...['open', 'pending', 'solved', 'closed', 'reopened', 'assigned', 'transferred', 'escalated_to_brand'],
      ...['returned_to_vendor', 'solution_offered', 'platform_intervened', 'platform_judged', 'priority_changed'],
      ...['return_address_sent', 'waiting_customer', 'resumed'],
    ],
    detail: ['', 'buyer', 'seller', 'withdrawn', '1', '2'],
  },
  refunds: {
    request_type: ['refund_only_unshipped', 'refund_only_shipped', 'return_refund'],
    decided_by: ['', 'vendor', 'brand', 'platform', 'system', 'buyer'],
    judged_for: ['', 'buyer', 'seller', 'withdrawn'],
    goods_status: ['unshipped', 'in_transit', 'delivered', 'returned', 'intercepted', 'lost_claimed', 'waived'],
    is_instant: ['是', '否'],
  },
};
const dated = [...checked, 'refunds_tmall'] as const;
const instants: Record<(typeof dated)[number], string[]> = {
  tickets: ['ordered_at', 'opened_at', 'closed_at', 'updated_at', 'csat_at'],
  messages: ['sent_at'],
  events: ['at'],
  refunds: FILES.refunds.columns.filter((column) => column.endsWith('_at')),
  refunds_tmall: FILES.refunds_tmall.columns.filter((column) => column.endsWith('_at')),
};
const states = new Set(['open', 'pending', 'solved', 'closed', 'reopened']);
const truthSchema = z.object({
  cut_off: z.string(),
  files: z.array(
    z.object({
      file: z.string(),
      records: z.number(),
      loaded: z.number(),
      superseded: z.number(),
      ignored: z.number(),
      quarantined: z.number(),
    }),
  ),
  quarantined: z.array(
    z.object({ file: z.string(), record: z.number(), column: z.string(), value: z.string(), reason: z.string() }),
  ),
  counts: z.object({ merged: z.number(), spam: z.number(), refundsIntervened: z.number(), gamed: z.number() }),
});

let root: string;
let out: string;
let truth: z.infer<typeof truthSchema>;
const rows = new Map<string, Row[]>();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'aftersight-generate-'));
  out = join(root, 'sample');
  await generate({ cases: 3000, seed: 7, out });
  truth = truthSchema.parse(JSON.parse(await readFile(join(out, 'truth.json'), 'utf8')));
  for (const [name, { path }] of Object.entries(FILES)) rows.set(name, await readRows(path));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function readRows(path: string): Promise<Row[]> {
  const bytes = await readFile(join(out, path));
  const text = new TextDecoder(path.includes('gb18030') ? 'gb18030' : 'utf-8', { fatal: true }).decode(bytes);
  return parse(text, { columns: true });
}

/** The rows of a file without those that are planted to be rejected or ignored. */
function soundRows(name: keyof typeof FILES): Row[] {
  const bad = new Set(truth.quarantined.filter((q) => q.file === FILES[name].path).map((q) => q.record));
  const ignored = truth.files.find((file) => file.file === FILES[name].path)?.ignored ?? 0;
  const all = rows.get(name) ?? [];
  return all.slice(0, all.length - ignored).filter((_, index) => !bad.has(index + 1));
}

async function digest(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['aftersight.yaml', 'truth.json', ...Object.values(FILES).map((f) => f.path)]) {
    hash.update(await readFile(join(folder, file)));
  }
  return hash.digest('hex');
}

const isUnique = (values: (string | undefined)[]) => new Set(values).size === values.length;

describe('a generated sample', () => {
  test('is the same byte for byte for one seed and another for another', async () => {
    await generate({ cases: 200, seed: 1, out: join(root, 'one') });
    await generate({ cases: 200, seed: 1, out: join(root, 'two') });
    await generate({ cases: 200, seed: 2, out: join(root, 'other') });
    const [one, two, other] = await Promise.all(['one', 'two', 'other'].map((name) => digest(join(root, name))));
    expect(one).toBe(two);
    expect(one).not.toBe(other);
  });

  test('has one ticket per case, and as many records in every file as the truth says', () => {
    for (const { file, records, loaded, superseded, ignored, quarantined } of truth.files) {
      const name = Object.entries(FILES).find(([, { path }]) => path === file)?.[0] ?? '';
      expect(rows.get(name)?.length, file).toBe(records);
      expect(loaded + superseded + ignored + quarantined, file).toBe(records);
    }
    expect(new Set(soundRows('tickets').map((row) => row.ticket_id)).size).toBe(3000);
  });

  test.each(checked)('uses only words of the contract in %s', (name) => {
    for (const [column, allowed] of Object.entries(enums[name])) {
      const found = new Set(soundRows(name).map((row) => row[column]));
      expect(
        [...found].filter((value) => value === undefined || !allowed.includes(value)),
        column,
      ).toEqual([]);
      expect(found.size, `${column} varies`).toBeGreaterThan(1);
    }
  });

  test('ends at the cut-off: no instant is later, and some cases are still open', () => {
    const latest = dated.flatMap((name) =>
      soundRows(name).flatMap((row) => instants[name].map((column) => (row[column] ?? '').replaceAll('/', '-'))),
    );
    expect(latest.filter((instant) => instant.slice(0, 19) > truth.cut_off)).toEqual([]);
    expect(soundRows('tickets').some((row) => row.status === 'open' && row.opened_at?.startsWith('2026-10-31'))).toBe(
      true,
    );
  });

  test('gives every message its own id, and no ticket two states at one instant', () => {
    expect(isUnique(soundRows('messages').map((row) => row.message_id))).toBe(true);
    const stateEvents = soundRows('events').filter((row) => states.has(row.kind ?? ''));
    expect(isUnique(stateEvents.map((row) => `${row.ticket_id} ${row.at}`))).toBe(true);
  });

  test('refers only to tickets and products that exist', () => {
    const tickets = new Set(soundRows('tickets').map((row) => row.ticket_id));
    const skus = new Set(soundRows('products').map((row) => row.sku_id));
    expect(isUnique((rows.get('products') ?? []).map((row) => row.sku_id))).toBe(true);
    const unknown = (known: Set<string | undefined>, names: (keyof typeof FILES)[], column: string) =>
      names.flatMap((name) => soundRows(name).filter((row) => row[column] && !known.has(row[column])));
    expect(unknown(tickets, ['messages', 'events', 'refunds'], 'ticket_id')).toEqual([]);
    expect(unknown(tickets, ['tickets'], 'merged_into')).toEqual([]);
    expect(unknown(skus, ['tickets', 'refunds', 'refunds_tmall', 'sales'], 'sku_id')).toEqual([]);
  });

  test('holds every planted bad row where the truth says, few of them whatever the size', async () => {
    expect(truth.quarantined.length).toBeLessThanOrEqual(20);
    for (const { file, record, column, value } of truth.quarantined) {
      const name = Object.entries(FILES).find(([, { path }]) => path === file)?.[0] ?? '';
      expect(rows.get(name)?.[record - 1]?.[column], `${file} record ${record}`).toBe(value);
    }
    const small = truthSchema.parse(JSON.parse(await readFile(join(root, 'one', 'truth.json'), 'utf8')));
    expect(small.quarantined.length).toBe(truth.quarantined.length);
  });

  test('ends two exports with a total and a blank row', () => {
    for (const name of ['sales', 'refunds_tmall'] as const) {
      const [total, blank] = (rows.get(name) ?? []).slice(-2);
      expect(Object.values(total ?? {})[0]).toBe('汇总');
      expect(Object.values(blank ?? {}).every((cell) => cell === '')).toBe(true);
    }
  });

  test('has chats with several lines, commas, quotes and personal data to mask', () => {
    const bodies = soundRows('messages').map((row) => row.body ?? '');
    for (const pattern of [/\n/, /,/, /"/, /1900000\d{4}/, /@example\.com/, /\d号\d+幢/, /\{|\}|undefined|NaN|⏎|<|>/]) {
      const hits = bodies.filter((body) => pattern.test(body)).length;
      if (pattern.source.includes('undefined')) expect(hits, String(pattern)).toBe(0);
      else expect(hits, String(pattern)).toBeGreaterThan(0);
    }
    expect(truth.counts.merged).toBeGreaterThan(0);
    expect(truth.counts.spam).toBeGreaterThan(0);
    expect(truth.counts.refundsIntervened).toBeGreaterThan(0);
    expect(truth.counts.gamed).toBeGreaterThan(0);
  });

  test('never sends back more units of a day than were sold', () => {
    const key = (row: Row) => `${row.ordered_at?.slice(0, 10).replaceAll('/', '-')} ${row.sku_id}`;
    const sold = new Map(soundRows('sales').map((row) => [`${row.day} ${row.sku_id}`, Number(row.units)]));
    const firstRefunds = new Map(
      [...soundRows('refunds'), ...soundRows('refunds_tmall')].map((row) => [row.refund_id, row]),
    );
    const back = new Map<string, number>();
    for (const row of firstRefunds.values()) back.set(key(row), (back.get(key(row)) ?? 0) + 1);
    for (const [unit, refunds] of back) expect(sold.get(unit) ?? 0, unit).toBeGreaterThanOrEqual(refunds);
  });

  test('comes with a configuration that loads', async () => {
    const config = await loadConfig(join(out, 'aftersight.yaml'));
    expect(config.brands.length).toBe(5);
    expect(config.vendors.length).toBe(5);
  });
});
