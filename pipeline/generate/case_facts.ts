import { SKUS, type Sku } from './catalogue.ts';
import { drawOrder, drawSku, openingSecond, type Stage } from './demand.ts';
import { DAY } from './local_time.ts';
import { drawCustomer, drawIds } from './identifiers.ts';
import { drawProvince } from './people.ts';
import { defectOf, MISLABEL, USELESS_FIX, type Defect } from './planted.ts';
import type { Random } from './random.ts';
import { drawRequestType, type RequestType } from './request_types.ts';
import { DELIVERED, IN_TRANSIT, UNKNOWN_TAGS, UNSHIPPED, wordsFor } from './taxonomy.ts';
import { nextStaffed } from './staffing.ts';
import { drawAgent, vendorById, type Vendor } from './vendors.ts';

export type Channel = 'chat' | 'phone' | 'form' | 'email' | 'platform';

export interface Case {
  index: number;
  openedAt: number;
  stage: Stage;
  orderDay: number;
  orderedAt: number;
  sku: Sku;
  defect: Defect | undefined;
  vendor: Vendor;
  agent: number;
  platform: string;
  channel: Channel;
  reason: string;
  requestType: RequestType;
  severity: string;
  priority: string;
  province: string;
  customerId: string;
  orderId: string;
  ticketId: string;
  messagePrefix: string;
  /** Ticket of the same order into which this one was merged. */
  mergedInto: string;
  isSpam: boolean;
  isAgentStarted: boolean;
  isAngry: boolean;
}

const CHANNELS: [Channel, number][] = [
  ['chat', 85],
  ['phone', 6],
  ['form', 5],
  ['email', 2],
  ['platform', 2],
];
const CHANNEL_WEIGHTS = CHANNELS.map(([, weight]) => weight);
const MERGED_SHARE = 0.012;
const SPAM_SHARE = 0.008;

/** Draws what one case is about; a duplicate takes buyer, order and product over from the case before it. */
export function drawCase(random: Random, index: number, count: number, previous: Case | undefined): Case {
  random.restart(index);
  const openedAt = openingSecond((index + random.unit()) / count);
  const openedDay = Math.floor(openedAt / DAY);
  const { stage, orderDay } = drawOrder(random, openedDay);
  const orderedAt = Math.min(openedAt - random.between(600, 7200), orderDay * DAY + random.between(7 * 3600, DAY - 1));
  const sku = SKUS[drawSku(random, stage, orderDay)];
  if (!sku) throw new RangeError('a product was drawn that does not exist');
  const brand = sku.brand;
  const defect = stage === 'delivered' ? defectOf(sku, orderDay) : undefined;
  const showsDefect = defect !== undefined && random.chance(1 - 1 / defect.factor);
  const vendor = vendorById(pickShare(random, brand.vendors));
  const platform = pickShare(random, brand.platforms);
  const wished = CHANNELS[random.weighted(CHANNEL_WEIGHTS)]?.[0] ?? 'chat';
  const channel = wished === 'phone' && nextStaffed(vendor, openedAt) > openedAt ? 'chat' : wished;
  const reason = showsDefect ? defect.reason : drawReason(random, sku, stage);
  const requestType = drawRequestType(random, stage, reason);
  const isSevere = showsDefect && random.chance(defect.severe);
  const facts: Case = {
    index,
    openedAt,
    stage,
    orderDay: Math.floor(orderedAt / DAY),
    orderedAt,
    sku,
    defect: showsDefect ? defect : undefined,
    vendor,
    agent: drawAgent(random, openedAt),
    platform,
    channel,
    reason,
    requestType,
    severity: isSevere ? 'C' : drawSeverity(random, requestType, reason),
    priority: isSevere || requestType === 'complaint' ? '1' : requestType === 'enquiry' ? '3' : '2',
    province: drawProvince(random),
    customerId: drawCustomer(random, index),
    ...drawIds(random, index, platform, orderDay),
    mergedInto: '',
    isSpam: random.chance(SPAM_SHARE),
    isAgentStarted:
      channel === 'chat' && random.chance(0.035) && openedAt % DAY > 9 * 3600 && openedAt % DAY < 21 * 3600,
    isAngry: requestType === 'complaint' || random.chance(isSevere ? 0.6 : 0.07),
  };
  if (previous && !facts.isSpam && !previous.isSpam && !previous.mergedInto && random.chance(MERGED_SHARE))
    mergeInto(facts, previous);
  if (facts.isSpam) facts.channel = 'chat';
  return facts;
}

/** Draws the reason an agent writes down: right, wrong, outside the taxonomy or none, by the vendor's care. */
export function drawAgentReason(random: Random, facts: Case): string {
  const { vendor, sku, reason } = facts;
  if (facts.isSpam || random.chance(vendor.tagsMissing)) return '';
  if (sku.brand.id === MISLABEL.brand && MISLABEL.reasons.includes(reason) && random.chance(MISLABEL.share))
    return '七天无理由';
  if (random.chance(vendor.tagsRight)) return random.chance(0.3) ? reason : random.pick(wordsFor(reason));
  if (random.chance(0.3)) return random.pick(UNKNOWN_TAGS);
  return random.pick(wordsFor(drawReason(random, sku, facts.stage)));
}

/** Draws a reason as buyers have them for a product at a stage of its order. */
function drawReason(random: Random, sku: Sku, stage: Stage): string {
  const mix = stage === 'unshipped' ? UNSHIPPED : stage === 'in_transit' ? IN_TRANSIT : DELIVERED[sku.spu.goods];
  const raised = stage === 'delivered' && sku.spuId === USELESS_FIX.spuId;
  const weights = mix.map(([reason, weight]) =>
    raised && reason === USELESS_FIX.reason ? weight * USELESS_FIX.factor : weight,
  );
  const reason = mix[random.weighted(weights)]?.[0] ?? 'changed_mind';
  return sku.size === '' && (reason === 'size_small' || reason === 'size_large') ? 'not_as_described' : reason;
}

function drawSeverity(random: Random, requestType: RequestType, reason: string): string {
  if (random.chance(0.04)) return '';
  if (requestType === 'complaint') return random.chance(0.45) ? 'C' : 'B';
  const isSimple = [
    'size_small',
    'size_large',
    'colour',
    'changed_mind',
    'price',
    'duplicate',
    'invoice',
    'late',
  ].includes(reason);
  return random.chance(isSimple ? 0.93 : 0.18) ? 'A' : random.chance(0.9) ? 'B' : 'C';
}

/** Turns a case into a second ticket of the previous one's buyer about the same order. */
function mergeInto(facts: Case, previous: Case): void {
  const {
    sku,
    vendor,
    platform,
    reason,
    requestType,
    customerId,
    orderId,
    orderDay,
    orderedAt,
    stage,
    defect,
    province,
    ticketId,
  } = previous;
  Object.assign(facts, {
    sku,
    vendor,
    platform,
    reason,
    requestType,
    customerId,
    orderId,
    orderDay,
    orderedAt,
    stage,
    defect,
    province,
    mergedInto: ticketId,
    channel: 'chat',
  });
}

/** Draws a name by its share in a hundred. */
function pickShare(random: Random, shares: [name: string, percent: number][]): string {
  let left = random.unit() * 100;
  for (const [name, percent] of shares) {
    left -= percent;
    if (left < 0) return name;
  }
  return shares.at(-1)?.[0] ?? '';
}
