import type { z } from 'zod';
import type { CaseKind, CaseListAsked, KpiState } from '#lib/metrics/case_list.ts';
import type { Keys } from '#lib/metrics/dimensions.ts';
import type { Period } from '#lib/metrics/period.ts';
import { type Clock, type MetricId, metricOf } from '#lib/metrics/registry.ts';
import * as kpis from './kpis.ts';
import { byIdRead, keyOptionsRead, kpiListRead, kpiReachRead, listRead, reachRead } from './case_list_reads.ts';
import { type Scope, type Warehouse, read } from './warehouse.ts';

/** Where a row stands in a list: what it is sorted by, then its keys, which mean nothing outside one snapshot. */
export interface CasePlace {
  measure: number | null;
  caseKey: number;
  itemKey: number;
}

/** Which rows of the list to take: `way` before goes backwards from the place. */
export interface CaseStretch {
  place: CasePlace | null;
  way: 'after' | 'before';
  limit: number;
}

/** What a KPI says of a row. */
export interface CaseOutcome {
  itemId: string | null;
  day: string;
  state: KpiState;
  numerator: number;
  value: number | null;
  currency: string | null;
}

/** One row of the list; durations on the clocks of `clocksOf`, null where nothing came of it yet. */
export interface ListedCase {
  place: CasePlace;
  caseId: string;
  isTicket: boolean;
  isFlagged: boolean;
  orderId: string | null;
  startedAt: string;
  brand: string;
  vendor: string | null;
  platform: string | null;
  requestType: string | null;
  agent: string | null;
  reasonAgent: string | null;
  reasonBuyer: string | null;
  firstResponseSeconds: number | null;
  solutionSeconds: number | null;
  messages: number;
  reopens: number;
  csatScore: number | null;
  /** The surroundings of the first word found. */
  excerpt: string | null;
  outcome: CaseOutcome | null;
}

/** The clocks on which first response and solution are shown. */
export function clocksOf(clock: Clock | null): { firstResponse: Clock; solution: Clock } {
  return {
    firstResponse: clock ?? metricOf('first_response').defaultClock,
    solution: clock ?? metricOf('resolution_24h').defaultClock,
  };
}

/** A stretch of the list in its order: from its start or after a place, or the last rows before a place; `found` is what a search finds in all. */
export async function listed(
  warehouse: Warehouse,
  scope: Scope,
  asked: CaseListAsked,
  stretch: CaseStretch,
): Promise<{ rows: ListedCase[]; found: number }> {
  const parameters = {
    ...periodOf(asked),
    ...(await searchOf(warehouse, scope, asked)),
    ...orderOf(asked, stretch),
  };
  const rows = await (asked.metric === null
    ? read(warehouse, scope, listRead, { ...parameters, with_flagged: asked.withFlagged })
    : read(warehouse, scope, kpiListRead, {
        ...parameters,
        ...kpiOf(asked.metric, asked.kind),
        clock: asked.clock,
      }));
  const inOrder = stretch.way === 'after' ? rows : rows.reverse();
  return { rows: inOrder.map(toListed), found: rows[0]?.found ?? 0 };
}

/** Every row of the list in its order, some thousands at a time. */
export async function* all(
  warehouse: Warehouse,
  scope: Scope,
  asked: CaseListAsked,
  limit = 10_000,
): AsyncGenerator<ListedCase[], void> {
  for (let place: CasePlace | null = null; ;) {
    const { rows } = await listed(warehouse, scope, asked, { place, way: 'after', limit });
    if (rows.length > 0) yield rows;
    if (rows.length < limit) return;
    place = rows.at(-1)?.place ?? null;
  }
}

/** How many rows the list has: for a KPI without a search what it counted, what of it is against it, or what is pending. */
export async function count(warehouse: Warehouse, scope: Scope, asked: CaseListAsked): Promise<number> {
  if (asked.search) return (await listed(warehouse, scope, asked, { place: null, way: 'after', limit: 1 })).found;
  if (asked.metric === null) return (await reachOf(warehouse, scope, asked)).rows;
  return (await kindTotals(warehouse, scope, { ...asked, metric: asked.metric }))[asked.kind];
}

/** How many rows of each kind a KPI has. */
export async function kindTotals(
  warehouse: Warehouse,
  scope: Scope,
  { metric, from, to, keys }: Period & { metric: MetricId; keys: Keys },
): Promise<Record<CaseKind, number>> {
  const [counted] = await kpis.counts(warehouse, scope, { from, to, keys, metrics: [metric], by: null });
  const { numerator, denominator, pending } = counted ?? { numerator: 0, denominator: 0, pending: 0 };
  return { counted: denominator, failing: isDown(metric) ? numerator : denominator - numerator, pending };
}

/** The cases that an id names, whenever they began, the latest few. */
export async function byId(
  warehouse: Warehouse,
  scope: Scope,
  id: string,
): Promise<{ caseId: string; startedOn: string; isFlagged: boolean }[]> {
  const rows = await read(warehouse, scope, byIdRead, { id, limit: 5 });
  return rows.map((row) => ({ caseId: row.case_id, startedOn: row.started_on, isFlagged: row.is_flagged }));
}

/** The agents and SKUs of a period's cases, those with most cases first. */
export async function keyOptions(
  warehouse: Warehouse,
  scope: Scope,
  { from, to }: Period,
): Promise<{ agent: string[]; sku: string[] }> {
  const rows = await read(warehouse, scope, keyOptionsRead, { from, to, limit: 300 });
  const of = (dimension: string) => rows.filter((row) => row.dimension === dimension).map(({ key }) => key);
  return { agent: of('agent'), sku: of('sku') };
}

/** The range of keys of what the list shows without its search. */
async function reachOf(
  warehouse: Warehouse,
  scope: Scope,
  asked: CaseListAsked,
): Promise<z.output<typeof reachRead.row>> {
  const rows = await (asked.metric === null
    ? read(warehouse, scope, reachRead, { ...periodOf(asked), with_flagged: asked.withFlagged })
    : read(warehouse, scope, kpiReachRead, { ...periodOf(asked), ...kpiOf(asked.metric, asked.kind) }));
  return rows[0] ?? { rows: 0, first_key: null, last_key: null };
}

async function searchOf(warehouse: Warehouse, scope: Scope, asked: CaseListAsked) {
  if (asked.search === null) return { words: null, id: null, first_key: null, last_key: null };
  const { first_key, last_key } = await reachOf(warehouse, scope, asked);
  return { words: [...asked.search.words], id: asked.search.text, first_key, last_key };
}

function orderOf({ sort, direction, clock }: CaseListAsked, { place, way, limit }: CaseStretch) {
  const turn = way === 'after' ? 1 : -1;
  const sign = direction === 'asc' ? 1 : -1;
  const { firstResponse, solution } = clocksOf(clock);
  return {
    response_clock: firstResponse,
    solution_clock: solution,
    sort,
    sign,
    way: turn,
    after_rank: place === null || place.measure === null ? null : turn * sign * place.measure,
    after_place: place && turn * sign * place.caseKey,
    after_item: place && turn * place.itemKey,
    limit,
  };
}

function periodOf({ from, to, keys }: CaseListAsked) {
  return { from, to, keys: kpis.toKeysParameter(keys) };
}

function kpiOf(metric: MetricId, kind: CaseKind) {
  return { metric, kind, is_down: isDown(metric), of_refunds: metricOf(metric).grain === 'refund' };
}

function isDown(metric: MetricId): boolean {
  return metricOf(metric).direction === 'down';
}

function toListed(row: z.output<typeof listRead.row> | z.output<typeof kpiListRead.row>): ListedCase {
  return {
    place: { measure: row.measure, caseKey: row.case_key, itemKey: row.item_key },
    caseId: row.case_id,
    isTicket: row.is_ticket,
    isFlagged: row.is_flagged,
    orderId: row.order_id,
    startedAt: row.started_at,
    brand: row.brand_id,
    vendor: row.vendor_id,
    platform: row.platform,
    requestType: row.request_type,
    agent: row.agent_id,
    reasonAgent: row.reason_agent,
    reasonBuyer: row.reason_buyer,
    firstResponseSeconds: row.first_response_seconds,
    solutionSeconds: row.solution_seconds,
    messages: row.messages,
    reopens: row.reopens,
    csatScore: row.csat_score,
    excerpt: row.excerpt,
    outcome: 'state' in row ? toOutcome(row) : null,
  };
}

function toOutcome({
  item_id: itemId,
  day,
  state,
  numerator,
  value,
  currency,
}: z.output<typeof kpiListRead.row>): CaseOutcome {
  return { itemId, day, state, numerator, value, currency };
}
