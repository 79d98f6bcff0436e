import type { Direction, Headline, MetricId } from '#lib/metrics/registry.ts';

/** What the page needs to know of a KPI; the registry stays on the server, with its definitions in three languages. */
export interface Kpi {
  id: MetricId;
  direction: Direction;
  headline: Headline;
}
