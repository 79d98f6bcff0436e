import { type OpenHours, alwaysOpen } from '#lib/metrics/open_hours.ts';
import {
  type CaseKpi,
  type JudgedCase,
  type JudgedRefund,
  type JudgedRound,
  type Verdict,
  verdictsOf,
} from '#lib/metrics/verdict.ts';
import type { z } from 'zod';
import {
  eventsRead,
  headRead,
  hoursRead,
  keyRead,
  kpisRead,
  linksRead,
  messagesRead,
  neighboursRead,
  productRead,
  recordsRead,
  refundsRead,
  roundsRead,
  termsRead,
} from './case_reads.ts';
import { type CaseRefund, refundOf, stepAt } from './case_refund.ts';
import { type Warehouse, read } from './warehouse.ts';
import type { Scope } from '#lib/access/principal.ts';

export type CaseHead = z.output<(typeof headRead)['row']>;
export type CaseMessage = z.output<(typeof messagesRead)['row']>;
export type CaseEvent = z.output<(typeof eventsRead)['row']>;
export type CaseRound = z.output<(typeof roundsRead)['row']>;
export type Neighbour = z.output<(typeof neighboursRead)['row']>;
export type CaseProduct = z.output<(typeof productRead)['row']>;
export type CaseRecord = z.output<(typeof recordsRead)['row']>;

type KpiRow = z.output<(typeof kpisRead)['row']>;
type Terms = z.output<(typeof termsRead)['row']>;

/** Everything that is known of one case, as far as a principal may see it. */
export interface CaseFile {
  head: CaseHead;
  /** Null where no product data are loaded for its sku. */
  product: CaseProduct | null;
  messages: CaseMessage[];
  events: CaseEvent[];
  rounds: CaseRound[];
  refunds: CaseRefund[];
  hours: OpenHours;
  verdicts: Verdict[];
  neighbours: Neighbour[];
}

const mostMessages = 1000;
const mostCharacters = 20_000;
const mostRows = 1000;
const mostIntervals = 400;
const mostNeighbours = 50;

/** Opens the file of a case; null where there is none of that id in the scope. */
export async function openCase(warehouse: Warehouse, scope: Scope, caseId: string): Promise<CaseFile | null> {
  for (const { case_key } of await read(warehouse, scope, keyRead, { case_id: caseId })) {
    const file = await openByKey(warehouse, scope, case_key, caseId);
    if (file) return file;
  }
  return null;
}

/** The records that a case rests on; asked for apart, since few readers want them. */
export async function recordsOf(warehouse: Warehouse, scope: Scope, { case_key }: CaseHead): Promise<CaseRecord[]> {
  return read(warehouse, scope, recordsRead, { case_key, most: mostRows });
}

async function openByKey(
  warehouse: Warehouse,
  scope: Scope,
  case_key: number,
  caseId: string,
): Promise<CaseFile | null> {
  const one = { case_key, most: mostRows };
  const [[head], messages, events, rounds, kpiRows] = await Promise.all([
    read(warehouse, scope, headRead, { case_key }),
    read(warehouse, scope, messagesRead, { case_key, most: mostMessages, most_characters: mostCharacters }),
    read(warehouse, scope, eventsRead, one),
    read(warehouse, scope, roundsRead, one),
    read(warehouse, scope, kpisRead, { case_key }),
  ]);
  if (head?.case_id !== caseId) return null;
  const [hours, terms, neighbours, [product = null], refundRows] = await Promise.all([
    openingHours(warehouse, scope, head),
    head.terms_id === null ? [] : read(warehouse, scope, termsRead, { terms_id: head.terms_id }),
    neighboursOf(warehouse, scope, head),
    head.sku_id === null ? [] : read(warehouse, scope, productRead, { brand_id: head.brand_id, sku_id: head.sku_id }),
    head.refunds === 0 ? [] : read(warehouse, scope, refundsRead, one),
  ]);
  const refunds = refundRows.map(refundOf);
  const verdicts = verdictsOf({
    case: judgedCase(head, events, refunds),
    rounds: rounds.map(judgedRound),
    refunds: refunds.map((refund) => judgedRefund(head, refund)),
    kpis: kpiRows.map((row) => judgedKpi(row, terms)),
    hours,
  });
  return { head, product, messages, events, rounds, refunds, hours, verdicts, neighbours };
}

/** The cases around one, latest first: of its customer or order, merged into it or taking it in. Most cases have none. */
async function neighboursOf(warehouse: Warehouse, scope: Scope, head: CaseHead): Promise<Neighbour[]> {
  const { case_key, brand_id, customer_id, order_id, merged_into_key, start_at } = head;
  const link = { case_key, brand_id, customer_id, order_id };
  const links = await read(warehouse, scope, linksRead, link);
  const linked = [...links.map((row) => row.case_key), ...(merged_into_key === null ? [] : [merged_into_key])];
  const keys = [...new Set(linked)].filter((key) => key !== case_key);
  if (keys.length === 0) return [];
  return read(warehouse, scope, neighboursRead, {
    ...link,
    merged_into_key,
    start_at,
    found_keys: keys.map(String),
    least_key: Math.min(...keys),
    greatest_key: Math.max(...keys),
    most: mostNeighbours,
  });
}

/** The opening hours that a case's business clock runs on, from its start on, as far as calendars are built. */
async function openingHours(warehouse: Warehouse, scope: Scope, head: CaseHead): Promise<OpenHours> {
  if (head.calendar === null) return alwaysOpen;
  const rows = await read(warehouse, scope, hoursRead, {
    calendar: head.calendar,
    from: head.start_at,
    most: mostIntervals,
  });
  const intervals = rows.map((row) => ({ from: Date.parse(row.opens_at), to: Date.parse(row.closes_at) }));
  return { intervals, knownUntil: intervals.at(-1)?.to ?? Date.parse(head.start_at) };
}

function judgedKpi(row: KpiRow, terms: readonly Terms[]): CaseKpi {
  const { metric, state, numerator, denominator, value } = row;
  const { limit_seconds = null, clock = 'calendar' } = terms.find((one) => one.metric === metric) ?? {};
  return {
    metric,
    state,
    numerator,
    denominator,
    value,
    itemKey: row.item_key,
    valueBusiness: row.value_business,
    limitSeconds: limit_seconds,
    clock,
  };
}

function judgedRound(round: CaseRound): JudgedRound {
  return {
    number: round.round_number,
    askedAt: round.asked_at,
    answeredAt: round.answered_at,
    calendarSeconds: round.reply_calendar_seconds,
    businessSeconds: round.reply_business_seconds,
  };
}

function judgedRefund(head: CaseHead, refund: CaseRefund): JudgedRefund {
  return {
    ...refund,
    appliedAt: stepAt(refund, 'applied') ?? head.start_at,
    rejectedAt: stepAt(refund, 'rejected'),
    receivedAt: stepAt(refund, 'received'),
    refundedAt: stepAt(refund, 'refunded'),
    platformIntervenedAt: stepAt(refund, 'intervened'),
  };
}

function judgedCase(head: CaseHead, events: readonly CaseEvent[], refunds: readonly CaseRefund[]): JudgedCase {
  const at = (...kinds: string[]) =>
    events.filter(({ kind }) => kinds.includes(kind)).map(({ happened_at }) => happened_at);
  const intervened = refunds.flatMap((refund) => stepAt(refund, 'intervened') ?? []);
  return {
    isTicket: head.is_ticket,
    isFlagged: head.is_flagged,
    isSpam: head.is_spam,
    isCustomerStarted: head.is_customer_started,
    severity: head.severity,
    startAt: head.start_at,
    firstTouchAt: head.first_touch_at,
    firstResponseAt: head.first_response_at,
    solutionAt: head.solution_at,
    firstCompletedAt: head.first_completed_at,
    firstReopenedAt: head.first_reopened_at,
    firstBreakAt: head.first_break_at,
    escalatedAt: at('escalated_to_brand'),
    platformAt: [...at('platform_intervened', 'platform_judged'), ...intervened].sort(),
    transfers: head.transfers,
    agents: head.agents,
    reopens: head.reopens,
    reasonAgent: head.reason_agent,
    reasonAgentText: head.reason_agent_text,
    reasonBuyer: head.reason_buyer,
    csatScore: head.csat_score,
    csatAt: head.csat_at,
  };
}
