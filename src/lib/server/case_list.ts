import type { z } from 'zod';
import type { CaseKind, CaseListAsked, KpiState } from '#lib/metrics/case_list.ts';
import type { Keys } from '#lib/metrics/dimensions.ts';
import type { Period } from '#lib/metrics/period.ts';
import { type Clock, type MetricId, clockFor } from '#lib/metrics/registry.ts';
import * as kpis from './kpis.ts';
import {
  detailsRead,
  kpiListRead,
  kpiReachRead,
  kpiSearchRead,
  listRead,
  reachRead,
  searchRead,
} from './case_list_reads.ts';
import {
  type CasePlace,
  type CaseStretch,
  clockParametersOf,
  isDown,
  kpiOf,
  orderOf,
  periodOf,
} from './case_list_parameters.ts';
import { type Warehouse, read } from './warehouse.ts';
import type { Scope } from '#lib/access/principal.ts';

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

type ListedKey = z.output<
  typeof listRead.row | typeof searchRead.row | typeof kpiListRead.row | typeof kpiSearchRead.row
>;

/** A stretch of the list in its order: from its start or after a place, or the last rows before a place; `found` is what a search finds in all. */
export async function listed(
  warehouse: Warehouse,
  scope: Scope,
  asked: CaseListAsked,
  stretch: CaseStretch,
): Promise<{ rows: ListedCase[]; hasMore: boolean; found: number }> {
  const found = await keysOf(warehouse, scope, asked, stretch);
  const taken = found.slice(0, stretch.limit);
  const rows = await withDetails(warehouse, scope, asked.clock, taken);
  if (stretch.way === 'before') rows.reverse();
  return { rows, hasMore: found.length > taken.length, found: foundIn(found[0]) };
}

/** The rows of a stretch by their keys, with what the KPI says of them and the message a search finds them by. */
async function keysOf(
  warehouse: Warehouse,
  scope: Scope,
  asked: CaseListAsked,
  stretch: CaseStretch,
): Promise<ListedKey[]> {
  const { metric, search } = asked;
  const parameters = { ...periodOf(asked), ...clockParametersOf(asked.clock), ...orderOf(asked, stretch) };
  const found = search && { words: [...search.words], id: search.text, ...(await reachOf(warehouse, scope, asked)) };
  if (metric === null) {
    const ofPeriod = { ...parameters, with_flagged: asked.withFlagged };
    return found
      ? read(warehouse, scope, searchRead, { ...ofPeriod, ...found })
      : read(warehouse, scope, listRead, ofPeriod);
  }
  const ofKpi = { ...parameters, ...kpiOf(metric, asked.kind), clock: clockFor(metric, asked.clock) };
  return found
    ? read(warehouse, scope, kpiSearchRead, { ...ofKpi, ...found })
    : read(warehouse, scope, kpiListRead, ofKpi);
}

/** Adds to rows what their cases are; the same case may stand in several. */
async function withDetails(
  warehouse: Warehouse,
  scope: Scope,
  clock: Clock | null,
  keys: readonly ListedKey[],
): Promise<ListedCase[]> {
  if (keys.length === 0) return [];
  const case_keys = [...new Set(keys.map((row) => String(row.case_key)))];
  const details = await read(warehouse, scope, detailsRead, { ...clockParametersOf(clock), case_keys });
  const byKey = new Map(details.map((row) => [row.case_key, row]));
  return keys.map((row) => {
    const detail = byKey.get(row.case_key);
    if (!detail) throw new Error(`case ${row.case_key} is listed and not there`);
    return toListed(row, detail);
  });
}

/** Every row of the list in its order, some thousands at a time. */
export async function* all(
  warehouse: Warehouse,
  scope: Scope,
  asked: CaseListAsked,
  limit = 10_000,
): AsyncGenerator<ListedCase[], void> {
  for (let place: CasePlace | null = null; ;) {
    const { rows, hasMore } = await listed(warehouse, scope, asked, { place, way: 'after', limit });
    if (rows.length > 0) yield rows;
    if (!hasMore) return;
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

function foundIn(row: ListedKey | undefined): number {
  return row && 'found' in row ? row.found : 0;
}

function toListed(row: ListedKey, detail: z.output<typeof detailsRead.row>): ListedCase {
  return {
    place: { measure: row.measure, caseKey: row.case_key, itemKey: row.item_key },
    caseId: detail.case_id,
    isTicket: detail.is_ticket,
    isFlagged: detail.is_flagged,
    orderId: detail.order_id,
    startedAt: detail.started_at,
    brand: detail.brand_id,
    vendor: detail.vendor_id,
    platform: detail.platform,
    requestType: detail.request_type,
    agent: detail.agent_id,
    reasonAgent: detail.reason_agent,
    reasonBuyer: detail.reason_buyer,
    firstResponseSeconds: detail.first_response_seconds,
    solutionSeconds: detail.solution_seconds,
    messages: detail.messages,
    reopens: detail.reopens,
    csatScore: detail.csat_score,
    excerpt: 'excerpt' in row ? row.excerpt : null,
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
