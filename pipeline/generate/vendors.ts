import { DAY, HOUR } from './local_time.ts';
import { NIGHTS } from './planted.ts';
import type { Random } from './random.ts';

export interface Vendor {
  id: string;
  zh: string;
  zhTw: string;
  en: string;
  /** Name of a calendar in the configuration; none is always open. */
  calendar?: string;
  /** Local opening and closing hour, closing past midnight above 24, on workdays and weekends. */
  staffed: [number, number, number, number];
  firstMedianSeconds: number;
  replyMedianSeconds: number;
  spread: number;
  /** Share of conversations that nobody answers, or nobody goes on answering. */
  silent: number;
  warm: number;
  transfers: number;
  reopens: number;
  escalates: number;
  tagsRight: number;
  tagsMissing: number;
  bot: number;
  /** Hours to decide a refund, and from inspection to payment. */
  decideHours: number;
  payHours: number;
  csat: number;
}

export const VENDORS: Vendor[] = [
  {
    id: 'suda',
    zh: '速达客服',
    zhTw: '速達客服',
    en: 'Suda',
    calendar: 'late_shift',
    staffed: [8, 26, 10, 22],
    firstMedianSeconds: 48,
    replyMedianSeconds: 38,
    spread: 0.9,
    silent: 0.008,
    warm: 0.85,
    transfers: 0.04,
    reopens: 0.03,
    escalates: 0.05,
    tagsRight: 0.92,
    tagsMissing: 0.02,
    bot: 0.85,
    decideHours: 1.2,
    payHours: 5,
    csat: 4.5,
  },
  {
    id: 'anhe',
    zh: '安禾服务',
    zhTw: '安禾服務',
    en: 'Anhe',
    calendar: 'day_shift',
    staffed: [9, 21, 9, 21],
    firstMedianSeconds: 105,
    replyMedianSeconds: 80,
    spread: 0.8,
    silent: 0.01,
    warm: 0.96,
    transfers: 0.03,
    reopens: 0.025,
    escalates: 0.04,
    tagsRight: 0.95,
    tagsMissing: 0.01,
    bot: 0.8,
    decideHours: 2.5,
    payHours: 8,
    csat: 4.6,
  },
  {
    id: 'yunting',
    zh: '云听客服',
    zhTw: '雲聽客服',
    en: 'Yunting',
    calendar: 'long_day',
    staffed: [9, 23, 9, 23],
    firstMedianSeconds: 260,
    replyMedianSeconds: 190,
    spread: 1.35,
    silent: 0.045,
    warm: 0.28,
    transfers: 0.16,
    reopens: 0.1,
    escalates: 0.08,
    tagsRight: 0.62,
    tagsMissing: 0.16,
    bot: 0.55,
    decideHours: 9,
    payHours: 20,
    csat: 3.5,
  },
  {
    id: 'jishi',
    zh: '极时科技',
    zhTw: '極時科技',
    en: 'Jishi',
    calendar: 'long_day',
    staffed: [9, 23, 9, 23],
    firstMedianSeconds: 420,
    replyMedianSeconds: 240,
    spread: 1.0,
    silent: 0.02,
    warm: 0.5,
    transfers: 0.09,
    reopens: 0.07,
    escalates: 0.05,
    tagsRight: 0.8,
    tagsMissing: 0.05,
    bot: 0.9,
    decideHours: 6,
    payHours: 14,
    csat: 3.8,
  },
  {
    id: 'xiaolan',
    zh: '晓澜客服',
    zhTw: '曉瀾客服',
    en: 'Xiaolan',
    staffed: [NIGHTS.untilHour, NIGHTS.fromHour, NIGHTS.untilHour, NIGHTS.fromHour],
    firstMedianSeconds: 90,
    replyMedianSeconds: 70,
    spread: 1.0,
    silent: 0.015,
    warm: 0.7,
    transfers: 0.06,
    reopens: 0.045,
    escalates: 0.05,
    tagsRight: 0.86,
    tagsMissing: 0.04,
    bot: 0.6,
    decideHours: 3,
    payHours: 9,
    csat: 4.2,
  },
];

const NICKS = [
  '小雨',
  '阿南',
  '可可',
  '团子',
  '青青',
  '橙子',
  '小满',
  '星星',
  '米粒',
  '安安',
  '多多',
  '木木',
  '七七',
  '小鹿',
  '果果',
  '暖暖',
  '小夏',
  '糖糖',
  '芒果',
  '一一',
];
const AGENTS_EACH = 40;
/** Agents 001 to 028 work by day, 029 to 040 in the evening; two a vendor are much slower than the rest. */
const DAY_AGENTS = 28;
const AGENT_IDS = new Map(
  VENDORS.map((vendor) => [
    vendor.id,
    Array.from({ length: AGENTS_EACH + 1 }, (_, k) => `${vendor.id}-${String(k).padStart(3, '0')}`),
  ]),
);

/** Returns the vendor with the given id; throws for one that does not exist. */
export function vendorById(id: string): Vendor {
  const vendor = VENDORS.find((v) => v.id === id);
  if (!vendor) throw new RangeError(`no vendor ${id}`);
  return vendor;
}

/** Draws who takes a conversation at a local second, as a number from 1. */
export function drawAgent(random: Random, second: number): number {
  const hour = (second % DAY) / HOUR;
  return hour >= 8 && hour < 18
    ? 1 + random.below(DAY_AGENTS)
    : DAY_AGENTS - 3 + random.below(AGENTS_EACH - DAY_AGENTS + 4);
}

/** Returns the agent's id, such as suda-017. */
export function agentId(vendor: Vendor, agent: number): string {
  return AGENT_IDS.get(vendor.id)?.[agent] ?? '';
}

/** Returns the name that an agent goes by in chats. */
export function nickOf(agent: number): string {
  return NICKS[agent % NICKS.length] ?? '小雨';
}
