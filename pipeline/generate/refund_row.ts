import type { Case } from './case_facts.ts';
import { known, writeInstant, writeSlashedInstant } from './local_time.ts';
import type { Random } from './random.ts';
import { type Refund } from './refund.ts';
import { WAREHOUSE_NO_FAULT, wordsFor } from './taxonomy.ts';

export const REFUND_COLUMNS = (
  'refund_id ticket_id order_id ordered_at sku_id brand_id vendor_id shop_id platform customer_id region request_type phase applied_at approved_at rejected_at buyer_shipped_at return_picked_up_at ' +
  'received_at inspected_at refunded_at closed_at deadline_at intercept_requested_at status amount_applied_minor amount_refunded_minor currency is_instant decided_by platform_intervened_at judged_for goods_status reason_buyer ' +
  'reason_warehouse tracking_no parcel_last_scan_at updated_at'
).split(' ');
/** Columns of the platform's own export: brand, platform and vendor are not in it, its source and the joined case know them. */
export const EXPORT_COLUMNS = (
  'refund_id order_id ordered_at sku_id shop_id customer_id region request_type phase applied_at approved_at rejected_at buyer_shipped_at return_picked_up_at received_at inspected_at refunded_at closed_at ' +
  'deadline_at intercept_requested_at status amount_applied_minor amount_refunded_minor currency is_instant decided_by platform_intervened_at judged_for goods_status reason_buyer reason_warehouse tracking_no parcel_last_scan_at updated_at'
).split(' ');

/** What a refund says apart from its instants, as far as known at the cut-off. */
interface Words {
  reasonBuyer: string;
  reasonWarehouse: string;
}

/** Draws the reasons given by buyer and warehouse: mostly the true one, in the marketplace's words. */
export function drawWords(random: Random, facts: Case, refund: Refund): Words {
  const plain = random.chance(0.025)
    ? ''
    : random.chance(0.11) && facts.stage === 'delivered'
      ? random.pick(wordsFor('changed_mind'))
      : random.pick(wordsFor(facts.reason));
  const inspected = known(refund.inspectedAt) > 0 && random.chance(0.85);
  return {
    reasonBuyer: plain,
    reasonWarehouse: !inspected
      ? ''
      : facts.defect || random.chance(0.3)
        ? random.pick(wordsFor(facts.reason))
        : random.pick(WAREHOUSE_NO_FAULT),
  };
}

/** Writes a refund as a row of the canonical table. */
export function writeRefund(facts: Case, refund: Refund, words: Words): string {
  const { sku } = facts;
  return `${refund.id},${refund.ticketId},${facts.orderId},${writeInstant(facts.orderedAt)},${sku.id},${sku.brand.id},${facts.vendor.id},${shopOf(facts)},${facts.platform},${facts.customerId},${rest(facts, refund, words, writeInstant)}`;
}

/** Writes a refund as a row of the platform's own export, with slashes in its dates. */
export function writeExportedRefund(facts: Case, refund: Refund, words: Words): string {
  return `${refund.id},${facts.orderId},${writeSlashedInstant(facts.orderedAt)},${facts.sku.id},${shopOf(facts)},${facts.customerId},${rest(facts, refund, words, writeSlashedInstant)}`;
}

/** Returns the shop of a case, such as northpeak-tmall. */
export function shopOf(facts: Case): string {
  return `${facts.sku.brand.id}-${facts.platform}`;
}

/** Returns the last known instant of a refund as a local second. */
export function lastKnown(refund: Refund): number {
  return Math.max(
    refund.appliedAt,
    known(refund.approvedAt),
    known(refund.rejectedAt),
    known(refund.buyerShippedAt),
    known(refund.receivedAt),
    known(refund.inspectedAt),
    known(refund.refundedAt),
    known(refund.closedAt),
    known(refund.intervenedAt),
  );
}

function rest(facts: Case, refund: Refund, words: Words, write: (second: number) => string): string {
  const isPaid = known(refund.refundedAt) > 0;
  const phase = refund.requestType === 'refund_only_unshipped' ? '售中' : '售后';
  const decided = known(refund.approvedAt) || known(refund.rejectedAt) || known(refund.closedAt);
  return (
    `${facts.province},${refund.requestType},${phase},${write(refund.appliedAt)},${write(refund.approvedAt)},${write(refund.rejectedAt)},${write(refund.buyerShippedAt)},${write(refund.pickedUpAt)},` +
    `${write(refund.receivedAt)},${write(refund.inspectedAt)},${write(refund.refundedAt)},${write(refund.closedAt)},${write(refund.deadlineAt)},${write(refund.interceptAt)},${statusOf(refund)},` +
    `${refund.amountAppliedMinor},${isPaid ? refund.amountRefundedMinor : ''},CNY,${refund.isInstant ? '是' : '否'},${decided ? refund.decidedBy : ''},${write(refund.intervenedAt)},${known(refund.judgedAt) ? refund.judgedFor : ''},` +
    `${refund.goodsStatus},${words.reasonBuyer},${words.reasonWarehouse},${refund.buyerShippedAt && !known(refund.buyerShippedAt) ? '' : refund.trackingNo},${write(refund.lastScanAt)},${write(lastKnown(refund))}`
  );
}

function statusOf(refund: Refund): string {
  if (known(refund.refundedAt)) return '退款成功';
  if (known(refund.closedAt)) return '退款关闭';
  if (known(refund.rejectedAt)) return '商家拒绝';
  if (known(refund.buyerShippedAt)) return '待商家收货';
  if (known(refund.approvedAt)) return refund.requestType === 'return_refund' ? '待买家退货' : '退款中';
  return '待商家处理';
}
