import { error } from '@sveltejs/kit';
import { type Scope, scopeOf } from '#lib/access/principal.ts';
import { type Ability, may } from '#lib/access/roles.ts';
import type { Config } from './config.ts';
import { type Filter, FilterError, readFilter } from './filter.ts';
import type { Lease } from './leases.ts';
import { narrowedConfig } from './narrowed_config.ts';
import type { RunLog } from './runs.ts';
import type { Schedule } from './schedule.ts';
import type { Visitor } from './sign_in.ts';
import type { Warehouse } from './warehouse.ts';

/** What one request sees: who asks, the configuration as far as they may know it, one snapshot throughout, the rows they may read. */
export interface View {
  visitor: Visitor;
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

/** The view of somebody signed in. */
export async function viewOf(
  visitor: Visitor,
  lease: Lease | null,
  { config, runs, schedule }: Pick<View, 'config' | 'runs' | 'schedule'>,
): Promise<View> {
  const scope = scopeOf(visitor.principal);
  const known = await narrowedConfig(config, lease?.warehouse ?? null, scope);
  return { visitor, config: known, scope, lease, runs, schedule };
}

/** The view of a request that comes from somebody signed in. Errors: 401 for nobody; the hook has sent those away before. */
export function requireView(view: View | null): View {
  if (!view) error(401, { message: 'not signed in', kind: 'not_signed_in' });
  return view;
}

/** A view whose principal may do something. Errors: 401, 403. */
export function requireAbility(view: View | null, ability: Ability): View {
  const mine = requireView(view);
  if (!may(mine.visitor.principal.role, ability)) error(403, { message: `needs ${ability}`, kind: 'forbidden' });
  return mine;
}

/** The data of a view. Errors: 401; 503 before anything was published. */
export function requireData(view: View | null): DataView {
  const { config, scope, lease } = requireView(view);
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
    if (cause instanceof FilterError) error(400, { message: cause.message, kind: 'bad_request', fault: cause.fault });
    throw cause;
  }
}
