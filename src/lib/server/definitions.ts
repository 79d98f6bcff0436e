import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MetricId } from '#lib/metrics/registry.ts';
import { queriesFolder } from './queries_folder.ts';

/** The SELECT that computes a KPI, as it stands in queries/kpis. */
export function sqlOfKpi(metric: MetricId): Promise<string> {
  return readFile(join(queriesFolder, 'kpis', `${metric}.sql`), 'utf8');
}
