import type { Case } from './case_facts.ts';
import type { Course } from './conversation.ts';
import { CUT_OFF, DAY, HOUR, known, within } from './local_time.ts';
import { REMOTE } from './people.ts';
import type { Random } from './random.ts';
import type { Refund } from './refund.ts';

const LOW_VALUE_MINOR = 20_000;

/** Draws what happens to goods and money of an approved refund. */
export function carryOut(random: Random, facts: Case, refund: Refund, course: Course | undefined): void {
  refund.amountRefundedMinor = refund.amountAppliedMinor;
  if (refund.requestType === 'refund_only_unshipped') refund.refundedAt = refund.approvedAt + random.between(1, 40);
  else if (refund.requestType === 'return_refund') sendBack(random, facts, refund, course);
  else if (facts.stage === 'delivered') giveBackPart(random, refund);
  else intercept(random, facts, refund);
}

/** A part of the money for goods that stay with the buyer. */
function giveBackPart(random: Random, refund: Refund): void {
  if (random.chance(0.75))
    refund.amountRefundedMinor = Math.max(100, Math.round((refund.amountAppliedMinor * random.between(8, 40)) / 100));
  refund.refundedAt = refund.approvedAt + random.seconds(1800, 1);
  refund.goodsStatus = random.chance(0.98) ? 'waived' : 'delivered';
}

/** A parcel still on its way: called back, and cheap ones paid before it is known whether that worked. */
function intercept(random: Random, facts: Case, refund: Refund): void {
  refund.interceptAt = refund.approvedAt - random.below(60);
  refund.trackingNo = `78${facts.messagePrefix.slice(0, 10)}`;
  const backAt = atWarehouse(refund.approvedAt + random.seconds((REMOTE.has(facts.province) ? 8 : 4) * DAY, 0.35));
  const isLost = facts.reason === 'lost' && random.chance(0.7);
  const works = !isLost && random.chance(0.86);
  refund.refundedAt =
    refund.amountAppliedMinor < LOW_VALUE_MINOR || isLost
      ? refund.approvedAt + random.seconds(1200, 0.8)
      : works
        ? atWarehouse(backAt + random.seconds(4 * HOUR, 0.6))
        : refund.approvedAt + 2 * DAY;
  if (works) refund.receivedAt = backAt;
  refund.lastScanAt = works ? backAt : refund.appliedAt - random.between(0, isLost ? 5 * DAY : DAY);
  refund.goodsStatus =
    works && backAt <= CUT_OFF
      ? 'intercepted'
      : isLost && random.chance(0.75)
        ? 'lost_claimed'
        : works || isLost
          ? 'in_transit'
          : random.chance(0.6)
            ? 'delivered'
            : 'in_transit';
}

/** Moves a local second to when the warehouse works. */
function atWarehouse(second: number): number {
  return within(second, 8, 20);
}

function sendBack(random: Random, facts: Case, refund: Refund, course: Course | undefined): void {
  if (random.chance(0.07)) {
    refund.closedAt = refund.approvedAt + random.between(7, 10) * DAY;
    refund.decidedBy = 'system';
    refund.amountRefundedMinor = 0;
    return;
  }
  const shippedAt =
    course?.shippedAt && course.shippedAt > refund.approvedAt
      ? course.shippedAt
      : within(refund.approvedAt + random.seconds(26 * HOUR, 0.7), 7, 24);
  refund.buyerShippedAt = shippedAt;
  refund.trackingNo = `46${facts.messagePrefix.slice(0, 10)}${random.below(10)}`;
  refund.pickedUpAt = within(shippedAt + random.seconds(random.chance(0.04) ? 4 * DAY : 3 * HOUR, 0.6), 8, 21);
  const isLost = random.chance(0.008);
  const isFast = isLost || random.chance(0.09);
  refund.receivedAt = isLost
    ? 0
    : atWarehouse(refund.pickedUpAt + random.seconds((REMOTE.has(facts.province) ? 130 : 56) * HOUR, 0.35));
  if (refund.receivedAt) refund.inspectedAt = atWarehouse(refund.receivedAt + random.seconds(8 * HOUR, 0.65));
  refund.refundedAt = isFast
    ? refund.pickedUpAt + random.seconds(900, 0.8)
    : within(refund.inspectedAt + random.seconds(facts.vendor.payHours * HOUR, 0.8), 8, 23);
  refund.lastScanAt = refund.receivedAt || refund.pickedUpAt + random.between(1, 30) * HOUR;
  refund.goodsStatus = known(refund.receivedAt) ? 'returned' : known(refund.pickedUpAt) ? 'in_transit' : 'delivered';
  if (random.chance(0.06)) refund.amountRefundedMinor -= random.between(5, 15) * 100;
}
