import type { RawTable } from './header.ts';
import { JsonWalk, type ValueKind } from './json_walk.ts';

/** Where the records of a JSON text are: the elements or members of the container at `path`, or the whole text as the only one. */
export interface Place {
  path: readonly string[];
  holds: 'elements' | 'members' | 'itself';
}

interface Container {
  path: readonly string[];
  kind: ValueKind;
  objects: number;
  others: number;
  keys: string[];
}

const wrapperNames = ['data', 'rows', 'items', 'list', 'records', 'results'];
const containersKept = 1000;
const maxDepth = 2;

/** Walks a JSON text once to find its records; null where several values follow each other (ndjson). Errors: JsonSyntaxError. */
export async function findRecords(blocks: AsyncIterable<string>, table: RawTable): Promise<Place | null> {
  const containers = new Map<string, Container>();
  const walk = new JsonWalk({
    begin(path, kind) {
      if (path.length <= maxDepth && kind !== 'scalar' && containers.size < containersKept) {
        containers.set(JSON.stringify(path), { path, kind, objects: 0, others: 0, keys: [] });
      }
      const parent = path.length === 0 ? undefined : containers.get(JSON.stringify(path.slice(0, -1)));
      if (parent) {
        if (kind === 'object') parent.objects += 1;
        else parent.others += 1;
        if (parent.keys.length < containersKept) parent.keys.push(path.at(-1) ?? '');
      }
      return path.length === 0 ? 'enter' : path.length <= maxDepth && kind !== 'scalar' ? 'enter' : 'skip';
    },
    take() {},
  });
  for await (const block of blocks) {
    const rest = walk.isComplete ? block : walk.feed(block, false);
    if (containers.get('[]')?.kind === 'array') return { path: [], holds: 'elements' };
    if (walk.isComplete && rest.trim() !== '') return null;
  }
  if (!walk.isComplete) walk.feed('', true);
  return choosePlace([...containers.values()], table);
}

function choosePlace(containers: readonly Container[], table: RawTable): Place {
  const top = containers.find((container) => container.path.length === 0);
  if (!top || top.kind === 'array') return { path: [], holds: 'elements' };
  if (table.require.length > 0 && table.require.every((column) => top.keys.includes(column)))
    return { path: [], holds: 'itself' };
  const list = chooseList(containers, top, table);
  if (list) return { path: list.path, holds: 'elements' };
  const inner = containers.filter((container) => container.path.length === 1 && isKeyed(container));
  const [only] = inner;
  if (only && inner.length === 1 && (top.others > 0 || top.objects === 1)) return { path: only.path, holds: 'members' };
  return { path: [], holds: isKeyed(top) || top.keys.length === 0 ? 'members' : 'itself' };
}

function chooseList(containers: readonly Container[], top: Container, table: RawTable): Container | undefined {
  const isNamed = (container: Container, names: readonly string[]): boolean =>
    names.includes(container.path.at(-1) ?? '');
  const isEnvelope = (path: readonly string[]): boolean =>
    path.length < 2 || top.objects === 1 || wrapperNames.includes(path[0] ?? '');
  const lists = containers.filter(({ kind, path }) => kind === 'array' && !path.includes('') && isEnvelope(path));
  const full = lists.filter((list) => list.objects > 0).toSorted((a, b) => b.objects - a.objects);
  return (
    full.find((list) => isNamed(list, [table.table])) ??
    full.find((list) => isNamed(list, wrapperNames)) ??
    full[0] ??
    lists.find((list) => list.others === 0 && isNamed(list, [table.table, ...wrapperNames]))
  );
}

function isKeyed(container: Container): boolean {
  return container.kind === 'object' && container.objects > 0 && container.others === 0;
}
