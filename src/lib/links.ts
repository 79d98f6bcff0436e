import { keyDimensions } from '#lib/metrics/dimensions.ts';

const shared: readonly string[] = ['from', 'until', 'compare', 'clock', ...keyDimensions];

type Changes = Readonly<Record<string, string | readonly string[] | null>>;

/** A path that keeps the period, comparison and picked keys of the page it stands on; changes replace, null removes. */
export function linkTo(path: string, params: URLSearchParams, changes: Changes = {}): string {
  const kept = new URLSearchParams([...params].filter(([name]) => shared.includes(name)));
  return write(path, kept, changes);
}

/** The path of a case's page: its id with every segment encoded. */
export function casePath(caseId: string): string {
  return `/cases/${caseId.split('/').map(encodeURIComponent).join('/')}`;
}

/** The same page with some parameters changed; paging starts anew. */
export function withParams(url: URL, changes: Changes): string {
  const kept = new URLSearchParams(url.searchParams);
  if (!('page' in changes)) kept.delete('page');
  if (!('after' in changes)) kept.delete('after');
  return write(url.pathname, kept, changes);
}

/** The path on this site that a text from a URL leads to, safe to go to; null where it leads anywhere else. */
export function localPath(text: string): string | null {
  const here = 'http://here.invalid';
  if (!text.startsWith('/') || !URL.canParse(text, here)) return null;
  // Browsers drop tabs and turn backslashes before they look for a host, and so does URL.
  const { origin, pathname, search, hash } = new URL(text, here);
  return origin === here ? `${pathname.replace(/^\/+/, '/')}${search}${hash}` : null;
}

function write(path: string, params: URLSearchParams, changes: Changes): string {
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    for (const one of value === null ? [] : [value].flat()) params.append(name, one);
  }
  const query = params.toString();
  return query === '' ? path : `${path}?${query}`;
}
