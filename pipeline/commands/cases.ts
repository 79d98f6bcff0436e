import type { Command } from 'commander';
import { everything } from '#lib/access/principal.ts';
import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { type MetricId, metricIds } from '#lib/metrics/registry.ts';
import { type FilterOptions, expectDeclared, parseMetric, toFilter, withFilterOptions } from '../terminal/filters.ts';
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
    .addHelpText('after', `\nKPIs: ${metricIds.join(', ')}`)
    .action(execute);
}

async function execute(metric: MetricId, options: CasesOptions): Promise<void> {
  const locale = detectLocale(process.env);
  if (options.failing && options.pending) throw new UsageError(translator(locale)('usage.exclusive'));
  const filter = toFilter(options);
  const [{ loadConfig }, { openWarehouse }, kpis, { formatCases }] = await Promise.all([
    import('#lib/server/config.ts'),
    import('#lib/server/warehouse.ts'),
    import('#lib/server/kpis.ts'),
    import('../terminal/case_report.ts'),
  ]);
  const config = await loadConfig(options.config);
  expectDeclared(filter, config);
  const warehouse = await openWarehouse(config.dataDir);
  try {
    const { current } = warehouse;
    const kind = options.failing ? 'failing' : options.pending ? 'pending' : 'counted';
    const rows = await kpis.cases(warehouse, everything, { ...filter, metric, kind });
    const text = options.json
      ? JSON.stringify({ snapshot: current.snapshot, asOf: current.asOf, rows })
      : formatCases({ config, current, filter, metric, kind, rows }, locale);
    process.stdout.write(`${text}\n`);
  } finally {
    warehouse.close();
  }
}
