import { LRUCache } from 'lru-cache';
import { qualityRevision } from '../store/quality_revision.ts';
import type { Store } from '../store/store.ts';

/** Remembers what is made from samples and final reviews until any of them changes; `key` says what else it is made from, whose scope included. */
export function qualityMemory<T extends object>(
  max: number,
): (store: Store, key: readonly unknown[], make: () => Promise<T>) => Promise<T> {
  const kept = new WeakMap<Store, LRUCache<string, Promise<T>>>();
  return async (store, key, make) => {
    const known = kept.get(store) ?? new LRUCache({ max });
    kept.set(store, known);
    const name = JSON.stringify([await qualityRevision(store), ...key]);
    const found = known.get(name);
    if (found) return found;
    const made = make();
    known.set(name, made);
    made.catch(() => known.delete(name));
    return made;
  };
}
