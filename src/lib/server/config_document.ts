import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { ConfigError, type ConfigProblem } from './config_error.ts';

export type Path = readonly (string | number)[];

interface Place {
  offset: number;
  keyOffset: number | null;
  found: string;
  /** The whole value is one ${NAME}. */
  isReference: boolean;
}

/** A parsed file: its plain values (every scalar a string, empty ones left out) and the way back to their lines. */
export interface ConfigDocument {
  file: string;
  text: string;
  plain: unknown;
  /** Tells whether a value comes from the environment as a whole. */
  isReference(path: Path): boolean;
  problem(path: Path, allowed: string, found?: string): ConfigProblem;
  keyProblem(path: Path, allowed: string): ConfigProblem;
}

/** Writes a path as in vendors[0].calendar. */
export function formatPath(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

// In flow style `{ url: ${NAME} }` is no YAML: braces end a plain scalar. Characters of the private use area,
// one for one so that lines and columns hold, stand in for them while the file is parsed.
const open = '\uE000';
const close = '\uE001';
const shield = (text: string) => text.replace(/\$\{([^{}\r\n]*)\}/g, `$$${open}$1${close}`);
const unshield = (text: string) => text.replaceAll(open, '{').replaceAll(close, '}');
const reference = new RegExp(`\\$${open}([^${close}]*)${close}`, 'g');

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

class Reader {
  readonly places = new Map<string, Place>();
  readonly missing: { path: Path; name: string }[] = [];
  readonly circular: Path[] = [];
  readonly unanchored: Path[] = [];
  readonly doc: Document.Parsed;
  readonly env: Readonly<Record<string, string | undefined>>;

  constructor(doc: Document.Parsed, env: Readonly<Record<string, string | undefined>>) {
    this.doc = doc;
    this.env = env;
  }

  read(node: unknown, path: Path, keyOffset: number | null, ancestors: readonly unknown[]): unknown {
    const resolved = isAlias(node) ? node.resolve(this.doc) : node;
    const offset = this.offsetOf(node) ?? keyOffset ?? 0;
    const place = (found: string, isReference = false) =>
      this.places.set(JSON.stringify(path), { offset, keyOffset, found, isReference });
    if (isAlias(node) && resolved === undefined) {
      place(`*${node.source}`);
      this.unanchored.push(path);
      return undefined;
    }
    if (ancestors.includes(resolved)) {
      place('an alias of what it is inside');
      this.circular.push(path);
      return undefined;
    }
    if (isMap(resolved)) {
      place('a mapping');
      const entries = resolved.items.map((pair): [string, unknown] => {
        const key = isScalar(pair.key) ? unshield(String(pair.key.value)) : unshield(String(pair.key));
        return [key, this.read(pair.value, [...path, key], this.offsetOf(pair.key), [...ancestors, resolved])];
      });
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
    if (isSeq(resolved)) {
      place('a list');
      return resolved.items.map(
        (item, index) => this.read(item, [...path, index], null, [...ancestors, resolved]) ?? null,
      );
    }
    if (!isScalar(resolved)) {
      place('nothing');
      return undefined;
    }
    const text = String(resolved.value);
    if (resolved.type === 'PLAIN' && (text === '' || text === '~' || text === 'null')) {
      place('nothing');
      return undefined;
    }
    place(JSON.stringify(shorten(unshield(text))), text.replace(reference, '') === '');
    return unshield(this.substitute(text, path));
  }

  private substitute(text: string, path: Path): string {
    return text.replace(reference, (whole, name: string) => {
      const value = this.env[name];
      if (value !== undefined && value !== '') return value;
      this.missing.push({ path, name });
      return whole;
    });
  }

  private offsetOf(node: unknown): number | null {
    return isAlias(node) || isMap(node) || isSeq(node) || isScalar(node) ? (node.range?.[0] ?? null) : null;
  }
}

async function readText(file: string, name: string): Promise<string> {
  const fail = (found: string, allowed: string, cause: unknown) =>
    new ConfigError([{ file: name, line: null, column: null, path: '', found, allowed }], { cause });
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw fail(`no such file (${file})`, 'an existing file; --config names one, aftersight init writes one', cause);
    if (code === 'EISDIR') throw fail('a folder', 'a file', cause);
    throw fail(`a file that cannot be read (${code || String(cause)})`, 'a readable file', cause);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw fail('bytes that are not UTF-8', 'a file saved as UTF-8', cause);
  }
}

/** Reads and parses a YAML file, putting environment variables in place of ${NAME}; throws ConfigError for a missing file, wrong syntax or a missing variable. */
export async function readDocument(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ document: ConfigDocument; problems: ConfigProblem[] }> {
  const name = basename(file);
  const lines = new LineCounter();
  const text = await readText(file, name);
  const doc = parseDocument(shield(text), {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return line === 0 ? { line: 1, column: 1 } : { line, column: col };
  };
  if (doc.errors.length > 0) {
    throw new ConfigError(
      doc.errors.map((error) => ({
        file: name,
        ...at(error.pos[0]),
        path: '',
        found: error.code === 'DUPLICATE_KEY' ? 'a key that is already there' : unshield(error.message),
        allowed: error.code === 'DUPLICATE_KEY' ? 'each key once in a mapping' : 'YAML 1.2',
      })),
    );
  }
  const reader = new Reader(doc, env);
  const plain = reader.read(doc.contents, [], null, []);

  const document: ConfigDocument = {
    file: name,
    text,
    plain,
    isReference: (path) => reader.places.get(JSON.stringify(path))?.isReference ?? false,
    problem(path, allowed, found) {
      const exact = reader.places.get(JSON.stringify(path));
      let place = exact;
      for (let length = path.length - 1; !place && length >= 0; length--)
        place = reader.places.get(JSON.stringify(path.slice(0, length)));
      const isScalarPlace = exact !== undefined && exact.found.startsWith('"');
      const offset = isScalarPlace ? exact.offset : (place?.keyOffset ?? place?.offset ?? 0);
      return { file: name, ...at(offset), path: formatPath(path), found: found ?? exact?.found ?? 'nothing', allowed };
    },
    keyProblem(path, allowed) {
      const place = reader.places.get(JSON.stringify(path));
      const key = String(path[path.length - 1] ?? '');
      return {
        file: name,
        ...at(place?.keyOffset ?? place?.offset ?? 0),
        path: formatPath(path.slice(0, -1)),
        found: `the key ${JSON.stringify(shorten(key))}`,
        allowed,
      };
    },
  };
  const problems = [
    ...reader.missing.map(({ path, name: variable }) =>
      document.problem(path, `the environment variable ${variable} with a value`, `\${${variable}}, which is not set`),
    ),
    ...reader.unanchored.map((path) => document.problem(path, 'an alias of an anchor (&name) that is above it')),
    ...reader.circular.map((path) => document.problem(path, 'values without circles')),
  ];
  return { document, problems };
}
