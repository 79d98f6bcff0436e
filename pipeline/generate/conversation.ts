import type { Case } from './case_facts.ts';
import { drawPlaceholder } from './gaming.ts';
import { DAY, HOUR } from './local_time.ts';
import { FALSE_RULE, GAMING, OVERLOAD } from './planted.ts';
import type { Random } from './random.ts';
import { scriptForReturn, textsFor, type Step, type Texts } from './scripts.ts';
import type { Slots } from './slots.ts';
import { fill } from './template.ts';
import type { TicketLog } from './ticket_log.ts';
import { answerSecond, isOverloaded, nextStaffed } from './staffing.ts';
import { drawAgent } from './vendors.ts';

/** What a conversation meant for the refund and the case, in local seconds; 0 where it did not happen. */
export interface Course {
  appliedAt: number;
  approvedAt: number;
  shippedAt: number;
  isAnswered: boolean;
  isAbandoned: boolean;
  gamed: boolean;
}

const PACE: Record<Case['channel'], number> = { chat: 1, platform: 2, form: 3, email: 14, phone: 0.15 };

/** What is only said in answer to the other side, never after a message of one's own. */
const ANSWERS_ONLY = new Set(['ok', 'thanks', 'accept', 'ask_money', 'want_refund', 'call_end', 'mail_reply']);

/** What is only said where it can be meant. */
const REASONS_FOR: Record<string, ReadonlySet<string>> = {
  picture: new Set([
    ...['size_small', 'size_large', 'colour', 'not_as_described', 'flaw', 'malfunction'],
    ...['damaged', 'missing', 'wrong_item', 'promise', 'price'],
  ]),
  not_mine: new Set(['flaw', 'malfunction', 'damaged']),
  who_pays: new Set([
    ...['size_small', 'size_large', 'colour', 'not_as_described', 'flaw', 'malfunction'],
    ...['odour', 'wrong_item', 'changed_mind'],
  ]),
};

/** Where a false rule about returns could be told at all. */
const FALSE_RULE_REASONS = new Set([
  ...['size_small', 'size_large', 'colour', 'not_as_described', 'flaw', 'malfunction', 'odour', 'changed_mind'],
]);
const LONGEST_RINGING_SECONDS = 150;

/** Plays the steps of a script from a local second on, writing messages and events to the log. */
export function converse(random: Random, log: TicketLog, slots: Slots, steps: Step[], startAt: number): Course {
  const talk = new Conversation(random, log, slots, startAt);
  let taken = false;
  for (const step of steps) {
    const chance = chanceOf(step, log.facts);
    const isTurn: boolean = step.follows ? taken : !step.replaces || !taken;
    taken = isTurn && talk.isFitting(step) && (step.speaker === 'E' || random.chance(chance));
    if (taken && !talk.take(step)) break;
  }
  talk.promise();
  return talk.course;
}

/** A vendor's bot and its manners decide how often it greets and says goodbye. */
function chanceOf({ speaker, pool, chance }: Step, { vendor }: Case): number {
  if (speaker === 'B') return chance * 1.3 * vendor.bot;
  return pool.startsWith('bye') ? chance * 2 * vendor.warm : chance;
}

class Conversation {
  readonly course: Course = {
    appliedAt: 0,
    approvedAt: 0,
    shippedAt: 0,
    isAnswered: false,
    isAbandoned: false,
    gamed: false,
  };
  private readonly random: Random;
  private readonly log: TicketLog;
  private readonly slots: Slots;
  private readonly facts: Case;
  private readonly texts: Texts;
  private readonly startAt: number;
  private now: number;
  private last: 'C' | 'A' | 'B' | '' = '';
  private answers = 0;
  private isGreeted = false;
  private readonly answersBeforeSilence: number;
  private readonly transferAfter: number;
  private readonly isCurt: boolean;
  private readonly canGreet: boolean;

  constructor(random: Random, log: TicketLog, slots: Slots, startAt: number) {
    this.random = random;
    this.log = log;
    this.slots = slots;
    this.facts = log.facts;
    this.texts = textsFor(log.facts);
    this.now = startAt;
    this.startAt = Math.min(startAt, log.lastAt === 0 ? log.facts.openedAt : startAt);
    const { vendor } = this.facts;
    const silent =
      vendor.silent *
      (isOverloaded(vendor, startAt) ? OVERLOAD.silentFactor : nextStaffed(vendor, startAt) > startAt ? 2 : 1);
    this.answersBeforeSilence =
      random.chance(silent) && !this.facts.isAgentStarted && this.facts.channel !== 'phone'
        ? random.pick([0, 0, 1, 2])
        : Infinity;
    this.transferAfter =
      random.chance(vendor.transfers) && this.facts.channel !== 'phone' && !this.facts.mergedInto
        ? random.between(1, 2)
        : -1;
    this.canGreet = this.facts.channel === 'chat' || this.facts.channel === 'platform';
    this.isCurt = !random.chance(vendor.warm);
  }

  /** Tells whether a step makes sense now: nobody thanks or agrees after a message of their own, no bot greets after an agent did. */
  isFitting({ speaker, pool }: Step): boolean {
    if (speaker !== 'C') return speaker !== 'B' || !this.isGreeted;
    return (this.last === 'A' || !ANSWERS_ONLY.has(pool)) && (REASONS_FOR[pool]?.has(this.facts.reason) ?? true);
  }

  /** Takes one step; returns false when nobody goes on. */
  take(step: Step): boolean {
    if (step.speaker === 'E') this.mark(step.pool);
    else if (step.speaker === 'C') this.buyerSays(step);
    else if (step.speaker === 'B') this.botSays(step.pool);
    else return this.agentSays(step);
    return true;
  }

  private text(speaker: 'C' | 'A', name: string, isCurt = false): string {
    return fill(this.texts.pool(speaker, name, isCurt), this.random, this.slots);
  }

  private buyerSays(step: Step): void {
    const { random } = this;
    if (this.last !== '') this.now = this.buyersTurn(step);
    const asked = this.text('C', step.pool);
    this.log.say(this.now, 'customer', asked);
    this.slots.conduct.question(asked);
    const { vendor } = this.facts;
    const isStaffed = nextStaffed(vendor, this.now) === this.now;
    if (this.last === '' && this.canGreet && isStaffed && random.chance(vendor.bot * 0.22)) {
      this.isGreeted = true;
      this.log.say((this.now += random.between(0, 2)), 'agent', this.text('A', 'auto'), {
        agent: this.slots.agent,
        isAutomatic: true,
      });
    }
    this.last = 'C';
  }

  /** Returns when the buyer writes next: at once after an own message, later after an answer, by day after a pause. */
  private buyersTurn(step: Step): number {
    const { random, now } = this;
    if (this.facts.channel === 'phone') return now + random.seconds(8, 0.5);
    if (step.gapSeconds > 0) return awake(now + random.seconds(step.gapSeconds, 0.5));
    if (this.last !== 'A') return now + random.seconds(13, 0.7);
    return awake(now + random.seconds(random.chance(0.1) ? 2400 : 62, 1));
  }

  private botSays(pool: string): void {
    const isNight = nextStaffed(this.facts.vendor, this.now) > this.now + 1800;
    this.now += this.random.between(0, 3);
    this.log.say(this.now, 'bot', this.text('A', isNight && pool === 'bot' ? 'bot_night' : pool), {
      isAutomatic: true,
    });
    if (this.last === '') this.last = 'B';
  }

  private agentSays(step: Step): boolean {
    if (this.answers >= this.answersBeforeSilence) return this.giveUp();
    const { random, facts, slots } = this;
    const isFirst = !this.course.isAnswered;
    if (step.gapSeconds > 0)
      this.now = nextStaffed(facts.vendor, this.now + random.seconds(step.gapSeconds, 0.4)) + random.seconds(300, 1);
    else if (this.last === '' && facts.isAgentStarted) this.course.isAnswered = true;
    else if (facts.channel === 'phone')
      this.now += isFirst ? Math.min(LONGEST_RINGING_SECONDS, random.seconds(14, 0.8)) : random.seconds(9, 0.5);
    else if (this.last === 'A') this.now += random.seconds(18, 0.6);
    else
      this.now = isFirst
        ? this.firstAnswer()
        : answerSecond(random, facts.vendor, slots.agent, this.now, false, PACE[facts.channel]);
    const isFalse =
      step.pool === 'offer' &&
      facts.vendor.id === FALSE_RULE.vendor &&
      facts.stage === 'delivered' &&
      FALSE_RULE_REASONS.has(facts.reason) &&
      random.chance(FALSE_RULE.share);
    this.write(isFalse ? 'false_rule' : step.pool, this.isCurt);
    this.answers++;
    this.course.isAnswered = true;
    this.last = 'A';
    if (this.answers === this.transferAfter) this.transfer();
    if (random.chance(0.025)) this.note();
    if (this.answers > 1) this.misbehave();
    return true;
  }

  /** Writes an answer that the buyer reads. */
  private write(pool: string, isCurt: boolean, at = this.now, milliseconds = 0): void {
    this.say(pool, isCurt, this.text('A', pool, isCurt), at, milliseconds);
  }

  private say(pool: string, isCurt: boolean, text: string, at = this.now, milliseconds = 0): void {
    this.log.say(at, 'agent', text, { agent: this.slots.agent, milliseconds });
    this.slots.conduct.answer(at, pool, isCurt, text);
  }

  /** Says once what was planted into the case, with times from a stream of its own. */
  private misbehave(): void {
    const { conduct } = this.slots;
    const { plant, random } = conduct;
    if (plant === undefined || plant === 'keeps_promise' || plant === 'breaks_promise') return;
    conduct.plant = undefined;
    if (plant === 'pastes') {
      const text = this.text('A', 'pasted');
      for (let times = 0; times < 3; times++) {
        this.now += random.between(20, 90);
        this.say('pasted', false, text);
      }
      conduct.note('repeated');
    } else {
      this.now += random.between(8, 40);
      this.write(plant, false);
    }
  }

  /** Ends a conversation with a promise, kept or not. */
  promise(): void {
    const { conduct } = this.slots;
    const { plant, random } = conduct;
    if ((plant !== 'keeps_promise' && plant !== 'breaks_promise') || this.last !== 'A' || this.course.isAbandoned)
      return;
    conduct.plant = undefined;
    this.now += random.between(15, 60);
    this.write('promise', false);
    conduct.promised(plant === 'keeps_promise' ? 'passed' : 'failed');
    if (plant === 'breaks_promise') return;
    this.now += random.between(900, 5400);
    this.write('promise_kept', false);
  }

  /** Returns when the first real answer comes; a vendor that games the clock sends a placeholder first. */
  private firstAnswer(): number {
    const { random, facts, slots } = this;
    const due = answerSecond(random, facts.vendor, slots.agent, this.now, true, PACE[facts.channel]);
    const placeholder = drawPlaceholder(random, facts, this.startAt, this.now);
    if (!placeholder) return due;
    const { kind, at, milliseconds } = placeholder;
    this.write(kind, false, at, milliseconds);
    if (kind === 'instant') return due;
    this.course.gamed = true;
    return nextStaffed(facts.vendor, at + random.seconds(GAMING.realAnswerMedianSeconds, 0.7));
  }

  /** The buyer asks into the void for a while. */
  private giveUp(): boolean {
    this.course.isAbandoned = true;
    if (this.facts.channel === 'form') return false;
    const pool = this.facts.channel === 'email' ? 'mail_nag' : 'nag';
    for (const median of this.facts.channel === 'email' ? [26 * HOUR] : [400, 5 * HOUR, 20 * HOUR]) {
      if (!this.random.chance(0.6)) break;
      this.now = awake(this.now + this.random.seconds(median, 0.6));
      this.log.say(this.now, 'customer', this.text('C', pool));
    }
    return false;
  }

  /** Leaves a note for colleagues; nothing is said before it is written. */
  private note(): void {
    this.now += this.random.between(2, 40);
    this.log.say(this.now, 'agent', this.text('A', 'note'), { agent: this.slots.agent, isPrivate: true });
  }

  private transfer(): void {
    const { random, log, slots, facts } = this;
    this.now += random.seconds(25, 0.6);
    this.write('transfer', this.isCurt);
    log.happen(this.now + 1, 'transferred', 'agent', slots.agent);
    if (random.chance(0.5)) this.note();
    const asked = this.now;
    slots.agent = drawAgent(random, asked);
    this.now = answerSecond(random, facts.vendor, slots.agent, asked, true, 1.5);
    this.write('takeover', this.isCurt);
  }

  private mark(kind: string): void {
    const { course, log, slots } = this;
    if (kind === 'applied') course.appliedAt = this.now;
    else if (kind === 'approved') course.approvedAt = this.now + this.random.between(5, 90);
    else if (kind === 'shipped') course.shippedAt = this.last === 'C' ? this.now - this.random.below(1800) : 0;
    else if (
      course.isAnswered &&
      (kind !== 'solution_offered' || this.random.chance(this.facts.vendor.tagsRight - 0.4))
    ) {
      log.happen(this.now + 1, kind, 'agent', slots.agent);
      if (kind === 'return_address_sent') slots.conduct.addressed();
    }
  }
}

/** Moves a local second of the small hours to the morning. */
function awake(second: number): number {
  const hour = (second % DAY) / HOUR;
  return hour >= 1.5 && hour < 7 ? second + 6 * HOUR : second;
}

/** Plays the conversation of a buyer who comes back after the case was closed. */
export function resume(random: Random, log: TicketLog, slots: Slots, at: number): Course {
  slots.conduct.resumed();
  return converse(random, log, slots, scriptForReturn(log.facts), at);
}
