import { LRUCache } from 'lru-cache';
import type { Config } from './config.ts';
import type { DataView } from './view.ts';
import type { Warehouse } from './warehouse.ts';

const keptPages = 100;

/**
 * Remembers what a page was made of, so that the next who ask the same need neither reads nor drawings: by configuration and snapshot, gone
 * with either, by scope, and by a key that holds all else the page depends on: its language and address.
 */
export function pageMemory<T>(): (
  view: DataView,
  key: readonly string[],
  make: (view: DataView) => Promise<T>,
) => Promise<T> {
  const made = new WeakMap<Config, WeakMap<Warehouse, LRUCache<string, Promise<T>>>>();
  return (view, key, make) => {
    const { config, warehouse, scope } = view;
    if (warehouse.answers === null) return make(view);
    const bySnapshot = made.get(config) ?? new WeakMap<Warehouse, LRUCache<string, Promise<T>>>();
    made.set(config, bySnapshot);
    const pages = bySnapshot.get(warehouse) ?? new LRUCache<string, Promise<T>>({ max: keptPages });
    bySnapshot.set(warehouse, pages);
    const whole = JSON.stringify([scope, ...key]);
    const known = pages.get(whole);
    if (known) return known;
    const page = make(view);
    pages.set(whole, page);
    page.catch(() => pages.delete(whole));
    return page;
  };
}
