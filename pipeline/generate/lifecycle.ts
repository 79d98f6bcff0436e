import { drawAgentReason, type Case } from './case_facts.ts';
import { resume, type Course } from './conversation.ts';
import { CUT_OFF, DAY, HOUR, known, within, writeInstant } from './local_time.ts';
import type { Random } from './random.ts';
import { endOf, type Refund } from './refund.ts';
import { shopOf } from './refund_row.ts';
import { textsFor } from './scripts.ts';
import { dutySecond, nextStaffed } from './staffing.ts';
import type { Slots } from './slots.ts';
import { fill } from './template.ts';
import type { TicketLog } from './ticket_log.ts';

export const TICKET_COLUMNS = (
  'ticket_id brand_id shop_id platform channel vendor_id agent_id customer_id order_id ordered_at sku_id request_type priority severity opened_at closed_at status reason_agent updated_at merged_into is_spam ' +
  'csat_score csat_at'
).split(' ');

/** How a ticket ended, in local seconds; 0 where it has not. */
export interface Ending {
  closedAt: number;
  status: string;
  csatScore: string;
  csatAt: number;
  reasonAgent: string;
}

/** Draws what happens to a ticket beside and after its conversation: assignment, escalation, the platform, closing, reopening, the survey. */
export function finish(
  random: Random,
  log: TicketLog,
  slots: Slots,
  course: Course,
  refund: Refund | undefined,
): Ending {
  const { facts } = log;
  if (random.chance(0.12)) log.happen(facts.openedAt + random.between(1, 40), 'assigned', 'system', facts.agent);
  if (random.chance(0.05)) log.happen(facts.openedAt, 'open', 'system');
  if (
    course.isAnswered &&
    random.chance(facts.severity === 'C' ? 0.5 : facts.severity === 'B' ? facts.vendor.escalates : 0.003)
  )
    escalate(random, log, slots);
  callPlatform(random, log, facts, refund);
  const pausedUntil = course.isAnswered && random.chance(0.05) ? pause(random, log, slots) : 0;
  if (random.chance(0.015))
    log.happen(
      dutySecond(random, facts.vendor, facts.openedAt + random.seconds(4 * HOUR, 1)),
      'priority_changed',
      'agent',
      slots.agent,
      facts.priority === '1' ? '2' : '1',
    );
  const reasonAgent = drawAgentReason(random, facts);
  const closedAt = close(random, log, slots, course, refund, pausedUntil);
  const isRated = closedAt > 0 && closedAt <= CUT_OFF && !facts.isSpam && !facts.mergedInto && random.chance(0.2);
  const csatAt = isRated ? closedAt + random.seconds(3 * HOUR, 1.2) : 0;
  return {
    closedAt,
    status: statusAt(log, closedAt),
    csatScore: known(csatAt) ? String(drawScore(random, facts, course)) : '',
    csatAt,
    reasonAgent: (closedAt && closedAt <= CUT_OFF) || random.chance(0.4) ? reasonAgent : '',
  };
}

/** Writes a ticket as a row of the canonical table, as it stood at a local second. */
export function writeTicket(facts: Case, ending: Ending, agent: string, updatedAt: number): string {
  return (
    `${facts.ticketId},${facts.sku.brand.id},${shopOf(facts)},${facts.platform},${facts.channel},${facts.vendor.id},${agent},${facts.customerId},${facts.orderId},${writeInstant(facts.orderedAt)},${facts.sku.id},${facts.requestType},` +
    `${facts.priority},${facts.severity},${writeInstant(facts.openedAt)},${writeInstant(ending.closedAt)},${ending.status},${ending.reasonAgent},${writeInstant(updatedAt)},${facts.mergedInto},${facts.isSpam ? 'true' : ''},${ending.csatScore},${writeInstant(ending.csatAt)}`
  );
}

function escalate(random: Random, log: TicketLog, slots: Slots): void {
  const at = dutySecond(random, log.facts.vendor, log.lastAt + random.seconds(900, 1));
  const backAt = within(at + random.seconds(7 * HOUR, 0.9), 9, 21);
  log.happen(at, 'escalated_to_brand', 'agent', slots.agent);
  log.happen(backAt, 'returned_to_vendor', 'brand');
  log.say(backAt, 'brand', fill(textsFor(log.facts).pool('A', 'brand_note', false), random, slots), {
    isPrivate: true,
  });
}

/** Writes the platform's part: of the refund where there is one, of the ticket for complaints without. */
function callPlatform(random: Random, log: TicketLog, facts: Case, refund: Refund | undefined): void {
  const hasOwn = !refund && facts.requestType === 'complaint' && random.chance(0.05 * (1 + facts.vendor.transfers * 6));
  if (hasOwn) {
    const at = within(facts.openedAt + random.seconds(2 * DAY, 0.5), 7, 24);
    log.happen(at, 'platform_intervened', 'platform');
    log.happen(
      within(at + random.seconds(4 * DAY, 0.3), 9, 21),
      'platform_judged',
      'platform',
      0,
      ['buyer', 'seller', 'withdrawn'][random.weighted([55, 26, 19])],
    );
  } else if (refund && refund.intervenedAt && random.chance(0.3)) {
    log.happen(refund.intervenedAt, 'platform_intervened', 'platform');
    log.happen(refund.judgedAt, 'platform_judged', 'platform', 0, refund.judgedFor);
  }
}

/** Waits for the buyer after the last answer, and returns when that was over. */
function pause(random: Random, log: TicketLog, slots: Slots): number {
  const at = log.lastAt + random.between(2, 300);
  const resumedAt = within(at + random.seconds(8 * HOUR, 0.8), 7, 24);
  log.happen(at, 'waiting_customer', 'agent', slots.agent);
  log.happen(resumedAt, 'resumed', 'system');
  return resumedAt;
}

/** Closes the ticket and returns when; some marketplaces only give the closing time, the others a history of states. */
function close(
  random: Random,
  log: TicketLog,
  slots: Slots,
  course: Course,
  refund: Refund | undefined,
  pausedUntil: number,
): number {
  const { facts } = log;
  const waits = refund !== undefined && endOf(refund) > 0 && random.chance(0.3);
  let solvedAt =
    Math.max(log.lastAt, facts.openedAt, pausedUntil) +
    random.seconds(course.isAnswered ? 1500 : 2.5 * DAY, course.isAnswered ? 1.2 : 0.5);
  if (waits && refund) solvedAt = Math.max(solvedAt, endOf(refund) + random.seconds(HOUR, 0.8));
  if (course.isAnswered) solvedAt = dutySecond(random, facts.vendor, solvedAt);
  if ((course.isAbandoned && random.chance(0.25)) || random.chance(0.006)) return 0;
  const hasHistory = !facts.isSpam && random.chance(0.62);
  if (!hasHistory) return solvedAt;
  if (course.isAnswered && random.chance(0.08))
    log.happen(Math.min(solvedAt - 1, log.lastAt + random.between(1, 120)), 'pending', 'agent', slots.agent);
  log.happen(solvedAt, 'solved', course.isAnswered ? 'agent' : 'system', course.isAnswered ? slots.agent : 0);
  if (random.chance(0.02)) log.happen(solvedAt + random.between(5, 900), 'solved', 'agent', slots.agent);
  if (course.isAnswered && random.chance(facts.vendor.reopens * (facts.severity === 'A' ? 0.7 : 1.8)))
    solvedAt = reopen(random, log, slots, solvedAt);
  if (!random.chance(0.42)) return random.chance(0.5) ? solvedAt : 0;
  const closedAt = solvedAt + random.seconds(1.2 * DAY, 0.4);
  log.happen(closedAt, 'closed', 'system');
  return closedAt;
}

function reopen(random: Random, log: TicketLog, slots: Slots, solvedAt: number): number {
  const { facts } = log;
  const wishedAt = within(solvedAt + random.seconds(1.6 * DAY, 1.1), 7, 24);
  const backAt = facts.channel === 'phone' ? nextStaffed(facts.vendor, wishedAt) : wishedAt;
  if (backAt > CUT_OFF) return solvedAt;
  resume(random, log, slots, backAt);
  log.happen(backAt + random.between(1, 30), random.chance(0.85) ? 'reopened' : 'open', 'system');
  const again = dutySecond(random, facts.vendor, Math.max(log.lastAt, backAt) + random.seconds(2 * HOUR, 1));
  log.happen(again, 'solved', 'agent', slots.agent);
  return again;
}

function statusAt(log: TicketLog, closedAt: number): string {
  if (closedAt > 0 && closedAt <= CUT_OFF) return 'closed';
  let status = 'open';
  let latest = 0;
  for (const { at, kind } of log.events) {
    if (at > CUT_OFF || at < latest) continue;
    if (kind === 'solved' || kind === 'pending' || kind === 'open' || kind === 'reopened' || kind === 'closed') {
      latest = at;
      status = kind === 'reopened' ? 'open' : kind;
    }
  }
  return status;
}

function drawScore(random: Random, facts: Case, course: Course): number {
  const mood =
    facts.vendor.csat -
    (facts.isAngry ? 1.2 : 0) -
    (facts.severity === 'C' ? 0.5 : 0) -
    (course.gamed ? 0.6 : 0) -
    (course.isAnswered ? 0 : 2);
  const noise = random.unit() + random.unit() + random.unit() - 1.5;
  return Math.max(1, Math.min(5, Math.round(mood + noise * 1.6)));
}
