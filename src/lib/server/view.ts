import { error } from '@sveltejs/kit';
import type { Config } from './config.ts';
import { type Filter, FilterError, readFilter } from './filter.ts';
import type { Lease } from './leases.ts';
import { type RunLog, openRunLog } from './runs.ts';
import type { Schedule } from './schedule.ts';
import { type Scope, type Warehouse, everything } from './warehouse.ts';

/** What one request sees: the configuration, one snapshot throughout, the rows its principal may read. */
export interface View {
  config: Config;
  scope: Scope;
  /** Null while nothing was ever published. */
  lease: Lease | null;
  runs: RunLog;
  schedule: Schedule | null;
}

/** A view with data in it. */
export interface DataView {
  config: Config;
  scope: Scope;
  warehouse: Warehouse;
}

/** The view of one local operator, who sees everything: until there are accounts, the server listens to this machine only. */
export function viewOf(
  config: Config,
  lease: Lease | null,
  { runs, schedule }: Pick<View, 'runs' | 'schedule'> = { runs: openRunLog(config.dataDir), schedule: null },
): View {
  return { config, lease, runs, schedule, scope: everything };
}

/** A view of who may see everything, for pages about the runs themselves. Errors: 403 for others. */
export function requireOperator(view: View): View {
  const { brands, vendors, agents } = view.scope;
  if (brands !== null || vendors !== null || agents !== null) error(403, { message: 'for operators' });
  return view;
}

/** The data of a view. Errors: 503 before anything was published. */
export function requireData({ config, scope, lease }: View): DataView {
  if (!lease) error(503, { message: 'no snapshot yet', kind: 'no_snapshot' });
  return { config, scope, warehouse: lease.warehouse };
}

/** What the URL asks for. Errors: 400 with the parameter at fault. */
export function requireFilter(params: URLSearchParams, { config, warehouse }: DataView): Filter {
  return orBadRequest(() => readFilter(params, config, warehouse.current.asOf));
}

/** Answers 400 where reading a URL's parameters fails. */
export function orBadRequest<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof FilterError) error(400, { message: cause.message, kind: 'bad_request' });
    throw cause;
  }
}
