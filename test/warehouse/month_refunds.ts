import type { Random } from '../../pipeline/generate/random.ts';
import { type CanonicalRow, type Ticket, instant } from './month.ts';

/** Draws the refunds of a ticket: claimed by id, by order, or by nobody; decided, received and paid in any order. */
export function drawRefunds(random: Random, ticket: Ticket): CanonicalRow[] {
  return Array.from({ length: random.pick([0, 0, 1, 1, 2]) }, (_, place) => drawRefund(random, ticket, place)).flat();
}

function drawRefund(random: Random, ticket: Ticket, place: number): CanonicalRow[] {
  const appliedAt = ticket.openedAt + random.pick([-3601, -3600, -60, 0, 60, 86_400, 30 * 86_400, 30 * 86_400 + 1]);
  const claim = random.pick(['ticket', 'order', 'nobody', 'unknown']);
  const after = (from: number, chance: number): number | null =>
    random.chance(chance) ? from + random.pick([-60, 0, 1, 3600, 86_400, 86_401, 15 * 86_400, 15 * 86_400 + 1]) : null;
  const approvedAt = after(appliedAt, 0.6);
  const receivedAt = after(appliedAt, 0.5);
  const refundedAt = after(receivedAt ?? appliedAt, 0.6);
  const intervenedAt = after(appliedAt, 0.15);
  const row = {
    refund_id: `90${String(ticket.index).padStart(16, '0')}${place}`,
    ticket_id: claim === 'ticket' ? ticket.id : claim === 'unknown' ? 'lost' : '',
    order_id: claim === 'nobody' ? `7${ticket.id}` : ticket.orderId,
    sku_id: random.pick([ticket.sku, ticket.sku, 'sku-1', '']),
    brand_id: ticket.brand,
    vendor_id: random.pick([ticket.vendor, ticket.vendor, '']),
    platform: ticket.platform,
    customer_id: ticket.customer,
    request_type: random.pick(['return_refund', 'refund_only_shipped', 'refund_only_unshipped']),
    applied_at: instant(appliedAt),
    approved_at: write(approvedAt),
    rejected_at: approvedAt === null ? write(after(appliedAt, 0.3)) : '',
    buyer_shipped_at: write(after(appliedAt, 0.4)),
    received_at: write(receivedAt),
    inspected_at: receivedAt === null ? '' : write(after(receivedAt, 0.4)),
    refunded_at: write(refundedAt),
    closed_at: write(after(appliedAt, 0.2)),
    status: 'SUCCESS',
    amount_applied_minor: String(random.between(100, 90_000)),
    amount_refunded_minor: refundedAt === null ? '' : String(random.between(100, 90_000)),
    currency: 'CNY',
    is_instant: random.pick(['true', 'false', '']),
    decided_by: random.pick(['vendor', 'brand', 'platform', '']),
    platform_intervened_at: write(intervenedAt),
    judged_for: intervenedAt === null ? '' : random.pick(['buyer', 'seller', 'withdrawn', '']),
    goods_status: random.pick(['unshipped', 'in_transit', 'delivered', 'returned', 'waived', '']),
    reason_buyer: random.pick(['尺码不符', '偏小', 'quality', '七天无理由', '']),
    reason_warehouse: random.pick(['quality', '']),
    updated_at: instant(Math.max(appliedAt, refundedAt ?? 0, receivedAt ?? 0) + 5),
  };
  if (!random.chance(0.1)) return [row];
  return [{ ...row, refunded_at: '', received_at: '', judged_for: '', updated_at: instant(appliedAt - 1) }, row];
}

function write(seconds: number | null): string {
  return seconds === null ? '' : instant(seconds);
}
