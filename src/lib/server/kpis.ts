import { z } from 'zod';
import { type Clock, type MetricId, clockFor, isMetricId, metricOf } from '#lib/metrics/registry.ts';
import { type Dimension, type KeyDimension, type Keys, dimensions, keyDimensions } from '#lib/metrics/dimensions.ts';
import { type Warehouse, read } from './warehouse.ts';
import type { Scope } from '#lib/access/principal.ts';

/** What is asked of KPIs: local days, `to` exclusive; a dimension without keys takes everything; a null clock is each KPI's own. */
export interface KpiFilter {
  from: string;
  to: string;
  keys: Keys;
  clock: Clock | null;
}

const metric = z.string().refine(isMetricId);
const period = { from: z.iso.date(), to: z.iso.date(), keys: z.string() };
const filter = { ...period, metric, clock: z.enum(['calendar', 'business']) };
const countColumns = { numerator: z.int(), denominator: z.int(), pending: z.int() };

export const totalsRead = {
  name: 'kpi_totals',
  parameters: z.object({ ...filter, by: z.enum(dimensions).nullable() }),
  row: z.object({
    key: z.string().nullable(),
    ...countColumns,
    median: z.number().nullable(),
    p90: z.number().nullable(),
  }),
};

export const sumsRead = {
  name: 'kpi_sums',
  parameters: z.object({ ...period, metric }),
  row: z.object({ currency: z.string().nullable(), rows: z.int(), total: z.number().nullable() }),
};

export const dailyRead = {
  name: 'kpi_daily',
  parameters: z.object({ ...period, metrics: z.array(metric), by: z.enum(dimensions).nullable() }),
  row: z.object({ metric, key: z.string().nullable(), ...countColumns }),
};

export const crossRead = {
  name: 'kpi_cross',
  parameters: z.object({ ...filter, by: z.enum(dimensions), and_by: z.enum(dimensions) }),
  row: z.object({
    key: z.string().nullable(),
    and_key: z.string().nullable(),
    ...countColumns,
    median: z.number().nullable(),
  }),
};

export const histogramRead = {
  name: 'kpi_histogram',
  parameters: z.object({ ...filter, edges: z.array(z.string()) }),
  row: z.object({ bin: z.int(), rows: z.int(), numerator: z.int() }),
};

export const casesRead = {
  name: 'kpi_cases',
  parameters: z.object({ ...filter, kind: z.enum(['counted', 'failing', 'pending']), is_down: z.boolean() }),
  row: z.object({
    case_id: z.string(),
    item_id: z.string().nullable(),
    day: z.string(),
    state: z.string(),
    numerator: z.int(),
    denominator: z.int(),
    value: z.number().nullable(),
  }),
};

/** What a KPI counted; pending rows are in neither. */
export interface KpiCount {
  numerator: number;
  denominator: number;
  pending: number;
}

/** What one KPI counted for one key of a dimension. */
export interface KeyCount extends KpiCount {
  metric: MetricId;
  key: string | null;
}

/** One KPI for one key of a dimension; rate is null without a denominator, median and p90 in the KPI's unit. */
export interface KpiTotal extends KeyCount {
  rate: number | null;
  median: number | null;
  p90: number | null;
  excluded: number;
}

/** What one KPI counted for a pair of keys of two dimensions, with its median in the KPI's unit. */
export interface PairTotal extends KpiCount {
  key: string | null;
  andKey: string | null;
  median: number | null;
}

/** One case, round or refund behind a KPI. */
export interface KpiCase {
  caseId: string;
  itemId: string | null;
  day: string;
  state: string;
  numerator: number;
  denominator: number;
  value: number | null;
}

const rollupDimensions: readonly (Dimension | null)[] = [
  'brand',
  'vendor',
  'platform',
  'channel',
  'day',
  'week',
  'month',
  null,
];

/** The totals of KPIs by a dimension with their medians, one row wherever anything counted or is pending. */
export async function totals(
  warehouse: Warehouse,
  scope: Scope,
  { metrics, by, ...asked }: KpiFilter & { metrics: readonly MetricId[]; by: Dimension | null },
): Promise<KpiTotal[]> {
  const parts = await Promise.all(
    metrics.map(async (id) => {
      const clock = clockFor(id, asked.clock);
      const rows = await read(warehouse, scope, totalsRead, { ...toParameters(asked), metric: id, clock, by });
      return rows.map((row) => ({
        metric: id,
        ...row,
        rate: row.denominator === 0 ? null : row.numerator / row.denominator,
        excluded: 0,
      }));
    }),
  );
  return parts.flat();
}

/** What KPIs counted by a dimension, without medians: from the daily rollup wherever it knows the dimension and the keys picked. */
export async function counts(
  warehouse: Warehouse,
  scope: Scope,
  { metrics, by, ...asked }: Omit<KpiFilter, 'clock'> & { metrics: readonly MetricId[]; by: Dimension | null },
): Promise<KeyCount[]> {
  const isInRollup = [by, ...pickedDimensions(asked.keys)].every((dimension) => rollupDimensions.includes(dimension));
  if (isInRollup && scope.agents === null)
    return read(warehouse, scope, dailyRead, { ...toParameters(asked), metrics: [...metrics], by });
  const rows = await totals(warehouse, scope, { ...asked, clock: null, metrics, by });
  return rows.map(({ metric: id, key, numerator, denominator, pending }) => ({
    metric: id,
    key,
    numerator,
    denominator,
    pending,
  }));
}

/** What one KPI counted by two dimensions at once, with its medians. */
export async function cross(
  warehouse: Warehouse,
  scope: Scope,
  { metric: id, by, andBy, clock, ...asked }: KpiFilter & { metric: MetricId; by: Dimension; andBy: Dimension },
): Promise<PairTotal[]> {
  const rows = await read(warehouse, scope, crossRead, {
    ...toParameters(asked),
    metric: id,
    clock: clockFor(id, clock),
    by,
    and_by: andBy,
  });
  return rows.map(({ and_key: andKey, ...row }) => ({ ...row, andKey }));
}

/** How the values of one KPI spread over bins: bin 0 is below the first edge, the last one from the last edge on. */
export async function histogram(
  warehouse: Warehouse,
  scope: Scope,
  { metric: id, edges, clock, ...asked }: KpiFilter & { metric: MetricId; edges: readonly number[] },
): Promise<{ bin: number; rows: number; numerator: number }[]> {
  return read(warehouse, scope, histogramRead, {
    ...toParameters(asked),
    metric: id,
    clock: clockFor(id, clock),
    edges: edges.map(String),
  });
}

/** The rows that a KPI's denominator counts, only those against it (failing), or those whose window is still open (pending). */
export async function cases(
  warehouse: Warehouse,
  scope: Scope,
  { metric: id, kind, clock, ...asked }: KpiFilter & { metric: MetricId; kind: 'counted' | 'failing' | 'pending' },
): Promise<KpiCase[]> {
  const rows = await read(warehouse, scope, casesRead, {
    ...toParameters(asked),
    metric: id,
    kind,
    clock: clockFor(id, clock),
    is_down: metricOf(id).direction === 'down',
  });
  return rows.map(({ case_id: caseId, item_id: itemId, ...row }) => ({ caseId, itemId, ...row }));
}

function toParameters({ from, to, keys }: Omit<KpiFilter, 'clock'>): { from: string; to: string; keys: string } {
  return { from, to, keys: toKeysParameter(keys) };
}

/** Writes picked keys as the parameter that the macros of queries/scoped read. */
export function toKeysParameter(keys: Keys): string {
  return JSON.stringify(Object.fromEntries(pickedDimensions(keys).map((dimension) => [dimension, keys[dimension]])));
}

function pickedDimensions(keys: Keys): KeyDimension[] {
  return keyDimensions.filter((dimension) => keys[dimension] !== undefined);
}
