import type { Case } from './case_facts.ts';
import { CONDUCT } from './planted.ts';
import type { Random } from './random.ts';

/** Flaws and near misses of conduct that are put into conversations, and what is true of each conversation. */
export const conductPlants = ['asks', 'exposes', 'pastes', 'keeps_promise', 'breaks_promise', 'near_miss'] as const;
export type ConductPlant = (typeof conductPlants)[number];

const faults = new Set([
  ...['flaw', 'malfunction', 'damaged', 'missing', 'wrong_item', 'colour', 'odour', 'not_as_described'],
]);
const promiseRequests: readonly string[] = ['exchange', 'repair'];
const goodbyeSeconds = 600;

const greetings = new Set(['first', 'first_plain', 'takeover', 'instant', 'call', 'email', 'stall', 'outreach']);
const ungreeting = [
  ...['亲，非常抱歉', '亲，理解您的心情', '抱歉抱歉亲', '亲什么问题', '亲 稍等', '请提供订单号'],
  ...['亲，您的问题已收到', '亲亲，正在为您反馈', '亲，这边正在查询'],
];
const goodbyes = new Set(['bye', 'bye_ok', 'call_bye', 'follow_up']);
const evasive = ['我们也没办法', '这不归我管 给你转'];
const pictureless = ['订单号', '请问方便说下具体什么情况', '亲，重启过吗', '请问有摔过或进水吗'];

interface Said {
  at: number;
  pool: string;
  isCurt: boolean;
  text: string;
}

/** Draws what is planted into a case, if anything, from a stream of its own. */
export function drawPlant(random: Random, facts: Case): ConductPlant | undefined {
  const { shares, careless, factor } = CONDUCT;
  if (facts.channel !== 'chat' || facts.isSpam || facts.mergedInto || facts.isAgentStarted) return undefined;
  const chance = facts.vendor.id === careless ? factor : 1;
  return conductPlants.find((plant) => {
    const isPromise = plant === 'keeps_promise' || plant === 'breaks_promise';
    const share = plant === 'near_miss' ? shares[plant] : shares[plant] * chance;
    return (!isPromise || promiseRequests.includes(facts.requestType)) && random.chance(share);
  });
}

/** Follows one conversation and tells which checks it fails, by who wrote which line and why, not by its words. */
export class ConductTruth {
  readonly random: Random;
  plant: ConductPlant | undefined;
  private readonly facts: Case;
  private readonly answers: Said[] = [];
  private readonly failed = new Set<string>();
  private hasPicture = false;
  private hasAddress = false;
  private promise: 'passed' | 'failed' | undefined;

  constructor(random: Random, facts: Case) {
    this.random = random;
    this.facts = facts;
    this.plant = drawPlant(random, facts);
  }

  /** Notes a public answer typed by a person. */
  answer(at: number, pool: string, isCurt: boolean, text: string): void {
    this.answers.push({ at, pool, isCurt, text });
    if (pool === 'false_rule' || evasive.includes(text)) this.failed.add('forbidden');
    if (pool === 'address') this.hasAddress = true;
    if (pool === 'asks' || pool === 'exposes') this.failed.add('personal_data');
    if (pool === 'probe' && faults.has(this.facts.reason) && !pictureless.some((line) => text.startsWith(line)))
      this.hasPicture = true;
  }

  /** Notes that the system sent the return address. */
  addressed(): void {
    this.hasAddress = true;
  }

  /** Notes what the buyer wrote. */
  question(text: string): void {
    if (/\[(?:图片|视频)|附件/.test(text)) this.hasPicture = true;
  }

  note(check: 'repeated'): void {
    this.failed.add(check);
  }

  promised(verdict: 'passed' | 'failed'): void {
    this.promise = verdict;
  }

  /** A conversation that goes on after it was closed may keep a promise or make another: nothing is claimed of it. */
  resumed(): void {
    this.promise = undefined;
  }

  /** The rows of the truth file: a check that a case fails, and of promises also those kept. */
  rows(): string[] {
    const { answers, failed, facts } = this;
    const first = answers[0];
    const last = answers.at(-1);
    if (first && !isGreeting(first)) failed.add('greeting');
    if (last && !answers.some((said) => said.at >= last.at - goodbyeSeconds && isGoodbye(said))) failed.add('closing');
    if (!this.hasAddress) failed.add('return_address');
    if (faults.has(facts.reason) && !this.hasPicture && facts.channel !== 'phone') failed.add('intake');
    const rows = [...failed].map((check) => `${facts.ticketId},${check},failed`);
    return this.promise === undefined ? rows : [...rows, `${facts.ticketId},promise,${this.promise}`];
  }
}

function isGreeting({ pool, isCurt, text }: Said): boolean {
  return greetings.has(pool) && !(isCurt && text === '在') && !ungreeting.some((line) => text.startsWith(line));
}

function isGoodbye({ pool, isCurt, text }: Said): boolean {
  if (text.startsWith('退好啦')) return true;
  return (
    goodbyes.has(pool) && !(isCurt && pool !== 'call_bye' && pool !== 'follow_up') && !text.startsWith('亲，回访一下')
  );
}
