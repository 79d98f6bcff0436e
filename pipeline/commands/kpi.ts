import { Argument, type Command, Option } from 'commander';
import { type MetricId, metricIds } from '#lib/metrics/registry.ts';
import { type Dimension, dimensions } from '#lib/server/kpis.ts';
import { type FilterOptions, parseMetric, toFilter, withFilterOptions } from '../terminal/filters.ts';

export function register(program: Command): void {
  withFilterOptions(program.command('kpi'))
    .description('prints KPI values')
    .addArgument(
      new Argument('[metrics...]', 'KPI ids (default: all)').argParser<MetricId[]>((text, previous) => [...(previous ?? []), parseMetric(text)]),
    )
    .addOption(new Option('--by <dimension>', 'one row per key of this dimension').choices(dimensions))
    .action(async (metrics: MetricId[] | undefined, options: FilterOptions & { by?: Dimension }) => {
      await execute(metrics && metrics.length > 0 ? metrics : metricIds, options);
    });
}

async function execute(metrics: readonly MetricId[], options: FilterOptions & { by?: Dimension }): Promise<void> {
  const filter = toFilter(options);
  const [{ loadConfig }, { everything, openWarehouse }, kpis, { printTotals }] = await Promise.all([
    import('#lib/server/config.ts'),
    import('#lib/server/warehouse.ts'),
    import('#lib/server/kpis.ts'),
    import('../terminal/kpi_report.ts'),
  ]);
  const config = await loadConfig(options.config);
  const warehouse = await openWarehouse(config.dataDir);
  try {
    const by = options.by ?? null;
    const rows = await kpis.totals(warehouse, everything, { ...filter, metrics, by });
    const { snapshot, asOf } = warehouse.current;
    if (options.json) process.stdout.write(`${JSON.stringify({ snapshot, asOf, from: filter.from, to: filter.to, by, rows })}\n`);
    else printTotals({ snapshot, asOf, filter, by, rows });
  } finally {
    warehouse.close();
  }
}
