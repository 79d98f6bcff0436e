import type { Case } from './case_facts.ts';
import type { Course } from './conversation.ts';
import { CUT_OFF, DAY, HOUR, within } from './local_time.ts';
import type { Random } from './random.ts';
import type { RequestType } from './request_types.ts';
import { carryOut } from './refund_course.ts';
import { dutySecond, nextStaffed } from './staffing.ts';

/** One refund with every instant as a local second, 0 where it never comes; instants after the cut-off are dropped when it is written. */
export interface Refund {
  id: string;
  ticketId: string;
  requestType: RequestType;
  appliedAt: number;
  approvedAt: number;
  rejectedAt: number;
  buyerShippedAt: number;
  pickedUpAt: number;
  receivedAt: number;
  inspectedAt: number;
  refundedAt: number;
  closedAt: number;
  deadlineAt: number;
  interceptAt: number;
  amountAppliedMinor: number;
  amountRefundedMinor: number;
  isInstant: boolean;
  decidedBy: string;
  intervenedAt: number;
  judgedAt: number;
  judgedFor: string;
  goodsStatus: string;
  lastScanAt: number;
  trackingNo: string;
}

const APPLIES: Record<RequestType, number> = {
  refund_only_unshipped: 0.9,
  refund_only_shipped: 0.82,
  return_refund: 0.72,
  exchange: 0.05,
  reship: 0.04,
  repair: 0.03,
  complaint: 0.34,
  enquiry: 0.02,
};

/** Draws the refund of a case, or nothing when the buyer does not apply for one before the cut-off. */
export function drawRefund(random: Random, facts: Case, course: Course | undefined): Refund | undefined {
  const chance = facts.isSpam
    ? 0.01
    : facts.mergedInto
      ? 0.25
      : facts.isAgentStarted
        ? 0.3
        : APPLIES[facts.requestType];
  if (course && !random.chance(chance)) return undefined;
  const refund = apply(random, facts, course);
  if (refund.appliedAt > CUT_OFF) return undefined;
  decide(random, facts, refund, course);
  if (refund.approvedAt) carryOut(random, facts, refund, course);
  intervene(random, facts, refund);
  return refund;
}

/** Returns when a refund is over, or 0. */
export function endOf(refund: Refund): number {
  return refund.refundedAt || refund.rejectedAt || refund.closedAt;
}

function apply(random: Random, facts: Case, course: Course | undefined): Refund {
  const type = refundType(facts);
  const beforeContact = !course?.appliedAt || random.chance(0.22);
  const appliedAt = !course
    ? facts.openedAt
    : beforeContact
      ? random.chance(0.6)
        ? facts.openedAt - random.between(30, 3000)
        : facts.openedAt + random.seconds(1500, 1)
      : course.appliedAt;
  return {
    id: `${facts.messagePrefix}8${random.below(10)}`,
    ticketId: random.chance(0.72) ? facts.ticketId : '',
    requestType: type,
    appliedAt: Math.max(appliedAt, facts.orderedAt + 60),
    approvedAt: 0,
    rejectedAt: 0,
    buyerShippedAt: 0,
    pickedUpAt: 0,
    receivedAt: 0,
    inspectedAt: 0,
    refundedAt: 0,
    closedAt: 0,
    deadlineAt: appliedAt + (type === 'refund_only_unshipped' ? 1 : 2) * DAY,
    interceptAt: 0,
    amountAppliedMinor: facts.sku.priceMinor * (random.chance(0.05) ? 2 : 1),
    amountRefundedMinor: 0,
    isInstant: false,
    decidedBy: '',
    intervenedAt: 0,
    judgedAt: 0,
    judgedFor: '',
    goodsStatus:
      type === 'refund_only_unshipped' ? 'unshipped' : facts.stage === 'in_transit' ? 'in_transit' : 'delivered',
    lastScanAt: 0,
    trackingNo: '',
  };
}

function refundType(facts: Case): RequestType {
  if (facts.requestType.startsWith('refund_only') || facts.requestType === 'return_refund') return facts.requestType;
  return facts.stage === 'unshipped'
    ? 'refund_only_unshipped'
    : facts.stage === 'in_transit'
      ? 'refund_only_shipped'
      : 'return_refund';
}

function decide(random: Random, facts: Case, refund: Refund, course: Course | undefined): void {
  const { vendor } = facts;
  const isUnshipped = refund.requestType === 'refund_only_unshipped';
  if (isUnshipped && random.chance(0.42)) {
    refund.isInstant = true;
    refund.decidedBy = random.pick(['platform', 'system']);
    refund.approvedAt = refund.appliedAt + random.between(1, 20);
  } else if (random.chance(isUnshipped ? 0.02 : 0.05 + vendor.transfers / 4)) {
    refund.decidedBy = 'vendor';
    refund.rejectedAt = dutySecond(
      random,
      vendor,
      nextStaffed(vendor, refund.appliedAt) + random.seconds(vendor.decideHours * HOUR, 0.9),
    );
  } else if (random.chance(0.05)) {
    refund.decidedBy = 'buyer';
    refund.closedAt = within(refund.appliedAt + random.seconds(9 * HOUR, 1.1), 7, 24);
  } else {
    const decidedAt =
      course?.approvedAt ||
      dutySecond(
        random,
        vendor,
        nextStaffed(vendor, refund.appliedAt) +
          random.seconds(vendor.decideHours * HOUR * (isUnshipped ? 0.4 : 1), 0.9),
      );
    const isTimedOut = decidedAt > refund.deadlineAt;
    refund.approvedAt = Math.max(refund.appliedAt + 1, isTimedOut ? refund.deadlineAt : decidedAt);
    refund.decidedBy = isTimedOut ? 'system' : facts.severity === 'C' && random.chance(0.4) ? 'brand' : 'vendor';
  }
}

function intervene(random: Random, facts: Case, refund: Refund): void {
  const base = interventionShare(facts, refund);
  if (!random.chance(base * (1 + facts.vendor.transfers * 6))) return;
  refund.intervenedAt = within(refund.appliedAt + random.seconds(2 * DAY, 0.5), 7, 24);
  refund.judgedAt = within(refund.intervenedAt + random.seconds(4 * DAY, 0.3), 9, 21);
  refund.judgedFor = ['buyer', 'seller', 'withdrawn'][random.weighted([55, 26, 19])] ?? 'buyer';
  if (refund.rejectedAt && refund.judgedFor === 'buyer') {
    refund.decidedBy = 'platform';
    refund.refundedAt = refund.judgedAt + random.between(60, 4000);
    refund.amountRefundedMinor = refund.amountAppliedMinor;
  }
}

function interventionShare(facts: Case, refund: Refund): number {
  if (refund.rejectedAt) return 0.15;
  if (facts.requestType === 'complaint') return 0.07;
  if (facts.isAngry) return 0.025;
  return facts.defect ? 0.012 : 0.0025;
}
