import { Argument, type Command, Option } from 'commander';
import { everything } from '#lib/access/principal.ts';
import { detectLocale } from '#lib/i18n/locale.ts';
import { type MetricId, metricIds } from '#lib/metrics/registry.ts';
import { type Dimension, dimensions } from '#lib/metrics/dimensions.ts';
import { type FilterOptions, expectDeclared, parseMetric, toFilter, withFilterOptions } from '../terminal/filters.ts';

export function register(program: Command): void {
  withFilterOptions(program.command('kpi'))
    .description('prints KPI values')
    .addArgument(
      new Argument('[metrics...]', 'KPI ids (default: all)').argParser<MetricId[]>((text, previous) => [
        ...(previous ?? []),
        parseMetric(text),
      ]),
    )
    .addOption(new Option('--by <dimension>', 'one row per key of this dimension').choices(dimensions))
    .addHelpText('after', `\nKPIs: ${metricIds.join(', ')}`)
    .action(async (metrics: MetricId[] | undefined, options: FilterOptions & { by?: Dimension }) => {
      await execute(metrics && metrics.length > 0 ? [...new Set(metrics)] : metricIds, options);
    });
}

async function execute(metrics: readonly MetricId[], options: FilterOptions & { by?: Dimension }): Promise<void> {
  const filter = toFilter(options);
  const [{ loadConfig }, { openWarehouse }, kpis, { formatTotals }] = await Promise.all([
    import('#lib/server/config.ts'),
    import('#lib/server/warehouse.ts'),
    import('#lib/server/kpis.ts'),
    import('../terminal/kpi_report.ts'),
  ]);
  const config = await loadConfig(options.config);
  expectDeclared(filter, config);
  const warehouse = await openWarehouse(config.dataDir);
  try {
    const { current } = warehouse;
    const by = options.by ?? null;
    const rows = await kpis.totals(warehouse, everything, { ...filter, metrics, by });
    if (options.json) {
      const { from, to } = filter;
      process.stdout.write(
        `${JSON.stringify({ snapshot: current.snapshot, asOf: current.asOf, from, to, by, rows })}\n`,
      );
      return;
    }
    const overall = by === null ? [] : await kpis.totals(warehouse, everything, { ...filter, metrics, by: null });
    const report = { config, current, filter, metrics, by, rows, overall };
    process.stdout.write(`${formatTotals(report, detectLocale(process.env))}\n`);
  } finally {
    warehouse.close();
  }
}
