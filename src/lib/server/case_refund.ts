import type { z } from 'zod';
import type { refundsRead } from './case_reads.ts';

export const refundSteps = [
  'applied',
  'approved',
  'rejected',
  'shipped',
  'pickedUp',
  'received',
  'inspected',
  'refunded',
  'closed',
  'intercepted',
  'intervened',
] as const;
export type RefundStep = (typeof refundSteps)[number];

export const refundLegs = ['decide', 'ship', 'transit', 'inspect', 'pay'] as const;

/** A leg of a refund on both clocks; null where an end is missing or the order impossible. */
export interface RefundLeg {
  leg: (typeof refundLegs)[number];
  from: string | null;
  to: string | null;
  calendarSeconds: number | null;
  businessSeconds: number | null;
}

export interface CaseRefund {
  key: number;
  id: string;
  requestType: string | null;
  skuId: string | null;
  status: string | null;
  phase: string | null;
  decidedBy: string | null;
  goodsStatus: string | null;
  judgedFor: string | null;
  isInstant: boolean;
  region: string | null;
  currency: string;
  amountAppliedMinor: number | null;
  amountRefundedMinor: number | null;
  reasonBuyer: string | null;
  reasonBuyerText: string | null;
  reasonWarehouse: string | null;
  reasonWarehouseText: string | null;
  trackingNo: string | null;
  parcelLastScanAt: string | null;
  deadlineAt: string | null;
  hasImpossibleOrder: boolean;
  /** Instants of what happened; steps that did not are left out. */
  steps: { step: RefundStep; at: string }[];
  legs: RefundLeg[];
  calendarSeconds: number | null;
  businessSeconds: number | null;
}

type RefundRow = z.output<(typeof refundsRead)['row']>;

/** Reads a refund's row as its steps and legs (METRICS §3: decide, ship, transit, inspect, pay). */
export function refundOf(row: RefundRow): CaseRefund {
  return {
    key: row.refund_key,
    id: row.refund_id,
    requestType: row.request_type,
    skuId: row.sku_id,
    status: row.status,
    phase: row.phase,
    decidedBy: row.decided_by,
    goodsStatus: row.goods_status,
    judgedFor: row.judged_for,
    isInstant: row.is_instant ?? false,
    region: row.region,
    currency: row.currency ?? 'CNY',
    amountAppliedMinor: row.amount_applied_minor,
    amountRefundedMinor: row.amount_refunded_minor,
    reasonBuyer: row.reason_buyer,
    reasonBuyerText: row.reason_buyer_text,
    reasonWarehouse: row.reason_warehouse,
    reasonWarehouseText: row.reason_warehouse_text,
    trackingNo: row.tracking_no,
    parcelLastScanAt: row.parcel_last_scan_at,
    deadlineAt: row.deadline_at,
    hasImpossibleOrder: row.has_impossible_order,
    steps: stepsOf(row),
    legs: legsOf(row),
    calendarSeconds: row.refund_calendar_seconds,
    businessSeconds: row.refund_business_seconds,
  };
}

/** When a step of a refund was taken; null where it was not. */
export function stepAt(refund: CaseRefund, step: RefundStep): string | null {
  return refund.steps.find((one) => one.step === step)?.at ?? null;
}

function stepsOf(row: RefundRow): CaseRefund['steps'] {
  const at: Record<RefundStep, string | null> = {
    applied: row.applied_at,
    approved: row.approved_at,
    rejected: row.rejected_at,
    shipped: row.buyer_shipped_at,
    pickedUp: row.return_picked_up_at,
    received: row.received_at,
    inspected: row.inspected_at,
    refunded: row.refunded_at,
    closed: row.closed_at,
    intercepted: row.intercept_requested_at,
    intervened: row.platform_intervened_at,
  };
  return refundSteps.flatMap((step) => {
    const instant = at[step];
    return instant === null ? [] : [{ step, at: instant }];
  });
}

function legsOf(row: RefundRow): RefundLeg[] {
  const decidedAt = earlier(row.approved_at, row.rejected_at);
  const readyAt = row.inspected_at ?? row.received_at ?? row.buyer_shipped_at ?? decidedAt;
  return [
    leg('decide', row.applied_at, decidedAt, row.decide_calendar_seconds, row.decide_business_seconds),
    leg('ship', decidedAt, row.buyer_shipped_at, row.ship_calendar_seconds, row.ship_business_seconds),
    leg('transit', row.buyer_shipped_at, row.received_at, row.transit_calendar_seconds, row.transit_business_seconds),
    leg('inspect', row.received_at, row.inspected_at, row.inspect_calendar_seconds, row.inspect_business_seconds),
    leg('pay', readyAt, row.refunded_at, row.pay_calendar_seconds, row.pay_business_seconds),
  ];
}

function leg(
  name: RefundLeg['leg'],
  from: string | null,
  to: string | null,
  calendarSeconds: number | null,
  businessSeconds: number | null,
): RefundLeg {
  return { leg: name, from, to, calendarSeconds, businessSeconds };
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
