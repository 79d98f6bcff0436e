import { type Keys, keyDimensions } from '#lib/metrics/dimensions.ts';
import { addDays } from '#lib/metrics/period.ts';
import { type MetricId, metricIds } from '#lib/metrics/registry.ts';
import { isSliceDimension } from '#lib/metrics/slice.ts';
import type { SliceAsked } from '#lib/server/explore.ts';
import { type Filter, FilterError, readChoice, readDay } from '#lib/server/filter.ts';

const defaultMetric: MetricId = 'first_response';

/** Reads which slice an address asks for: the first response where no KPI is named. Errors: FilterError, also for what it picks. */
export function readRequest(params: URLSearchParams, { period, keys }: Filter): SliceAsked {
  const from = readDay(params, 'bfrom');
  const until = readDay(params, 'buntil');
  if (from !== null && until !== null && from > until)
    throw new FilterError({ bfrom: from, buntil: until }, { kind: 'order' });
  readChoice(params, 'reasons', ['reason_buyer', 'reason_agent']);
  return { metric: readChoice(params, 'metric', metricIds) ?? defaultMetric, period, keys: unexplored(keys) };
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
