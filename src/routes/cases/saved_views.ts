/** A list of cases kept under a name, as its address. */
export interface SavedView {
  name: string;
  href: string;
}

/** Where views are kept until there are accounts. */
type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

const place = 'aftersight.cases.views';

/** The views kept, in the order of their names; none where the storage holds something else or cannot be read. */
export function readViews(storage: Storage | null): SavedView[] {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(place) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}

/** Keeps a view, in place of the one of its name. Errors: the storage's, where it takes nothing more. */
export function keepView(storage: Storage, view: SavedView): SavedView[] {
  const views = [...readViews(storage).filter(({ name }) => name !== view.name), view];
  return write(
    storage,
    views.sort((a, b) => a.name.localeCompare(b.name)),
  );
}

/** Forgets a view. */
export function forgetView(storage: Storage, name: string): SavedView[] {
  return write(
    storage,
    readViews(storage).filter((view) => view.name !== name),
  );
}

function write(storage: Storage, views: SavedView[]): SavedView[] {
  storage.setItem(place, JSON.stringify(views));
  return views;
}

/** Only lists of cases of this site: what stands in a storage is not to be followed anywhere else. */
function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('href' in value)) return false;
  return typeof value.name === 'string' && typeof value.href === 'string' && /^\/cases(\?|$)/.test(value.href);
}
