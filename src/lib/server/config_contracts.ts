import { isMetricId, metricIds, metricOf, type Clock, type Metric, type MetricId } from '#lib/metrics/registry.ts';
import type { z } from 'zod';
import type { Path } from './config_document.ts';
import type { Findings } from './config_findings.ts';
import { suggest } from './config_nearest.ts';
import { contractSchema, targetSchema } from './config_schema.ts';

/** What a contract asks of a KPI: its window where it differs from the default, and the bound as a fraction (seconds for a KPI headed by a median). */
export interface Target {
  withinSeconds?: number;
  clock?: Clock;
  atLeast?: number;
  atMost?: number;
}

/** A contract in force from midnight of `from` until midnight of `to` (half-open; null: open), in the brand's time zone. */
export interface Contract {
  vendor: string;
  brand: string;
  from: string;
  to: string | null;
  targets: Readonly<Partial<Record<MetricId, Target>>>;
}

type Bound = { kind: 'share' | 'duration'; value: number };

function readTarget(findings: Findings, metric: Metric, parsed: z.output<typeof targetSchema>, path: Path): Target {
  const isMedian = metric.headline === 'median';
  const isLowerBetter = isMedian || metric.direction === 'down';
  const value = (bound: Bound, at: Path) => {
    if (bound.kind !== (isMedian ? 'duration' : 'share'))
      findings.add(at, isMedian ? `a duration such as 48h (${metric.id} is a median time)` : 'a share such as 95%');
    return bound.value;
  };
  if ('bound' in parsed)
    return isLowerBetter ? { atMost: value(parsed.bound, path) } : { atLeast: value(parsed.bound, path) };

  if (metric.window === undefined) {
    for (const key of ['within', 'clock'] as const)
      if (parsed[key] !== undefined) findings.addKey([...path, key], `at_least, at_most (${metric.id} has no window)`);
  }
  const wrong = isLowerBetter ? 'at_least' : 'at_most';
  if (parsed[wrong] !== undefined)
    findings.addKey(
      [...path, wrong],
      isLowerBetter ? `at_most (${metric.id}: lower is better)` : `at_least (${metric.id}: higher is better)`,
    );
  return {
    ...(parsed.within !== undefined && { withinSeconds: parsed.within }),
    ...(parsed.clock !== undefined && { clock: parsed.clock }),
    ...(parsed.at_least && { atLeast: value(parsed.at_least, [...path, 'at_least']) }),
    ...(parsed.at_most && { atMost: value(parsed.at_most, [...path, 'at_most']) }),
  };
}

function resolveTargets(findings: Findings, targets: Record<string, unknown>, path: Path): Contract['targets'] {
  const resolved: Partial<Record<MetricId, Target>> = {};
  for (const [id, raw] of Object.entries(targets)) {
    if (!isMetricId(id)) {
      findings.addKey([...path, id], suggest(id, metricIds));
      continue;
    }
    const parsed = findings.parse(targetSchema, raw, [...path, id]);
    if (parsed !== null) resolved[id] = readTarget(findings, metricOf(id), parsed, [...path, id]);
  }
  return resolved;
}

function overlap(a: Contract, b: Contract): boolean {
  return (
    a.vendor === b.vendor && a.brand === b.brand && (b.to === null || a.from < b.to) && (a.to === null || b.from < a.to)
  );
}

/** Resolves the contracts of a file; undeclared parties, unknown KPIs and two contracts in force at once for a vendor and brand are problems. */
export function resolveContracts(
  findings: Findings,
  value: unknown,
  vendors: readonly string[],
  brands: readonly string[],
): Contract[] {
  const earlier: { index: number; contract: Contract }[] = [];
  for (const { index, item } of findings.parseList(contractSchema, value, ['contracts'])) {
    const path = ['contracts', index];
    findings.expect([...path, 'vendor'], item.vendor, vendors);
    findings.expect([...path, 'brand'], item.brand, brands);
    const contract = {
      ...item,
      to: item.to ?? null,
      targets: resolveTargets(findings, item.targets, [...path, 'targets']),
    };
    if (contract.to !== null && contract.to <= contract.from)
      findings.add(
        [...path, 'to'],
        `a date after ${contract.from} (the first day on which the contract no longer holds)`,
      );
    const other = earlier.find((one) => overlap(one.contract, contract));
    if (other)
      findings.add(
        [...path, 'from'],
        `one contract at a time for ${contract.vendor} and ${contract.brand}; contracts[${other.index}] is in force from ${other.contract.from} to ${other.contract.to ?? 'ever'}`,
      );
    earlier.push({ index, contract });
  }
  return earlier.map(({ contract }) => contract);
}
