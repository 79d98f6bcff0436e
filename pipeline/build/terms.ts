import { type Clock, type Metric, metrics } from '#lib/metrics/registry.ts';

/** What a contract asks of one KPI; what it leaves out is the registry's. */
export interface Target {
  withinSeconds?: number | undefined;
  clock?: Clock | undefined;
  atLeast?: number | undefined;
  atMost?: number | undefined;
}

export interface Contract {
  vendor: string;
  brand: string;
  from: string;
  to?: string | null | undefined;
  targets: Readonly<Partial<Record<string, Target>>>;
}

/** One stretch of days (local to `timezone`, `to` exclusive, null is unbounded) in which every limit stays the same. */
export interface TermPeriod {
  terms_id: number;
  vendor_id: string | null;
  brand_id: string | null;
  from_on: string | null;
  to_on: string | null;
  timezone: string;
}

export interface Term {
  terms_id: number;
  metric: string;
  limit_seconds: number | null;
  clock: Clock;
  at_least: number | null;
  at_most: number | null;
}

/** Cuts contracts and the registry's dated defaults into periods, and gives every KPI its limit, clock and target in each. */
export function termPeriods(
  contracts: readonly Contract[],
  timezoneOfBrand: (brand: string) => string,
  timezone: string,
): { periods: TermPeriod[]; terms: Term[] } {
  const periods: TermPeriod[] = [];
  const terms: Term[] = [];
  const add = (contract: Contract | null, from: string | null, to: string | null): void => {
    const id = periods.length + 1;
    const zone = contract ? timezoneOfBrand(contract.brand) : timezone;
    periods.push({
      terms_id: id,
      vendor_id: contract?.vendor ?? null,
      brand_id: contract?.brand ?? null,
      from_on: from,
      to_on: to,
      timezone: zone,
    });
    for (const metric of metrics) terms.push(term(id, metric, contract?.targets[metric.id] ?? {}, from));
  };
  for (const [from, to] of cut(null, null)) add(null, from, to);
  for (const contract of contracts)
    for (const [from, to] of cut(contract.from, contract.to ?? null)) add(contract, from, to);
  return { periods, terms };
}

const changes = [
  ...new Set(metrics.flatMap((metric: Metric) => (metric.window ?? []).slice(1).map((window) => window.from))),
].sort();

function cut(from: string | null, to: string | null): [string | null, string | null][] {
  const inside = changes.filter((day) => (from === null || day > from) && (to === null || day < to));
  const bounds = [from, ...inside, to];
  return bounds.slice(1).map((end, index) => [bounds[index] ?? null, end]);
}

function term(id: number, metric: Metric, target: Target, from: string | null): Term {
  const inForce = metric.window?.findLast((window, index) => index === 0 || (from !== null && window.from <= from));
  return {
    terms_id: id,
    metric: metric.id,
    limit_seconds: target.withinSeconds ?? inForce?.limitSeconds ?? null,
    clock: target.clock ?? inForce?.clock ?? metric.defaultClock,
    at_least: target.atLeast ?? null,
    at_most: target.atMost ?? null,
  };
}
