import { z } from 'zod';
import type { KeyDimension, Keys } from '#lib/metrics/dimensions.ts';
import { type Counted, sumCounted } from '#lib/metrics/figure.ts';
import type { Period } from '#lib/metrics/period.ts';
import { type MetricId, isMetricId, metricIds, metricOf } from '#lib/metrics/registry.ts';
import type { Filter } from './filter.ts';
import * as kpis from './kpis.ts';
import { type Warehouse, read } from './warehouse.ts';
import type { Scope } from '#lib/access/principal.ts';

const metric = z.string().refine(isMetricId);
const period = { from: z.iso.date(), to: z.iso.date(), keys: z.string() };

export const pairsRead = {
  name: 'kpi_pairs',
  parameters: z.object({ ...period, metrics: z.array(metric) }),
  row: z.object({
    metric,
    brand_id: z.string(),
    vendor_id: z.string().nullable(),
    numerator: z.int(),
    denominator: z.int(),
    pending: z.int(),
  }),
};

export const vendorWeeksRead = {
  name: 'kpi_vendor_weeks',
  parameters: z.object({ to: z.iso.date(), keys: z.string(), metrics: z.array(metric) }),
  row: z.object({
    metric,
    vendor_id: z.string(),
    weeks_back: z.int(),
    numerator: z.int(),
    denominator: z.int(),
  }),
};

export const reasonsRead = {
  name: 'case_reasons',
  parameters: z.object({ ...period, by: z.enum(['reason_agent', 'reason_buyer', 'reason_warehouse']) }),
  row: z.object({ key: z.string().nullable(), cases: z.int() }),
};

export const surgesRead = {
  name: 'case_surges',
  parameters: z.object(period),
  row: z.object({ sku_id: z.string(), reason_buyer: z.string(), cases: z.int(), cases_before: z.int() }),
};

/** What a KPI counted for one brand and vendor; vendor null for cases of none. */
export interface PairCount extends Counted {
  metric: MetricId;
  brand: string;
  vendor: string | null;
}

const rollupKeys: readonly KeyDimension[] = ['brand', 'vendor', 'platform', 'channel'];

/** The keys picked that the overview follows: those of its own filter bar. */
export function overviewKeys(keys: Keys): Keys {
  return Object.fromEntries(rollupKeys.flatMap((dimension) => (keys[dimension] ? [[dimension, keys[dimension]]] : [])));
}

/** Every KPI by brand and vendor over a period. */
export async function pairs(
  warehouse: Warehouse,
  scope: Scope,
  keys: Keys,
  { from, to }: Period,
): Promise<PairCount[]> {
  const rows = await read(warehouse, scope, pairsRead, {
    from,
    to,
    metrics: [...metricIds],
    keys: kpis.toKeysParameter(keys),
  });
  return rows.map(({ brand_id: brand, vendor_id: vendor, ...row }) => ({ ...row, brand, vendor }));
}

/** A KPI's count of all pairs, or of those that `pick` takes; the median of `medians` joins it where the KPI has one. */
export function countOf(
  rows: readonly PairCount[],
  id: MetricId,
  medians: readonly kpis.KpiTotal[],
  pick: (row: PairCount) => boolean = () => true,
): Counted {
  const sum = sumCounted(rows.filter((row) => row.metric === id && pick(row)));
  return { ...sum, median: medians.find((total) => total.metric === id)?.median ?? null };
}

const medianMetrics: readonly MetricId[] = [
  'first_response',
  ...metricIds.filter((id) => metricOf(id).headline === 'median'),
];

export interface Overview {
  now: PairCount[];
  before: PairCount[];
  medians: kpis.KpiTotal[];
  mediansBefore: kpis.KpiTotal[];
  days: kpis.KeyCount[];
  daysBefore: kpis.KeyCount[];
  reasons: { key: string | null; cases: number }[];
  reasonsBefore: { key: string | null; cases: number }[];
}

/** Everything the overview's figures and charts rest on, asked side by side. */
export async function overview(
  warehouse: Warehouse,
  scope: Scope,
  filter: Pick<Filter, 'period' | 'comparedWith' | 'clock'>,
  keys: Keys,
): Promise<Overview> {
  const { period: span, comparedWith, clock } = filter;
  const compared = <T>(ask: (period: Period) => Promise<T[]>): Promise<T[]> =>
    comparedWith ? ask(comparedWith) : Promise.resolve([]);
  const askPairs = (asked: Period) => pairs(warehouse, scope, keys, asked);
  const askMedians = (asked: Period) =>
    kpis.totals(warehouse, scope, { ...asked, keys, clock, metrics: medianMetrics, by: null });
  const askDays = (asked: Period) => kpis.counts(warehouse, scope, { ...asked, keys, metrics: metricIds, by: 'day' });
  const askReasons = (asked: Period) =>
    read(warehouse, scope, reasonsRead, { ...asked, keys: kpis.toKeysParameter(keys), by: 'reason_buyer' });
  const [now, before, medians, mediansBefore, days, daysBefore, reasons, reasonsBefore] = await Promise.all([
    askPairs(span),
    compared(askPairs),
    askMedians(span),
    compared(askMedians),
    askDays(span),
    compared(askDays),
    askReasons(span),
    compared(askReasons),
  ]);
  return { now, before, medians, mediansBefore, days, daysBefore, reasons, reasonsBefore };
}
