import { z } from 'zod';
import { type Keys, keyDimensions } from '#lib/metrics/dimensions.ts';
import { addDays } from '#lib/metrics/period.ts';
import { type MetricId, isMetricId, metricIds } from '#lib/metrics/registry.ts';
import { isSliceDimension } from '#lib/metrics/slice.ts';
import type { SliceAsked } from '#lib/server/explore.ts';
import { type Filter, FilterError, readOne } from '#lib/server/filter.ts';

const day = z.iso.date().refine((text) => text >= '2000-01-01' && text < '2100-01-01');
const defaultMetric: MetricId = 'first_response';

/** Reads which slice an address asks for: the first response where no KPI is named. Errors: FilterError, also for what it picks. */
export function readRequest(params: URLSearchParams, { period, keys }: Filter): SliceAsked {
  const from = readOne(params, 'bfrom', day, 'a day such as 2026-10-01');
  const until = readOne(params, 'buntil', day, 'a day such as 2026-10-31, the last one picked');
  if (from !== null && until !== null && from > until)
    throw new FilterError(`bfrom=${from}, buntil=${until}: the first day picked and the last`);
  readOne(params, 'reasons', z.enum(['reason_buyer', 'reason_agent']), 'reason_buyer or reason_agent');
  return { metric: readMetric(params), period, keys: unexplored(keys) };
}

function readMetric(params: URLSearchParams): MetricId {
  return readOne(params, 'metric', z.string().refine(isMetricId), metricIds.join(', ')) ?? defaultMetric;
}

/** Keys of dimensions that the page does not show are picked before counting. */
function unexplored(keys: Keys): Keys {
  return Object.fromEntries(Object.entries(keys).filter(([dimension]) => !isSliceDimension(dimension)));
}

/** The address of the slice behind a page, of the snapshot that the page shows. */
export function sliceAddress({ metric, period, keys }: SliceAsked, snapshot: string): string {
  const params = new URLSearchParams({ snapshot, metric, from: period.from, until: addDays(period.to, -1) });
  for (const dimension of keyDimensions) for (const key of keys[dimension] ?? []) params.append(dimension, key);
  return `/explore/slice?${params.toString()}`;
}
