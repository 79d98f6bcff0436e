import { type Command, InvalidArgumentError, Option } from 'commander';
import { type MetricId, isMetricId, metricIds } from '#lib/metrics/registry.ts';
import type { KpiFilter } from '#lib/server/kpis.ts';
import { type CommonOptions, UsageError, parseDay, withCommonOptions } from './options.ts';

export interface FilterOptions extends CommonOptions {
  from: string;
  to: string;
  brand?: string;
  vendor?: string;
  clock?: 'calendar' | 'business';
}

/** Adds the period and filters that kpi and cases share. */
export function withFilterOptions(command: Command): Command {
  return withCommonOptions(command)
    .requiredOption('--from <day>', 'first local day', parseDay)
    .requiredOption('--to <day>', 'day after the last', parseDay)
    .option('--brand <id>', 'only this brand')
    .option('--vendor <id>', 'only this vendor')
    .addOption(new Option('--clock <clock>', "clock of median, P90 and value (default: the KPI's own)").choices(['calendar', 'business']));
}

/** Reads the shared options. Errors: UsageError where the period is empty. */
export function toFilter(options: FilterOptions): KpiFilter {
  if (options.from >= options.to) throw new UsageError(`--from ${options.from} --to ${options.to}: the period is empty; --to is the day after the last`);
  return { from: options.from, to: options.to, brand: options.brand ?? null, vendor: options.vendor ?? null, clock: options.clock ?? null };
}

export function parseMetric(text: string): MetricId {
  if (!isMetricId(text)) throw new InvalidArgumentError(`There are: ${metricIds.join(', ')}.`);
  return text;
}
