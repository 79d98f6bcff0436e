import { Random } from '../../pipeline/generate/random.ts';
import { drawEvents } from './month_events.ts';
import { drawMessages } from './month_messages.ts';
import { drawRefunds } from './month_refunds.ts';

/** Rows of a canonical table as text by column, '' for none; columns that a row leaves out are empty. */
export type CanonicalRow = Readonly<Record<string, string>>;

export const monthTables = ['tickets', 'messages', 'events', 'refunds', 'sales', 'products'] as const;
export type MonthTable = (typeof monthTables)[number];
export type Month = Record<MonthTable, CanonicalRow[]>;

/** What the rows of one ticket are drawn from; instants in seconds since 1970. */
export interface Ticket {
  id: string;
  index: number;
  brand: string;
  vendor: string;
  agents: readonly string[];
  openedAt: number;
  orderId: string;
  orderedAt: number;
  sku: string;
  platform: string;
  customer: string;
  requestType: string;
}

export const monthBeginsAt = Date.UTC(2026, 2, 1) / 1000;
const monthSeconds = 31 * 86_400;

/** Many cases open in the minutes before this instant, so that as of it windows of every length are open. */
export const peakAt = Date.UTC(2026, 2, 24, 4) / 1000;

/** Brands in two zones, one with a clock change on 8 March; calendars over midnight, over a clock change, with holidays, and none. */
export const monthDeclarations = `
timezone: Asia/Shanghai
brands:
  - { id: north, timezone: Asia/Shanghai }
  - { id: harbor, timezone: America/New_York }
vendors:
  - { id: suda, calendar: [{ from: 2026-01-01, use: late }, { from: 2026-03-16, use: office }] }
  - { id: hudson, calendar: harbor_hours }
  - { id: always }
calendars:
  late: { timezone: Asia/Shanghai, hours: { mon-fri: ["08:00-12:00", "13:00-02:00"], sat-sun: ["10:00-22:00"] }, holidays: cn }
  office: { timezone: Asia/Shanghai, hours: { mon-sun: ["09:00-18:00"] }, holidays: [2026-03-20] }
  harbor_hours: { timezone: America/New_York, hours: { mon-sun: ["00:30-04:30", "09:00-17:00"] } }
contracts:
  - { vendor: suda, brand: north, from: 2026-03-10, to: 2026-03-20, targets: { first_response: { within: 15m, clock: calendar, at_least: 90% } } }
taxonomy:
  reasons:
    - { id: size, name: { zh-CN: 尺码不符, en: Size }, synonyms: [偏大, 偏小] }
    - { id: quality, name: { zh-CN: 质量问题, en: Quality } }
`;

/** Draws a month of legal but awkward rows, some replaced by later versions, some unusable; no two versions of an id tie. */
export function drawMonth(seed: number, tickets: number): Month {
  const random = new Random(seed, 'month');
  const month: Month = {
    tickets: [],
    messages: [],
    events: [],
    refunds: [],
    sales: drawSales(random),
    products: drawProducts(),
  };
  let previous: Ticket | undefined;
  for (let index = 0; index < tickets; index++) {
    const ticket = drawTicket(random, index, previous);
    const { events, closedAt } = drawEvents(random, ticket);
    month.events.push(...events);
    month.messages.push(...drawMessages(random, ticket));
    month.refunds.push(...drawRefunds(random, ticket));
    month.tickets.push(...writeTicket(random, ticket, closedAt, previous));
    previous = ticket;
  }
  month.tickets.push(
    { ...month.tickets[0], ticket_id: 'bad-brand', brand_id: 'nobody' },
    { ...month.tickets[0], ticket_id: 'bad-instant', opened_at: '31/31/2026' },
  );
  month.messages.push({
    message_id: 'orphan',
    ticket_id: 'unknown',
    sent_at: instant(monthBeginsAt),
    sender: 'customer',
  });
  return month;
}

/** Writes an instant as local time of UTC, the time zone of the month's source. */
export function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function drawTicket(random: Random, index: number, previous: Ticket | undefined): Ticket {
  const vendor = random.pick(['suda', 'hudson', 'always']);
  const openedAt = random.chance(0.06) ? peakAt - random.between(5, 900) : monthBeginsAt + random.below(monthSeconds);
  const followsUp = previous !== undefined && random.chance(0.1);
  return {
    id: `48${String(index).padStart(17, '0')}`,
    index,
    brand: followsUp ? previous.brand : random.pick(['north', 'harbor']),
    vendor,
    agents: [`${vendor}-1`, `${vendor}-2`],
    openedAt,
    orderId: followsUp ? previous.orderId : `6${String(index).padStart(18, '0')}`,
    orderedAt: openedAt - random.between(1, 20) * 86_400,
    sku: random.pick(['', 'sku-1', 'sku-2']),
    platform: random.pick(['tmall', 'jd', 'own', '']),
    customer: `buyer-${random.below(200)}`,
    requestType: random.pick([
      'return_refund',
      'refund_only_shipped',
      'refund_only_unshipped',
      'exchange',
      'enquiry',
      '',
    ]),
  };
}

function writeTicket(
  random: Random,
  ticket: Ticket,
  closedAt: number | null,
  previous: Ticket | undefined,
): CanonicalRow[] {
  const mergedInto = random.chance(0.03) ? (previous?.id ?? 'unknown') : random.chance(0.005) ? ticket.id : '';
  const ratedAt = closedAt !== null && random.chance(0.4) ? closedAt + random.between(10, 90_000) : null;
  const updatedAt = Math.max(ticket.openedAt, closedAt ?? 0, ratedAt ?? 0) + random.between(1, 600);
  const row = {
    ticket_id: ticket.id,
    brand_id: ticket.brand,
    shop_id: `shop-${ticket.brand}`,
    platform: ticket.platform,
    channel: random.pick(['chat', 'phone', 'email', 'platform', '']),
    vendor_id: ticket.vendor,
    agent_id: random.pick([...ticket.agents, '']),
    customer_id: ticket.customer,
    order_id: random.chance(0.8) ? ticket.orderId : '',
    ordered_at: instant(ticket.orderedAt),
    sku_id: ticket.sku,
    request_type: ticket.requestType,
    priority: random.pick(['1', '2', '3', '']),
    severity: random.pick(['A', 'B', 'C', '']),
    opened_at: instant(ticket.openedAt),
    closed_at: closedAt === null ? '' : instant(closedAt),
    status: closedAt === null ? random.pick(['open', 'pending']) : random.pick(['solved', 'closed']),
    reason_agent: random.pick(['size', '偏大', '质量问题', '别的', '']),
    updated_at: instant(updatedAt),
    merged_into: mergedInto,
    is_spam: random.chance(0.03) ? 'true' : random.pick(['', 'false']),
    csat_score: ratedAt === null ? '' : String(random.between(1, 5)),
    csat_at: ratedAt === null ? '' : instant(ratedAt),
  };
  if (!random.chance(0.1)) return [row];
  const before = {
    ...row,
    status: 'open',
    closed_at: '',
    csat_score: '',
    csat_at: '',
    severity: 'C',
    reason_agent: '',
  };
  const undated = random.chance(0.3);
  return [row, { ...before, updated_at: undated ? '' : instant(ticket.openedAt) }];
}

function drawSales(random: Random): CanonicalRow[] {
  return Array.from({ length: 31 }, (_, day) => ({
    day: instant(monthBeginsAt + day * 86_400).slice(0, 10),
    sku_id: 'sku-1',
    brand_id: 'north',
    units: String(random.below(90)),
    orders: String(random.below(80)),
    amount_minor: String(random.below(1_000_000)),
  }));
}

function drawProducts(): CanonicalRow[] {
  return ['sku-1', 'sku-2'].map((sku) => ({
    sku_id: sku,
    brand_id: 'north',
    spu_id: 'spu',
    title: `外套，"大号" ${sku}`,
    category: '外套',
    attributes: '{"size":"L"}',
  }));
}
