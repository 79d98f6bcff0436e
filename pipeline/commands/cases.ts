import type { Command } from 'commander';
import type { MetricId } from '#lib/metrics/registry.ts';
import { type FilterOptions, parseMetric, toFilter, withFilterOptions } from '../terminal/filters.ts';
import { UsageError } from '../terminal/options.ts';

interface CasesOptions extends FilterOptions {
  failing?: boolean;
  pending?: boolean;
}

export function register(program: Command): void {
  withFilterOptions(program.command('cases'))
    .description('lists the cases, rounds or refunds behind a KPI')
    .argument('<metric>', 'KPI id', parseMetric)
    .option('--failing', 'only those against the KPI')
    .option('--pending', 'those whose window is still open')
    .action(execute);
}

async function execute(metric: MetricId, options: CasesOptions): Promise<void> {
  if (options.failing && options.pending) throw new UsageError('--failing and --pending exclude each other: a pending row counts neither for nor against');
  const filter = toFilter(options);
  const [{ loadConfig }, { everything, openWarehouse }, kpis, { printCases }] = await Promise.all([
    import('#lib/server/config.ts'),
    import('#lib/server/warehouse.ts'),
    import('#lib/server/kpis.ts'),
    import('../terminal/kpi_report.ts'),
  ]);
  const config = await loadConfig(options.config);
  const warehouse = await openWarehouse(config.dataDir);
  try {
    const kind = options.failing ? 'failing' : options.pending ? 'pending' : 'counted';
    const rows = await kpis.cases(warehouse, everything, { ...filter, metric, kind });
    const { snapshot, asOf } = warehouse.current;
    if (options.json) process.stdout.write(`${JSON.stringify({ snapshot, asOf, rows })}\n`);
    else printCases(metric, rows);
  } finally {
    warehouse.close();
  }
}
