import type { CaseKind, CaseListAsked } from '#lib/metrics/case_list.ts';
import { type Clock, type MetricId, metricOf } from '#lib/metrics/registry.ts';
import { toKeysParameter } from './kpis.ts';

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

/** The clocks on which first response and solution are shown. */
export function clocksOf(clock: Clock | null): { firstResponse: Clock; solution: Clock } {
  return {
    firstResponse: clock ?? metricOf('first_response').defaultClock,
    solution: clock ?? metricOf('resolution_24h').defaultClock,
  };
}

/** Writes the clocks of first response and solution as parameters. */
export function clockParametersOf(clock: Clock | null) {
  const { firstResponse, solution } = clocksOf(clock);
  return { response_clock: firstResponse, solution_clock: solution };
}

/** Writes the order and the stretch of it as parameters; one row more is asked for than is shown, to know whether there are more. */
export function orderOf({ sort, direction }: CaseListAsked, { place, way, limit }: CaseStretch) {
  const turn = way === 'after' ? 1 : -1;
  const sign = direction === 'asc' ? 1 : -1;
  return {
    sort,
    sign,
    way: turn,
    after_rank: place === null || place.measure === null ? null : turn * sign * place.measure,
    after_place: place && turn * sign * place.caseKey,
    after_item: place && turn * place.itemKey,
    limit: limit + 1,
  };
}

/** Writes the period and the keys picked as parameters. */
export function periodOf({ from, to, keys }: CaseListAsked) {
  return { from, to, keys: toKeysParameter(keys) };
}

/** Writes which rows of a KPI are asked for as parameters. */
export function kpiOf(metric: MetricId, kind: CaseKind) {
  return { metric, kind, is_down: isDown(metric) };
}

/** Whether a KPI is better the lower it is. */
export function isDown(metric: MetricId): boolean {
  return metricOf(metric).direction === 'down';
}
