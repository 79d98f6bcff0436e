import { AGENT } from './phrases_agent.ts';
import { BUYER } from './phrases_buyer.ts';
import { compilePool, type Pool } from './template.ts';
import type { Case } from './case_facts.ts';

export type Speaker = 'C' | 'A' | 'B' | 'E';

/** One step of a conversation: who says something from which pool, or an event that happens. */
export interface Step {
  speaker: Speaker;
  pool: string;
  chance: number;
  /** Taken only when the step before it was. */
  follows: boolean;
  /** Taken only when the step before it was not. */
  replaces: boolean;
  /** Median seconds since the step before, where it is not a reply within the chat. */
  gapSeconds: number;
}

const GAPS: Record<string, number> = { m: 60, h: 3600, d: 86_400 };
const OPENING = 'C hello .3; B bot .4; C human .1 ?; C say; C picture .14; C more .07; A first .82';
const MONEY_SETTLED = 'A compensation_done .85 ?; C account .15 ?; A noted ?';

/**
 * Conversations by name, steps separated by semicolons: speaker (C buyer, A agent, B bot, E event), pool, chance,
 * `?` only if the step before was taken, `!` only if it was not, `+2h` median pause before it.
 * `say`, `probe`, `detail`, `offer` depend on the reason.
 */
const TEXTS: Record<string, string> = {
  cancel: `${OPENING}; A unshipped_keep .3; C want_refund ?; A cancel_steps; E solution_offered; C applied .7; E applied; A refunded .75; C thanks .38; A bye .45 ?`,
  intercept: `${OPENING}; E applied; A intercept; E solution_offered; C ok .4; C chase_intercept .3 +12h; A intercept_result ?; A intercept_result .4 ! +20h; C ok .3; C thanks .25; A bye .5 ?`,
  partial: `${OPENING}; A probe .7; C detail .8 ?; A sorry .35; C want_compensation .5; A negotiate .4; C ask_money .85 ?; A offer_money; E solution_offered; C accept; E applied; ${MONEY_SETTLED}; C ok .35; C thanks .3; A bye .6 ?`,
  back: `${OPENING}; A probe .5; C detail .9 ?; A sorry .15; A offer .4; C want_refund ?; C want_refund .25; A return_steps; E solution_offered; C who_pays .25; A freight ?; C applied .6; E applied; A approved .45; E approved; A address .75; E return_address_sent; C ok .38; C shipped_back .34 +22h; E shipped ?; A receipt .85 ?; C chase .18 +90h; A chase_answer ?; C thanks .35; A bye .5 ?; A follow_up .05 +2d`,
  exchange: `${OPENING}; A probe .62; C detail .85 ?; A offer; E solution_offered; C want_exchange; A exchange_done; C who_pays .35; A freight ?; A address .6; E return_address_sent ?; C ok .4; C shipped_back .4 +20h; A receipt .8 ?; C chase_new .3 +60h; A new_parcel ?; C thanks .38; A bye .45 ?`,
  reship: `${OPENING}; A probe .6; C detail .9 ?; A sorry .4; A offer .8; E solution_offered; C want_reship .75; A reship_ask .3; C address ?; A reship_done; C ok .4; C chase_new .32 +30h; A new_parcel ?; C thanks .38; A bye .45 ?`,
  repair: `${OPENING}; A probe .85; C detail .9 ?; A offer .6; C want_repair .7; A repair_done; E solution_offered; A address .8; E return_address_sent ?; C ok .35; C shipped_back .55 +20h; A receipt .6 ?; C chase_repair .55 +90h; A repair_news ?; C thanks .45; A bye .7 ?`,
  complaint: `${OPENING}; C angry .6; A probe .5; C detail .8 ?; A sorry .7; C angry .45; A negotiate .6; C ask_money .85 ?; A offer_money; E solution_offered; C not_mine .15; A soothe ?; C phone_me .14; A call_back ?; A brand_wait .3; A brand_answer .85 ? +14h; C accept .6; ${MONEY_SETTLED}; C ok .4; A bye_ok .35 ?`,
  where: `${OPENING}; A probe .5; C detail .9 ?; A wait .4; A trace; E solution_offered; C ok .4; C angry .08; C chase_parcel .22 +20h; A trace_again ?; C thanks .45; A bye .7 ?`,
  price: `${OPENING}; A probe .62; C detail .85 ?; A offer_money; E solution_offered; C accept .8; ${MONEY_SETTLED}; C thanks .38; A bye .45 ?`,
  invoice: `${OPENING}; A probe; C detail; A offer; E solution_offered; C ok .35; C chase_invoice .12 +20h; A invoice_again ?; C thanks .5; A bye .6 ?`,
  ask: `${OPENING}; A probe .8; C detail .9 ?; A offer; E solution_offered; C ok .35; C who_pays .3; A freight ?; C thanks .38; A bye .45 ?`,
  outreach: 'A outreach; E solution_offered; C ok .5 +20m; C say .35; A sorry ?; A offer .8 ?; C ok .4; A bye_ok .3 ?',
  email: 'C mail_body; A email; E solution_offered; C mail_reply .4 +5h; A email_again .5 ?; E applied; E approved',
  form: 'C form_body .8; A first .7; A offer_money; E solution_offered; C accept .5 +20m; E applied; A compensation_done .7; C thanks .3; A bye .4 ?',
  form_back:
    'C form_body .8; A first .7; A offer; E solution_offered; C ok .5 +20m; C applied .4; E applied; A approved .6; E approved; A address .6; E return_address_sent ?; C thanks .3; A bye .4 ?',
  form_cancel:
    'C form_body .8; A first .7; A cancel_steps; E solution_offered; C applied .4 +20m; E applied; A refunded .6; C thanks .3; A bye .4 ?',
  form_intercept:
    'C form_body .8; A first .7; E applied; A intercept; E solution_offered; C ok .5 +20m; A intercept_result .5 +20h; C thanks .3; A bye .4 ?',
  form_other: 'C form_body .8; A first .7; A offer; E solution_offered; C ok .5 +20m; C thanks .3; A bye .4 ?',
  form_where: 'C form_body .8; A first .7; A trace; E solution_offered; C ok .5 +20m; C thanks .3; A bye .4 ?',
  call: 'A call; C call_open; C call_more .5; A call_solve; E solution_offered; C call_end .6; A call_bye .7 ?; E applied; E approved',
  duplicate: 'C hello .3; C say; A first .4; A same_ticket .7; C ok .3',
  spam: 'C spam; A spam_answer .2',
  again:
    'C back_again; C angry .3; A again; C chase_again .3; A again_solve .6; E solution_offered; C ok .35; A bye_ok .4 ?',
  again_call: 'A call; C call_again; A call_solve; E solution_offered; C call_end .6; A call_bye .7 ?',
  again_mail: 'C mail_again; A email_again; E solution_offered',
};

/** Questions about using a product, by what the buyer has of it; each is asked in `ask_x` and answered in `tell_x`. */
const TOPICS: Record<string, string[]> = {
  unshipped: ['sending', 'redirecting'],
  in_transit: ['arrival', 'redirecting'],
  wear: ['washing'],
  kids: ['washing'],
  bed: ['washing'],
  shoes: ['washing'],
  digital: ['handling', 'warranty'],
  kitchen: ['handling', 'warranty'],
  gear: ['handling', 'warranty'],
};
for (const topic of new Set(Object.values(TOPICS).flat()))
  TEXTS[`usage_${topic}`] =
    `C hello .5; B bot .5; B bot_answer .15 ?; C ask_${topic}; A first_plain .6; A tell_${topic}; E solution_offered; C ok .4; C thanks .38; A bye .45 ?`;

const SCRIPTS = new Map(Object.entries(TEXTS).map(([name, text]) => [name, text.split(';').map(readStep)]));
const POOLS = new Map<string, Pool>([
  ...Object.entries(BUYER).flatMap(([k, v]) => spellOut(k).map((key) => [`C ${key}`, compilePool(v)] as const)),
  ...Object.entries(AGENT).flatMap(([k, v]) => spellOut(k).map((key) => [`A ${key}`, compilePool(v)] as const)),
]);

/** Returns the steps of a script; throws for a name that does not exist. */
export function scriptNamed(name: string): Step[] {
  const steps = SCRIPTS.get(name);
  if (!steps) throw new RangeError(`no script ${name}`);
  return steps;
}

/** Chooses the script of a case by channel, request and reason. */
export function scriptFor(facts: Case): Step[] {
  if (facts.isSpam) return scriptNamed('spam');
  if (facts.mergedInto) return scriptNamed('duplicate');
  if (facts.isAgentStarted) return scriptNamed('outreach');
  if (facts.channel === 'email') return scriptNamed('email');
  if (facts.channel === 'form') return scriptNamed(formScript(facts));
  if (facts.channel === 'phone') return scriptNamed('call');
  switch (facts.requestType) {
    case 'refund_only_unshipped':
      return scriptNamed('cancel');
    case 'refund_only_shipped':
      return scriptNamed(facts.stage === 'delivered' ? 'partial' : 'intercept');
    case 'return_refund':
      return scriptNamed('back');
    case 'enquiry':
      return scriptNamed(enquiryScript(facts));
    default:
      return scriptNamed(facts.requestType);
  }
}

/** Finds the pools for cases of one reason, request, stage and kind of goods, and remembers them. */
export class Texts {
  private readonly buyer = new Map<string, Pool>();
  private readonly warm = new Map<string, Pool>();
  private readonly curt = new Map<string, Pool>();
  private readonly particulars: readonly string[];

  constructor(reason: string, request: string, goods: string, place: string) {
    this.particulars = [
      `.${reason}#${request}`,
      `.${reason}@${place}`,
      `.${reason}@${goods}`,
      `.${reason}`,
      `#${request}`,
      `@${place}`,
      `@${goods}`,
      '',
    ];
  }

  /** Returns the most particular pool for reason, request, stage or goods, and tone; throws when there is none. */
  pool(speaker: 'C' | 'A', name: string, isCurt: boolean): Pool {
    const found = speaker === 'C' ? this.buyer : isCurt ? this.curt : this.warm;
    const known = found.get(name);
    if (known) return known;
    const plain = this.particulars.map((particular) => name + particular);
    const terse = isCurt ? plain.map((key) => `${key}!`) : [];
    const pool = [...terse, ...plain].map((tried) => POOLS.get(`${speaker} ${tried}`)).find((p) => p !== undefined);
    if (!pool) throw new RangeError(`no texts for ${speaker} ${name}`);
    found.set(name, pool);
    return pool;
  }
}

const TEXTS_BY_KIND = new Map<string, Texts>();

/** Returns the texts that suit a case. */
export function textsFor(facts: Case): Texts {
  const { goods } = facts.sku.spu;
  const kind = `${facts.reason} ${facts.requestType} ${goods} ${placeOf(facts)}`;
  const known = TEXTS_BY_KIND.get(kind);
  if (known) return known;
  const texts = new Texts(facts.reason, facts.requestType, goods, placeOf(facts));
  TEXTS_BY_KIND.set(kind, texts);
  return texts;
}

/** Returns the script of a buyer who comes back after the case was closed. */
export function scriptForReturn({ channel }: Case): Step[] {
  return scriptNamed(channel === 'phone' ? 'again_call' : channel === 'email' ? 'again_mail' : 'again');
}

/** Where the goods are, and once they are with the buyer, what they are. */
function placeOf({ stage, sku }: Case): string {
  return stage === 'delivered' ? sku.spu.goods : stage;
}

function formScript(facts: Case): string {
  if (goesBack(facts)) return 'form_back';
  if (facts.requestType === 'refund_only_unshipped') return 'form_cancel';
  if (facts.requestType === 'refund_only_shipped') return facts.stage === 'delivered' ? 'form' : 'form_intercept';
  if (facts.requestType === 'reship') return 'form_other';
  if (facts.stage !== 'delivered' && (facts.reason === 'late' || facts.reason === 'lost')) return 'form_where';
  const isAboutMoney = ['price', 'promise', 'late'].includes(facts.reason) || facts.requestType === 'complaint';
  return isAboutMoney ? 'form' : 'form_other';
}

function goesBack({ requestType }: Case): boolean {
  return requestType === 'return_refund' || requestType === 'exchange' || requestType === 'repair';
}

function enquiryScript(facts: Case): string {
  const isWaiting = facts.stage !== 'delivered';
  if (facts.reason === 'lost' || (facts.reason === 'late' && isWaiting)) return 'where';
  if (facts.reason === 'late' || facts.reason === 'price' || facts.reason === 'promise') return 'price';
  if (facts.reason === 'invoice') return 'invoice';
  if (!isWaiting && facts.index % 3 !== 0) return 'ask';
  const topics = TOPICS[placeOf(facts)] ?? ['handling'];
  return `usage_${topics[facts.index % topics.length] ?? 'handling'}`;
}

/** Writes out a key for several reasons, requests or goods: `more.flaw|odour` is `more.flaw` and `more.odour`. */
function spellOut(key: string): string[] {
  const found = /^(.*[.@#])([^.@#!]*\|[^.@#!]*)(.*)$/.exec(key);
  if (!found) return [key];
  const [, before = '', words = '', after = ''] = found;
  return words.split('|').flatMap((word) => spellOut(before + word + after));
}

function readStep(text: string): Step {
  const [speaker = '', pool = '', ...rest] = text.trim().split(' ');
  const step: Step = { speaker: readSpeaker(speaker), pool, chance: 1, follows: false, replaces: false, gapSeconds: 0 };
  for (const word of rest) {
    if (word === '?') step.follows = true;
    else if (word === '!') step.replaces = true;
    else if (word.startsWith('+')) step.gapSeconds = Number(word.slice(1, -1)) * (GAPS[word.slice(-1)] ?? 0);
    else step.chance = Number(word);
  }
  return step;
}

function readSpeaker(text: string): Speaker {
  if (text === 'C' || text === 'A' || text === 'B' || text === 'E') return text;
  throw new RangeError(`no speaker ${text}`);
}
