import { z } from 'zod';
import { type MetricId, isMetricId, metricOf } from '#lib/metrics/registry.ts';
import { type Scope, type Warehouse, read } from './warehouse.ts';

export const dimensions = [
  'brand',
  'vendor',
  'platform',
  'channel',
  'agent',
  'reason_agent',
  'reason_buyer',
  'reason_warehouse',
  'request_type',
  'severity',
  'priority',
  'sku',
  'day',
  'week',
  'month',
] as const;
export type Dimension = (typeof dimensions)[number];

/** What is asked of KPIs: local days, `to` exclusive; null filters take everything; a null clock is each KPI's own. */
export interface KpiFilter {
  from: string;
  to: string;
  brand: string | null;
  vendor: string | null;
  clock: 'calendar' | 'business' | null;
}

const filter = {
  from: z.iso.date(),
  to: z.iso.date(),
  brand: z.string().nullable(),
  vendor: z.string().nullable(),
  clock: z.enum(['calendar', 'business']).nullable(),
};
const metric = z.string().refine(isMetricId);

const totalsRead = {
  name: 'kpi_totals',
  parameters: z.object({ ...filter, metrics: z.array(metric), by: z.enum(dimensions).nullable() }),
  row: z.object({
    metric,
    key: z.string().nullable(),
    numerator: z.int(),
    denominator: z.int(),
    pending: z.int(),
    median: z.number().nullable(),
    p90: z.number().nullable(),
  }),
};

const casesRead = {
  name: 'kpi_cases',
  parameters: z.object({ ...filter, metric, kind: z.enum(['counted', 'failing', 'pending']), is_down: z.boolean() }),
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

/** One KPI for one key of a dimension; rate is null without a denominator, median and p90 in the KPI's unit. */
export interface KpiTotal {
  metric: MetricId;
  key: string | null;
  numerator: number;
  denominator: number;
  rate: number | null;
  median: number | null;
  p90: number | null;
  pending: number;
  excluded: number;
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

/** The totals of KPIs by a dimension, one row wherever anything counted or is pending. */
export async function totals(
  warehouse: Warehouse,
  scope: Scope,
  asked: KpiFilter & { metrics: readonly MetricId[]; by: Dimension | null },
): Promise<KpiTotal[]> {
  const rows = await read(warehouse, scope, totalsRead, { ...asked, metrics: [...asked.metrics] });
  return rows.map((row) => ({
    metric: row.metric,
    key: row.key,
    numerator: row.numerator,
    denominator: row.denominator,
    rate: row.denominator === 0 ? null : row.numerator / row.denominator,
    median: row.median,
    p90: row.p90,
    pending: row.pending,
    excluded: 0,
  }));
}

/** The rows that a KPI's denominator counts, only those against it (failing), or those whose window is still open (pending). */
export async function cases(
  warehouse: Warehouse,
  scope: Scope,
  asked: KpiFilter & { metric: MetricId; kind: 'counted' | 'failing' | 'pending' },
): Promise<KpiCase[]> {
  const rows = await read(warehouse, scope, casesRead, {
    ...asked,
    is_down: metricOf(asked.metric).direction === 'down',
  });
  return rows.map(({ case_id: caseId, item_id: itemId, ...row }) => ({ caseId, itemId, ...row }));
}
