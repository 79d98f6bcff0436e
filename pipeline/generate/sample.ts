import { SKUS } from './catalogue.ts';
import { drawCase, type Case } from './case_facts.ts';
import { ConductTruth } from './conduct.ts';
import { converse, type Course } from './conversation.ts';
import { finish, writeTicket, type Ending } from './lifecycle.ts';
import { CUT_OFF, HOUR, known, LAST_DAY, writeInstant } from './local_time.ts';
import { Random } from './random.ts';
import { drawRefund, type Refund } from './refund.ts';
import { drawWords, lastKnown, writeExportedRefund, writeRefund } from './refund_row.ts';
import { RefundCounts } from './sales.ts';
import type { SampleFiles } from './sample_files.ts';
import { scriptFor } from './scripts.ts';
import type { Slots } from './slots.ts';
import { TicketLog } from './ticket_log.ts';
import { newTally, type Tally } from './truth.ts';
import { agentId } from './vendors.ts';

const STANDALONE_SHARE = 0.025;
const SECOND_REFUND_SHARE = 0.012;
const EXPORTED = { brand: 'muyun', platform: 'tmall' };

/** Draws cases one after the other and writes their rows; keeps nothing but the case before and running counts. */
export class Sample {
  readonly refunds = new RefundCounts();
  readonly tally: Tally = newTally();
  private readonly files: SampleFiles;
  private readonly count: number;
  private readonly facts: Random;
  private readonly talk: Random;
  private readonly money: Random;
  private readonly conduct: Random;
  private previous: Case | undefined;

  constructor(files: SampleFiles, seed: number, count: number) {
    this.files = files;
    this.count = count;
    this.facts = new Random(seed, 'facts');
    this.talk = new Random(seed, 'talk');
    this.money = new Random(seed, 'money');
    this.conduct = new Random(seed, 'conduct');
  }

  /** Writes everything about case `index`, which must follow the one before, and returns its facts. */
  add(index: number): Case {
    const facts = drawCase(this.facts, index, this.count, this.previous);
    this.talk.restart(index);
    this.money.restart(index);
    this.conduct.restart(index);
    const log = new TicketLog(facts, this.files.messages);
    const slots: Slots = {
      case: facts,
      random: this.talk,
      agent: facts.agent,
      tracking: '',
      newTracking: '',
      compensationYuan: compensationFor(this.money, facts),
      name: '',
      phone: '',
      address: '',
      mail: '',
      used: this.tally.personalData,
      conduct: new ConductTruth(this.conduct, facts),
    };
    const course = converse(this.talk, log, slots, scriptFor(facts), startOf(this.talk, facts));
    const refund = drawRefund(this.money, facts, course);
    const ending = finish(this.talk, log, slots, course, refund);
    for (const row of slots.conduct.rows()) this.files.conduct.add(row);
    this.writeTicket(log, slots, ending, refund);
    log.writeEvents(this.files.events, facts.platform === 'jd' || facts.platform === 'pdd');
    this.repeatEvent(log);
    if (refund) this.writeRefund(facts, refund);
    if (refund) this.writeSecondRefund(facts, refund, course);
    if (this.money.chance(STANDALONE_SHARE)) this.writeStandaloneRefund(facts);
    this.tallyUp(facts, course, log);
    this.previous = facts;
    return facts;
  }

  private writeTicket(log: TicketLog, slots: Slots, ending: Ending, refund: Refund | undefined): void {
    const { facts } = log;
    const updatedAt = Math.min(
      CUT_OFF,
      Math.max(
        log.lastAt,
        known(ending.closedAt),
        known(ending.csatAt),
        refund ? lastKnown(refund) : 0,
        facts.openedAt,
      ) + this.talk.between(0, 50),
    );
    const agent = agentId(facts.vendor, slots.agent);
    if (this.talk.chance(0.015) && updatedAt > facts.openedAt + 60) {
      const earlier = { closedAt: 0, status: 'open', csatScore: '', csatAt: 0, reasonAgent: '' };
      this.files.tickets.add(writeTicket(facts, earlier, agentId(facts.vendor, facts.agent), facts.openedAt + 30));
      this.tally.superseded.tickets++;
    }
    this.files.tickets.add(writeTicket(facts, ending, agent, updatedAt));
  }

  /** Some exports hold the same event twice, in every column. */
  private repeatEvent(log: TicketLog): void {
    const event = log.events.find((e) => e.kind === 'solution_offered');
    if (!event || event.at > CUT_OFF || !this.talk.chance(0.002)) return;
    const { facts } = log;
    const sequence = facts.platform === 'jd' || facts.platform === 'pdd' ? String(log.events.indexOf(event) + 1) : '';
    this.files.events.add(
      `${facts.ticketId},${writeInstant(event.at)},${event.kind},${sequence},${event.actor},${agentId(facts.vendor, event.agent)},`,
    );
    this.tally.superseded.events++;
  }

  private writeRefund(facts: Case, refund: Refund): void {
    const isExported = facts.sku.brand.id === EXPORTED.brand && facts.platform === EXPORTED.platform;
    const words = drawWords(this.money, facts, refund);
    const file = isExported ? this.files.refunds_tmall : this.files.refunds;
    const write = isExported ? writeExportedRefund : writeRefund;
    if (this.money.chance(0.01)) {
      const earlier = {
        ...refund,
        approvedAt: 0,
        rejectedAt: 0,
        buyerShippedAt: 0,
        pickedUpAt: 0,
        receivedAt: 0,
        inspectedAt: 0,
        refundedAt: 0,
        closedAt: 0,
        interceptAt: 0,
        lastScanAt: 0,
        intervenedAt: 0,
        judgedAt: 0,
      };
      file.add(write(facts, earlier, { ...words, reasonWarehouse: '' }));
      this.tally.superseded[isExported ? 'refunds_tmall' : 'refunds']++;
    }
    file.add(write(facts, refund, words));
    this.refunds.add(facts.orderDay, facts.sku.index);
    this.tally.refunds++;
    if (isExported || refund.ticketId === '') this.tally.refundsWithoutTicketId++;
    if (known(refund.intervenedAt)) this.tally.refundsIntervened++;
  }

  /** A part of the money again, some days after the goods were settled. */
  private writeSecondRefund(facts: Case, refund: Refund, course: Course): void {
    if (!known(refund.refundedAt) || !this.money.chance(SECOND_REFUND_SHARE)) return;
    const again: Case = {
      ...facts,
      requestType: 'refund_only_shipped',
      stage: 'delivered',
      openedAt: refund.refundedAt + this.money.between(2, 50) * HOUR,
    };
    const second = drawRefund(this.money, again, { ...course, appliedAt: again.openedAt, approvedAt: 0 });
    if (!second) return;
    this.writeRefund(again, {
      ...second,
      id: `${facts.messagePrefix}7${this.money.below(10)}`,
      ticketId: facts.ticketId,
    });
  }

  /** A refund that nobody ever asked about. */
  private writeStandaloneRefund(facts: Case): void {
    const alone: Case = {
      ...facts,
      orderId: `9${facts.orderId.slice(1)}`,
      customerId: `c${800_000_000 + this.money.below(99_999_999)}`,
      isAngry: false,
      requestType: facts.stage === 'unshipped' ? 'refund_only_unshipped' : 'return_refund',
      stage: facts.stage === 'unshipped' ? 'unshipped' : 'delivered',
    };
    const refund = drawRefund(this.money, alone, undefined);
    if (!refund) return;
    this.writeRefund(alone, { ...refund, id: `${facts.messagePrefix}9${this.money.below(10)}`, ticketId: '' });
    this.tally.refundsOfNoTicket++;
  }

  /** Writes the last refund of the night into the platform's export, so that even a small export reaches the cut-off. */
  finish(): void {
    const sku = SKUS.find(({ brand }) => brand.id === EXPORTED.brand);
    if (!this.previous || !sku) return;
    const { previous } = this;
    const times = { openedAt: CUT_OFF - 60, orderedAt: CUT_OFF - 3 * HOUR, orderDay: LAST_DAY };
    const last: Case = {
      ...previous,
      ...times,
      sku,
      platform: EXPORTED.platform,
      stage: 'unshipped',
      defect: undefined,
      reason: 'changed_mind',
    };
    this.writeStandaloneRefund(last);
  }

  private tallyUp(facts: Case, course: Course, log: TicketLog): void {
    const { tally } = this;
    if (facts.isSpam) tally.spam++;
    if (facts.mergedInto) tally.merged++;
    if (facts.isAgentStarted && !facts.isSpam && !facts.mergedInto) tally.agentStarted++;
    if (!course.isAnswered) tally.unanswered++;
    if (course.gamed) tally.gamed++;
    if (log.events.some((e) => e.kind === 'transferred')) tally.transferred++;
    if (facts.defect) tally.defects[facts.defect.id] = (tally.defects[facts.defect.id] ?? 0) + 1;
  }
}

function startOf(random: Random, facts: Case): number {
  if (facts.isAgentStarted || facts.channel === 'form' || facts.channel === 'phone') return facts.openedAt;
  const draw = random.unit();
  return draw < 0.6
    ? facts.openedAt
    : draw < 0.85
      ? facts.openedAt + random.between(1, 20)
      : facts.openedAt - random.between(5, 180);
}

function compensationFor(random: Random, facts: Case): number {
  const most = Math.max(5, Math.min(80, facts.sku.priceMinor / 500));
  return Math.max(3, Math.round((random.unit() * most) / 5) * 5);
}
