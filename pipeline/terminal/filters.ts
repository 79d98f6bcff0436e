import { type Command, InvalidArgumentError, Option } from 'commander';
import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { type MetricId, isMetricId, metricIds } from '#lib/metrics/registry.ts';
import type { Config } from '#lib/server/config.ts';
import { findNearest } from '#lib/server/config_nearest.ts';
import type { KpiFilter } from '#lib/server/kpis.ts';
import { nameDeclared } from './names.ts';
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
    .addOption(
      new Option('--clock <clock>', "clock of median, P90 and value (default: the KPI's own)").choices([
        'calendar',
        'business',
      ]),
    );
}

/** Reads the shared options. Errors: UsageError where the period is empty. */
export function toFilter(options: FilterOptions): KpiFilter {
  const { from, to, brand, vendor, clock } = options;
  if (from >= to) throw new UsageError(translator(detectLocale(process.env))('usage.emptyPeriod', { from, to }));
  const keys = { ...(brand !== undefined && { brand: [brand] }), ...(vendor !== undefined && { vendor: [vendor] }) };
  return { from, to, keys, clock: clock ?? null };
}

/** Makes sure that brand and vendor asked for are in the configuration. Errors: UsageError that lists those there are. */
export function expectDeclared(filter: KpiFilter, config: Config): void {
  const locale = detectLocale(process.env);
  const t = translator(locale);
  const known = (declared: Config['brands'] | Config['vendors']) =>
    declared.map(({ id }) => nameDeclared(declared, locale, id)).join(', ');
  const unknown = (given: readonly string[] | undefined, declared: Config['brands'] | Config['vendors']) =>
    given?.find((key) => !declared.some(({ id }) => id === key));
  const brand = unknown(filter.keys.brand, config.brands);
  const vendor = unknown(filter.keys.vendor, config.vendors);
  if (brand !== undefined) throw new UsageError(t('usage.unknownBrand', { given: brand, known: known(config.brands) }));
  if (vendor !== undefined)
    throw new UsageError(t('usage.unknownVendor', { given: vendor, known: known(config.vendors) }));
}

/** Reads the id of a KPI. Errors: InvalidArgumentError with the nearest and all there are. */
export function parseMetric(text: string): MetricId {
  if (isMetricId(text)) return text;
  const nearest = findNearest(text, metricIds);
  const t = translator(detectLocale(process.env));
  const hint = nearest === null ? [] : [t('usage.nearest', { nearest })];
  throw new InvalidArgumentError(
    [t('usage.choices', { choices: metricIds.join(', ') }), ...hint].join(t('usage.separator')),
  );
}
