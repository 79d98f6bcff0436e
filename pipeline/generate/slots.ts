import type { Case } from './case_facts.ts';
import { writeDay } from './local_time.ts';
import { drawAddress, drawCard, drawIdentityNumber, drawMail, drawName, drawPhone } from './people.ts';
import type { ConductTruth } from './conduct.ts';
import type { Random } from './random.ts';
import { wordsFor } from './taxonomy.ts';
import { agentId, nickOf } from './vendors.ts';

const COURIERS: [name: string, prefix: string][] = [
  ['中通', '78'],
  ['圆通', 'YT'],
  ['韵达', '46'],
  ['申通', '77'],
  ['顺丰', 'SF'],
  ['极兔', 'JT'],
  ['邮政', '98'],
];
const CITIES = [
  '郑州',
  '武汉',
  '长沙',
  '合肥',
  '成都',
  '西安',
  '济南',
  '南昌',
  '昆明',
  '沈阳',
  '广州',
  '杭州',
  '苏州',
  '石家庄',
];

/** What the texts of one case are filled with; personal data are drawn once a case and counted. */
export interface Slots {
  case: Case;
  random: Random;
  agent: number;
  tracking: string;
  /** Number of a parcel sent to the buyer again. */
  newTracking: string;
  compensationYuan: number;
  name: string;
  phone: string;
  address: string;
  mail: string;
  used: PersonalData;
  conduct: ConductTruth;
}

/** How many messages carry each kind of personal data. */
export interface PersonalData {
  phones: number;
  addresses: number;
  mails: number;
  identityNumbers: number;
  cards: number;
}

/** Values for the slots of templates; none holds a comma, a quote or a line break. */
export const SLOTS: Record<string, (s: Slots) => string> = {
  noun: (s) => s.case.sku.spu.noun,
  size: (s) => s.case.sku.size || '这个',
  bigger: (s) => s.case.sku.bigger,
  smaller: (s) => s.case.sku.smaller,
  colour: (s) => s.case.sku.colour,
  flaw: (s) => pickFor(s, s.case.sku.spu.flaws),
  fault: (s) => pickFor(s, s.case.sku.spu.faults),
  part: (s) => pickFor(s, s.case.sku.spu.parts),
  problem: (s) => problemOf(s),
  wish: (s) => WISHES[s.case.requestType],
  word: (s) => s.random.pick(wordsFor(s.case.reason)),
  order: (s) => s.case.orderId,
  yuan: (s) => String(s.case.sku.priceMinor / 100),
  small: (s) => String(s.compensationYuan),
  brand: (s) => s.case.sku.brand.zh,
  brand1: (s) => s.case.sku.brand.zh.charAt(0),
  wh: (s) => s.case.sku.brand.warehouse,
  hot: (s) => `${1000 + s.case.sku.brandIndex * 111}`,
  nick: (s) => nickOf(s.agent),
  agent: (s) => agentId(s.case.vendor, s.agent),
  courier: (s) => courierOf(s)[0],
  track: (s) => trackingOf(s),
  newtrack: (s) => (s.newTracking ||= drawTracking(s)),
  city: (s) => s.random.pick(CITIES),
  days: (s) => String(s.random.between(2, 7)),
  days2: (s) => String(s.random.between(2, 4)),
  date: (s) => shortDate(s.case.orderDay),
  h: (s) => String(adultHeight(s)),
  w: (s) => String(adultWeight(s)),
  h2: (s) => String(childHeight(s)),
  w2: (s) => String(Math.round((childHeight(s) - 100) * 0.8 + 31) + (s.case.index % 4)),
  age: (s) => String(Math.max(2, Math.round((childHeight(s) - 77) / 6))),
  foot: (s) => ((Number(s.case.sku.size) + 10 + misfit(s)) / 2).toFixed(1),
  name: (s) => (s.name ||= drawName(s.random)),
  phone: (s) => (s.used.phones++, (s.phone ||= drawPhone(s.random))),
  addr: (s) => (s.used.addresses++, (s.address ||= drawAddress(s.random))),
  mail: (s) => (s.used.mails++, (s.mail ||= drawMail(s.random))),
  id: (s) => (s.used.identityNumbers++, drawIdentityNumber(s.random)),
  card: (s) => (s.used.cards++, drawCard(s.random)),
};

/** Returns the number of the parcel that the buyer sends back or is waiting for, drawn once a case. */
export function trackingOf(s: Slots): string {
  return (s.tracking ||= drawTracking(s));
}

function drawTracking(s: Slots): string {
  const digits = String(1_000_000_000 + s.random.below(8_999_999_999));
  return courierOf(s)[1] + digits + String(s.case.index % 1000).padStart(3, '0');
}

function courierOf(s: Slots): [string, string] {
  return COURIERS[s.case.index % COURIERS.length] ?? ['中通', '78'];
}

/** One case keeps talking about one and the same flaw. */
function pickFor(s: Slots, items: string[]): string {
  return items[s.case.index % items.length] ?? '';
}

/** How far the buyer is from what a size is made for: 1 where it turns out small, -1 where it turns out large. */
function misfit(s: Slots): number {
  return s.case.reason === 'size_small' ? 1 : s.case.reason === 'size_large' ? -1 : 0;
}

const ADULT_SIZES = ['S', 'M', 'L', 'XL', 'XXL'];

function adultHeight(s: Slots): number {
  return 158 + 5 * Math.max(0, ADULT_SIZES.indexOf(s.case.sku.size)) + (s.case.index % 6);
}

/** In 斤, half kilograms. */
function adultWeight(s: Slots): number {
  return (adultHeight(s) - 105) * 2 + 9 * misfit(s) + ((s.case.index * 7) % 11);
}

/** In centimetres, about the height that a size is named after. */
function childHeight(s: Slots): number {
  const size = Number(s.case.sku.size);
  return (size >= 90 ? size : 110) + 5 * misfit(s) - 4 + (s.case.index % 6);
}

function shortDate(day: number): string {
  const [, month, date] = writeDay(day).split('-');
  return `${Number(month)}月${Number(date)}号`;
}

function problemOf(s: Slots): string {
  const spu = s.case.sku.spu;
  if (s.case.reason === 'flaw') return pickFor(s, spu.flaws);
  if (s.case.reason === 'malfunction') return pickFor(s, spu.faults);
  if (s.case.reason === 'missing') return pickFor(s, spu.parts);
  return PROBLEMS[s.case.reason] ?? '有问题';
}

const WISHES: Record<Case['requestType'], string> = {
  refund_only_unshipped: '取消订单',
  refund_only_shipped: '退款',
  return_refund: '退货退款',
  exchange: '换货',
  reship: '补发',
  repair: '维修',
  complaint: '核实赔付',
  enquiry: '核实处理',
};

const PROBLEMS: Record<string, string> = {
  size_small: '尺码偏小',
  size_large: '尺码偏大',
  colour: '颜色跟图片不一样',
  not_as_described: '跟页面描述不符',
  odour: '味道很大',
  late: '一直没收到',
  lost: '快递丢了',
  damaged: '收到就是破的',
  wrong_item: '发错了款',
  changed_mind: '不想要了',
  price: '刚买就降价了',
  duplicate: '拍重了',
  promise: '答应的赠品没给',
  invoice: '发票一直没开',
};
