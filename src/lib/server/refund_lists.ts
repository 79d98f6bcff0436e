import { z } from 'zod';
import type { Keys } from '#lib/metrics/dimensions.ts';
import type { Period } from '#lib/metrics/period.ts';
import { parcelRules } from '#lib/metrics/refund_rules.ts';
import { toKeysParameter } from './kpis.ts';
import { type Warehouse, read } from './warehouse.ts';
import type { Scope } from '#lib/access/principal.ts';

export const refundListNames = ['deadlines', 'stalled', 'unseen', 'at_risk', 'lost', 'intercepts'] as const;

/** The lists of refunds and the marks that tell their rows apart; those of `lost` and `intercepts` belong to the period, the others to now. */
export const refundLists = {
  deadlines: ['overdue', 'within_24h', 'within_48h'],
  stalled: ['return', 'outbound'],
  unseen: ['return', 'outbound'],
  at_risk: ['paid'],
  lost: ['paid'],
  intercepts: ['open', 'failed', 'succeeded'],
} as const satisfies Record<(typeof refundListNames)[number], readonly string[]>;
export type RefundList = (typeof refundListNames)[number];
export type RefundMark = (typeof refundLists)[RefundList][number];

const list = z.enum(refundListNames);
const mark = z.enum([
  'overdue',
  'within_24h',
  'within_48h',
  'return',
  'outbound',
  'paid',
  'open',
  'failed',
  'succeeded',
]);
const goodsStatus = z.enum([
  'unshipped',
  'in_transit',
  'delivered',
  'returned',
  'intercepted',
  'lost_claimed',
  'waived',
]);

const watched = {
  from: z.iso.date(),
  to: z.iso.date(),
  keys: z.string(),
  still_hours: z.int(),
  remote_still_hours: z.int(),
  remote_regions: z.array(z.string()),
  open_days: z.int(),
};

export const listRead = {
  name: 'refund_list',
  parameters: z.object({ ...watched, list, marks: z.array(mark), limit: z.int(), offset: z.int() }),
  row: z.object({
    list,
    mark,
    since_at: z.string().nullable(),
    hours: z.number().nullable(),
    minor: z.number().nullable(),
    currency: z.string(),
    refund_id: z.string(),
    case_id: z.string(),
    vendor_id: z.string().nullable(),
    sku_id: z.string().nullable(),
    request_type: z.string().nullable(),
    region: z.string().nullable(),
    tracking_no: z.string().nullable(),
    goods_status: goodsStatus.nullable(),
  }),
};

export const listTotalsRead = {
  name: 'refund_list_totals',
  parameters: z.object({ ...watched, tiers: z.array(z.string()) }),
  row: z.object({
    list,
    mark,
    tier: z.int().nullable(),
    currency: z.string(),
    refunds: z.int(),
    amounts: z.int(),
    minor: z.number().nullable(),
    oldest_at: z.string().nullable(),
  }),
};

export const lossesRead = {
  name: 'refund_losses',
  parameters: z.object({ from: z.iso.date(), to: z.iso.date(), keys: z.string() }),
  row: z.object({
    by: z.enum(['vendor', 'sku']),
    key: z.string().nullable(),
    currency: z.string(),
    counted: z.int(),
    refunds: z.int(),
    amounts: z.int(),
    minor: z.number().nullable(),
  }),
};

/** A period and picked keys. */
export interface RefundFilter extends Period {
  keys: Keys;
}

/** What is known of some refunds together: their number, and money by currency, which never adds up across them. */
export interface RefundSum {
  refunds: number;
  /** How many have no amount and are not in the money. */
  withoutAmount: number;
  money: readonly { currency: string; minor: number }[];
}

/** One refund on a list; `hours` since `sinceAt`, negative before a deadline. */
export interface ListedRefund {
  mark: RefundMark;
  sinceAt: string | null;
  hours: number | null;
  minor: number | null;
  currency: string;
  refundId: string;
  caseId: string;
  vendor: string | null;
  sku: string | null;
  requestType: string | null;
  region: string | null;
  trackingNo: string | null;
  goodsStatus: z.output<typeof goodsStatus> | null;
}

export type ListTotal = z.output<typeof listTotalsRead.row>;
export type Loss = z.output<typeof lossesRead.row>;

/** Sums of every list by mark, value tier and currency; `tiers` are the least amounts of each tier. */
export async function listTotals(
  warehouse: Warehouse,
  scope: Scope,
  filter: RefundFilter & { tiers: readonly number[] },
): Promise<ListTotal[]> {
  return read(warehouse, scope, listTotalsRead, { ...watch(filter), tiers: filter.tiers.map(String) });
}

/** A page of one list, only rows with one of the marks, the longest waiting first. */
export async function listed(
  warehouse: Warehouse,
  scope: Scope,
  filter: RefundFilter,
  asked: { list: RefundList; marks: readonly RefundMark[]; limit: number; offset: number },
): Promise<ListedRefund[]> {
  const rows = await read(warehouse, scope, listRead, { ...watch(filter), ...asked, marks: [...asked.marks] });
  return rows.map((row) => ({
    mark: row.mark,
    sinceAt: row.since_at,
    hours: row.hours,
    minor: row.minor,
    currency: row.currency,
    refundId: row.refund_id,
    caseId: row.case_id,
    vendor: row.vendor_id,
    sku: row.sku_id,
    requestType: row.request_type,
    region: row.region,
    trackingNo: row.tracking_no,
    goodsStatus: row.goods_status,
  }));
}

/** Refunds counted and lost in the period by every vendor, and by the products with losses. */
export async function losses(warehouse: Warehouse, scope: Scope, filter: RefundFilter): Promise<Loss[]> {
  return read(warehouse, scope, lossesRead, period(filter));
}

/** Adds up rows, each currency apart. */
export function sumOf(
  rows: readonly { currency: string; refunds: number; amounts: number; minor: number | null }[],
): RefundSum {
  const money = new Map<string, number>();
  for (const { currency, minor } of rows) if (minor !== null) money.set(currency, (money.get(currency) ?? 0) + minor);
  return {
    refunds: rows.reduce((sum, row) => sum + row.refunds, 0),
    withoutAmount: rows.reduce((sum, row) => sum + row.refunds - row.amounts, 0),
    money: [...money].map(([currency, minor]) => ({ currency, minor })).sort((a, b) => b.minor - a.minor),
  };
}

function period({ from, to, keys }: RefundFilter): { from: string; to: string; keys: string } {
  return { from, to, keys: toKeysParameter(keys) };
}

function watch(filter: RefundFilter): z.input<z.ZodObject<typeof watched>> {
  return {
    ...period(filter),
    still_hours: parcelRules.stillHours,
    remote_still_hours: parcelRules.remoteStillHours,
    remote_regions: parcelRules.remoteRegions.map(({ prefix }) => prefix),
    open_days: parcelRules.interceptOpenDays,
  };
}
