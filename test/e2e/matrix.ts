import { DuckDBInstance } from '@duckdb/node-api';
import { read as readWorkbook, utils } from '@e965/xlsx';
import { z } from 'zod';
import type { Scope } from '#lib/access/principal.ts';
import { type Ability, type Role, may } from '#lib/access/roles.ts';
import { loadConfig } from '#lib/server/config.ts';
import { readCurrent, snapshotPath } from '#lib/server/snapshot.ts';

/** An account whose answers are looked through for what is not its own. */
export interface Account extends Scope {
  role: Role;
  email: string;
}

/** What no answer to an account may hold, and some of its own and of others' cases. */
export interface Foreign {
  /** Ids of cases, orders, customers, refunds and agents, found as words. */
  words: ReadonlySet<string>;
  /** Names and what was said, found anywhere. */
  texts: readonly string[];
  own: readonly string[];
  others: readonly string[];
}

const row = z.object({
  case_id: z.string(),
  ids: z.array(z.string().nullable()),
  texts: z.array(z.string().nullable()),
  is_own: z.boolean(),
});

/** Reads from the snapshot itself, not through the scoped macros, what an account must never see. */
export async function foreignTo(configPath: string, { brands, vendors, agents }: Scope): Promise<Foreign> {
  const config = await loadConfig(configPath);
  const current = await readCurrent(config.dataDir);
  if (!current) throw new Error('no snapshot');
  const instance = await DuckDBInstance.create(snapshotPath(config.dataDir, current.snapshot), {
    access_mode: 'READ_ONLY',
  });
  const connection = await instance.connect();
  const list = (ids: readonly string[] | null) => (ids === null ? 'null' : `['${ids.join("','")}']`);
  const reader = await connection.runAndReadAll(`
    select
      c.case_id,
      [c.case_id, c.ticket_id, c.order_id, c.customer_id, c.agent_id, any_value(r.refund_id), any_value(r.tracking_no)] as ids,
      coalesce(list_distinct(list(m.body) filter (length(m.body) between 14 and 60)), []) as texts,
      (${list(brands)} is null or list_contains(${list(brands)}, c.brand_id))
        and (${list(vendors)} is null or coalesce(list_contains(${list(vendors)}, c.vendor_id), false))
        and (${list(agents)} is null or coalesce(list_contains(${list(agents)}, c.agent_id), false)) as is_own,
    from marts.cases as c
    left join marts.refunds as r using (case_key)
    left join marts.messages as m using (case_key)
    group by c.case_key, c.case_id, c.ticket_id, c.order_id, c.customer_id, c.agent_id, c.brand_id, c.vendor_id
    order by c.case_key`);
  const rows = z.array(row).parse(reader.getRowObjectsJson());
  const known = await connection.runAndReadAll(`
    select distinct brand_id, vendor_id from marts.cases
    where (${list(brands)} is null or list_contains(${list(brands)}, brand_id))
      and (${list(vendors)} is null or list_contains(${list(vendors)}, vendor_id))`);
  const keys = known.getRowsJson().flat().map(String);
  connection.closeSync();
  instance.closeSync();
  const own = rows.filter(({ is_own }) => is_own);
  const others = rows.filter(({ is_own }) => !is_own);
  const ownIds = new Set(own.flatMap(({ ids }) => ids));
  const ownTexts = new Set(own.flatMap(({ texts }) => texts));
  const foreignNames = [...config.brands, ...config.vendors].filter(({ id }) => !keys.includes(id));
  const foreignKeys = foreignNames.map(({ id }) => id);
  const names = foreignNames.flatMap(({ name }) => [name['zh-CN'], name.en]);
  const said = new Set(others.flatMap(({ texts }) => texts).filter((one) => one !== null && !ownTexts.has(one)));
  return {
    words: new Set(
      [...others.flatMap(({ ids }) => ids), ...foreignKeys].filter(
        (id): id is string => id !== null && !ownIds.has(id),
      ),
    ),
    texts: [...names, ...[...said].flatMap((one) => one ?? []).slice(0, 2000)],
    own: own.map(({ case_id }) => case_id),
    others: others.map(({ case_id }) => case_id),
  };
}

/** The foreign ids, names and sentences in a text. */
export function hitsIn(text: string, { words, texts }: Foreign): string[] {
  const found = text.match(/[\p{L}\p{N}_][\p{L}\p{N}_./-]*/gu) ?? [];
  const parts = found.flatMap((word) => [word, ...word.split('/')]);
  return [...new Set([...parts.filter((word) => words.has(word)), ...texts.filter((one) => text.includes(one))])];
}

/** The text in the body of an answer, also of a workbook. */
export async function textOf(response: Response): Promise<string> {
  if (!(response.headers.get('content-type') ?? '').includes('spreadsheet')) return response.text();
  const workbook = readWorkbook(new Uint8Array(await response.arrayBuffer()));
  return Object.values(workbook.Sheets)
    .map((sheet) => utils.sheet_to_csv(sheet))
    .join('\n');
}

const months = 'from=2026-08-01&until=2026-10-31';

/** Every page, endpoint and export with what it needs; `foreign` is a key that the account was not given. */
export function addresses(
  foreign: { brand: string; vendor: string },
  snapshot: string,
): [path: string, need: Ability][] {
  const filtered = `${months}&brand=${foreign.brand}&vendor=${foreign.vendor}`;
  return [
    [`/?${months}`, 'kpis'],
    [`/?${months}&metric=dispute_rate`, 'kpis'],
    [`/?${filtered}`, 'kpis'],
    [`/metrics?${months}`, 'kpis'],
    ...['vendor', 'brand', 'agent', 'sku', 'platform'].map((by): [string, Ability] => [
      `/metrics/first_response?${months}&by=${by}`,
      'kpis',
    ]),
    [`/metrics/refunded_without_goods?${months}&by=vendor&and=brand`, 'kpis'],
    [`/explore?${months}`, 'kpis'],
    [`/explore/slice?${months}&snapshot=${snapshot}&metric=first_response`, 'kpis'],
    [`/explore/slice?${months}&snapshot=${snapshot}&metric=refund_time`, 'kpis'],
    [`/cases?${months}`, 'cases'],
    [`/cases?${months}&sort=started&dir=asc`, 'cases'],
    [`/cases?${months}&search=${encodeURIComponent('退款')}`, 'cases'],
    [`/cases?${filtered}`, 'cases'],
    [`/cases?${months}&metric=first_response&kind=failing`, 'cases'],
    [`/cases/export.csv?${months}`, 'export'],
    [`/cases/export.xlsx?${months}`, 'export'],
    [`/cases/export.csv?${months}&metric=refund_time&kind=counted`, 'export'],
    [`/refunds?${months}`, 'refunds'],
    ...['deadlines', 'stalled', 'unseen', 'lost', 'at_risk', 'intercepts'].map((list): [string, Ability] => [
      `/refunds?${months}&list=${list}`,
      'refunds',
    ]),
    ['/quality', 'quality'],
    ['/quality/library', 'quality'],
    ['/quality/calibrations', 'review'],
    ['/quality/agreement', 'review'],
    ['/quality/conflicts', 'manage_quality'],
    ['/runs', 'runs'],
    ['/runs/quarantine', 'runs'],
    ['/accounts', 'accounts'],
    ['/audit', 'audit'],
  ];
}

/** What a role gets for an address that needs something. */
export function statusFor(role: Role, need: Ability): number {
  return may(role, need) ? 200 : 403;
}
