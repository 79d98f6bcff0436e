import { z } from 'zod';
import type { KeyDimension } from '#lib/metrics/dimensions.ts';
import { legs } from '#lib/metrics/refund_rules.ts';
import { toKeysParameter } from './kpis.ts';
import type { RefundFilter } from './refund_lists.ts';
import { type Warehouse, read } from './warehouse.ts';
import type { Scope } from '#lib/access/principal.ts';

/** What the legs of refunds may be told apart by. */
export const legDimensions = ['vendor', 'request_type', 'brand', 'platform'] as const satisfies readonly KeyDimension[];
export type LegDimension = (typeof legDimensions)[number];

const period = { from: z.iso.date(), to: z.iso.date(), keys: z.string() };
const clock = z.enum(['calendar', 'business']);
const seconds = z.number().nullable();

export const timesRead = {
  name: 'refund_times',
  parameters: z.object({ ...period, clock, tiers: z.array(z.string()) }),
  row: z.object({
    request_type: z.string().nullable(),
    tier: z.int().nullable(),
    is_every_type: z.boolean(),
    is_every_tier: z.boolean(),
    refunds: z.int(),
    timed: z.int(),
    median: seconds,
    p90: seconds,
  }),
};

export const legsRead = {
  name: 'refund_legs',
  parameters: z.object({ ...period, clock, by: z.enum(legDimensions) }),
  row: z.object({
    key: z.string().nullable(),
    is_every_key: z.boolean(),
    leg: z.enum(legs),
    refunds: z.int(),
    median: seconds,
    p90: seconds,
    total_seconds: z.number(),
  }),
};

const count = z.int();
export const paidRead = {
  name: 'refund_paid',
  parameters: z.object({ ...period, clock }),
  row: z.object({
    refunds: count,
    currencies: z.array(z.string()),
    median: seconds,
    p90: seconds,
    with_amounts: count,
    partial: count,
    partial_decided: count,
    partial_by_brand: count,
    decided: count,
    by_platform: count,
    by_system: count,
    instant: count,
  }),
};

export type Times = z.output<typeof timesRead.row>;
export type LegTimes = z.output<typeof legsRead.row>;
export type Paid = z.output<typeof paidRead.row>;

/** Times from application to payment of the refunds paid in the period, by request type and value tier, with the totals of either; seconds. */
export async function times(
  warehouse: Warehouse,
  scope: Scope,
  filter: RefundFilter & { clock: 'calendar' | 'business'; tiers: readonly number[] },
): Promise<Times[]> {
  return read(warehouse, scope, timesRead, {
    ...toPeriod(filter),
    clock: filter.clock,
    tiers: filter.tiers.map(String),
  });
}

/** How long each leg took in the refunds paid in the period, by a dimension and for all together; seconds. */
export async function legTimes(
  warehouse: Warehouse,
  scope: Scope,
  filter: RefundFilter & { clock: 'calendar' | 'business'; by: LegDimension },
): Promise<LegTimes[]> {
  return read(warehouse, scope, legsRead, { ...toPeriod(filter), clock: filter.clock, by: filter.by });
}

/** The refunds paid in the period: their time from application to payment in seconds, how many in part, and decided by whom. */
export async function paid(
  warehouse: Warehouse,
  scope: Scope,
  filter: RefundFilter & { clock: 'calendar' | 'business' },
): Promise<Paid> {
  const [row] = await read(warehouse, scope, paidRead, { ...toPeriod(filter), clock: filter.clock });
  if (!row) throw new Error('refund_paid: one row');
  return row;
}

function toPeriod({ from, to, keys }: RefundFilter): { from: string; to: string; keys: string } {
  return { from, to, keys: toKeysParameter(keys) };
}
