import { createHash } from 'node:crypto';
import { readDocument } from './config_document.ts';
import { isMapping } from './config_findings.ts';

/** What a configuration file says, by hashes: of the whole file, and of each part by its name, as in `brands.lumi` or `timezone`. */
export interface Fingerprint {
  sha256: string;
  parts: Readonly<Record<string, string>>;
}

/** Names of parts that one file has and another has not, or has otherwise. */
export interface PartsDiff {
  added: string[];
  removed: string[];
  changed: string[];
}

/** References to the environment stay what they are, so that no secret is hashed. */
const itself = new Proxy<Record<string, string>>({}, { get: (_, name) => `\${${String(name)}}` });

/** Reads a configuration file for what is in it, right or wrong. Errors: ConfigError where it is no YAML. */
export async function fingerprintOf(path: string): Promise<Fingerprint> {
  const { document } = await readDocument(path, itself);
  const parts = new Map<string, string>();
  for (const [name, value] of partsOf(document.plain)) {
    let free = name;
    for (let count = 2; parts.has(free); count++) free = `${name} (${count})`;
    parts.set(free, hashOf(JSON.stringify(value)).slice(0, 16));
  }
  return { sha256: hashOf(document.text), parts: Object.fromEntries(parts) };
}

/** Compares the parts of two files, each list in order. */
export function diffParts(before: Fingerprint['parts'], after: Fingerprint['parts']): PartsDiff {
  const names = Object.keys(after).sort();
  return {
    added: names.filter((name) => !(name in before)),
    removed: Object.keys(before)
      .filter((name) => !(name in after))
      .sort(),
    changed: names.filter((name) => name in before && before[name] !== after[name]),
  };
}

function partsOf(plain: unknown): [name: string, value: unknown][] {
  if (!isMapping(plain)) return [];
  return Object.entries(plain).flatMap(([key, value]): [string, unknown][] => {
    if (Array.isArray(value)) return value.map((item: unknown, index) => [`${key}.${nameOf(item, index)}`, item]);
    if (isMapping(value)) return Object.entries(value).map(([sub, item]) => [`${key}.${sub}`, item]);
    return [[key, value]];
  });
}

/** What an item of a list goes by: its id or name, or what a contract is between. */
function nameOf(item: unknown, index: number): string {
  if (!isMapping(item)) return String(index + 1);
  const { id, name, vendor, brand, from } = item;
  const own = [id, name].find((one) => typeof one === 'string');
  if (typeof own === 'string') return own;
  const between = [vendor, brand, from].filter((one) => typeof one === 'string');
  return between.length === 0 ? String(index + 1) : between.join('/');
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
