import type { Keys } from '#lib/metrics/dimensions.ts';
import { type Counted, figureOf } from '#lib/metrics/figure.ts';
import { type Bound, type Goal, type Standing, standingOf } from '#lib/metrics/goal.ts';
import type { Period } from '#lib/metrics/period.ts';
import { type MetricId, metricOf } from '#lib/metrics/registry.ts';
import type { Config, Contract, Target } from './config.ts';

/** A contract's target for one KPI held against what was counted for its brand and vendor. */
export interface TargetState {
  contract: Contract;
  metric: MetricId;
  bound: Bound;
  counted: Counted;
  /** Null where nothing counted. */
  standing: Standing | null;
}

const hourSeconds = 3600;

/** The contracts in force at some day of a period, for the brands and vendors picked. */
export function contractsInForce(config: Config, { from, to }: Period, keys: Keys): Contract[] {
  return config.contracts.filter(
    (contract) =>
      contract.from < to &&
      (contract.to === null || contract.to > from) &&
      (keys.brand?.includes(contract.brand) ?? true) &&
      (keys.vendor?.includes(contract.vendor) ?? true),
  );
}

/** What contracts ask of a KPI together; a target that only sets a window asks nothing of its rate. */
export function goalOf(contracts: readonly Contract[], metric: MetricId): Goal {
  const bounds = contracts.flatMap((contract) => boundOf(metric, contract.targets[metric]) ?? []);
  const [first] = bounds;
  if (!first) return null;
  if (!bounds.every(({ sign, value }) => sign === first.sign && value === first.value)) return { kind: 'mixed' };
  const without = contracts.length - bounds.length;
  return without === 0
    ? { kind: 'one', bound: first }
    : { kind: 'some', bound: first, without, contracts: contracts.length };
}

/** The bound of a target in the unit of the KPI's headline; null where the target sets only a window. */
export function boundOf(metric: MetricId, target: Target | undefined): Bound | null {
  const perUnit = metricOf(metric).unit === 'hours' && metricOf(metric).headline === 'median' ? hourSeconds : 1;
  if (target?.atLeast !== undefined) return { sign: '≥', value: target.atLeast / perUnit };
  return target?.atMost === undefined ? null : { sign: '≤', value: target.atMost / perUnit };
}

/** Holds every target of the contracts against what `countedOf` says of its KPI, brand and vendor. */
export function targetStates(
  contracts: readonly Contract[],
  metrics: readonly MetricId[],
  countedOf: (metric: MetricId, contract: Contract) => Counted | null,
): TargetState[] {
  return contracts.flatMap((contract) =>
    metrics.flatMap((metric) => {
      const bound = boundOf(metric, contract.targets[metric]);
      const counted = bound && countedOf(metric, contract);
      if (!bound || !counted) return [];
      return { contract, metric, bound, counted, standing: standingOf(bound, figureOf(metricOf(metric), counted)) };
    }),
  );
}
