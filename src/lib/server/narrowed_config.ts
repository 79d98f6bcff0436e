import { z } from 'zod';
import { type Scope, everything } from '#lib/access/principal.ts';
import type { Config } from './config.ts';
import { type Warehouse, read } from './warehouse.ts';

export const knownKeysRead = {
  name: 'known_keys',
  parameters: z.object({}),
  row: z.object({ brand_id: z.string(), vendor_id: z.string().nullable() }),
};

/** Made before, so that a principal's requests share one object, and what is remembered by it. */
const made = new WeakMap<Config, WeakMap<Warehouse, Map<string, Promise<Config>>>>();

/**
 * The configuration as a principal may know it: brands and vendors by name only where it is given them or has cases of theirs, contracts only
 * between those, no sources, no secrets. Whatever pages make of the configuration (names, choices, targets) tells no more.
 */
export function narrowedConfig(config: Config, warehouse: Warehouse | null, scope: Scope): Promise<Config> {
  if (isEverything(scope)) return Promise.resolve(config);
  if (warehouse === null) return Promise.resolve(narrow(config, scope, []));
  const bySnapshot = made.get(config) ?? new WeakMap<Warehouse, Map<string, Promise<Config>>>();
  made.set(config, bySnapshot);
  const byScope = bySnapshot.get(warehouse) ?? new Map<string, Promise<Config>>();
  bySnapshot.set(warehouse, byScope);
  const key = JSON.stringify(scope);
  const known =
    byScope.get(key) ?? read(warehouse, scope, knownKeysRead, {}).then((keys) => narrow(config, scope, keys));
  byScope.set(key, known);
  known.catch(() => byScope.delete(key));
  return known;
}

type KnownKeys = readonly z.output<typeof knownKeysRead.row>[];

function narrow(config: Config, scope: Scope, keys: KnownKeys): Config {
  const brands = new Set([...(scope.brands ?? []), ...keys.map((key) => key.brand_id)]);
  const vendors = new Set([...(scope.vendors ?? []), ...keys.map((key) => key.vendor_id)]);
  return {
    ...config,
    brands: config.brands.filter(({ id }) => brands.has(id)),
    vendors: config.vendors.filter(({ id }) => vendors.has(id)),
    contracts: config.contracts.filter(({ brand, vendor }) => brands.has(brand) && vendors.has(vendor)),
    forbidden: config.forbidden.filter((one) => one.brands?.some((id) => brands.has(id)) ?? true),
    sources: [],
    web: { ...config.web, oidc: null, mail: null },
  };
}

function isEverything({ brands, vendors, agents }: Scope): boolean {
  return brands === everything.brands && vendors === everything.vendors && agents === everything.agents;
}
