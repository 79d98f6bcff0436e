import type { z } from 'zod';
import { formatPath, type ConfigDocument, type Path } from './config_document.ts';
import type { ConfigProblem } from './config_error.ts';
import { suggest } from './config_nearest.ts';

interface Issue {
  readonly code?: string | undefined;
  readonly path: PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
}

function asPath(steps: readonly PropertyKey[]): Path {
  return steps.map((step) => (typeof step === 'symbol' ? String(step) : step));
}

/** Tells whether a value is a mapping of the file. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Collects the problems of one document while its parts are parsed, so that all are reported at once. */
export class Findings {
  readonly document: ConfigDocument;
  readonly problems: ConfigProblem[];
  private readonly unread: ReadonlySet<string>;

  constructor(document: ConfigDocument, problems: readonly ConfigProblem[]) {
    this.document = document;
    this.problems = [...problems];
    this.unread = new Set(problems.map((problem) => problem.path));
  }

  add(path: Path, allowed: string, found?: string): void {
    if (!this.unread.has(formatPath(path))) this.problems.push(this.document.problem(path, allowed, found));
  }

  addKey(path: Path, allowed: string): void {
    this.problems.push(this.document.keyProblem(path, allowed));
  }

  /** Reports a name that is not among those declared; says whether it is. */
  expect(path: Path, name: string, declared: readonly string[]): boolean {
    if (declared.includes(name)) return true;
    this.add(path, suggest(name, declared));
    return false;
  }

  /** Reports a secret that stands in the file itself. */
  expectReference(path: Path, name: string): void {
    if (!this.document.isReference(path)) this.add(path, `a secret from the environment, as ${name}`, 'a secret');
  }

  /** Parses a part with a schema; null with its problems added when it does not fit. */
  parse<S extends z.ZodType>(schema: S, value: unknown, path: Path): z.output<S> | null {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) this.addIssue(issue, path);
    return null;
  }

  /** Parses a list item by item, so that a wrong one does not hide the others; an absent list is empty. */
  parseList<S extends z.ZodType>(schema: S, value: unknown, path: Path): { index: number; item: z.output<S> }[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.add(path, 'a list');
      return [];
    }
    return value.flatMap((one: unknown, index) => {
      const item = this.parse(schema, one, [...path, index]);
      return item === null ? [] : [{ index, item }];
    });
  }

  /** Lists the ids declared in a list or mapping of the file, also those of items that are wrong otherwise. */
  declared(value: unknown, key = 'id'): string[] {
    if (isMapping(value)) return Object.keys(value);
    if (!Array.isArray(value)) return [];
    const ids = value.map((item: unknown) => (isMapping(item) ? item[key] : undefined));
    return [...new Set(ids.filter((id) => typeof id === 'string').map((id) => id.trim().normalize('NFC')))];
  }

  /** Reports every id that an earlier item of the list has too. */
  expectDistinct(value: unknown, path: Path, key: string, fold: (id: string) => string = (id) => id): void {
    if (!Array.isArray(value)) return;
    const first = new Map<string, number>();
    value.forEach((item: unknown, index) => {
      const id = isMapping(item) ? item[key] : undefined;
      if (typeof id !== 'string') return;
      const folded = fold(id.trim().normalize('NFC'));
      const earlier = first.get(folded);
      if (earlier === undefined) first.set(folded, index);
      else this.add([...path, index, key], `one other than that of ${path.join('.')}[${earlier}]`);
    });
  }

  private addIssue(issue: Issue, base: Path): void {
    const path = [...base, ...asPath(issue.path)];
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys ?? []) this.addKey([...path, key], suggest(key, issue.message.split(', ')));
      return;
    }
    if (issue.code === 'invalid_union') {
      const branches = issue.errors ?? [];
      const meant =
        branches.find((branch) => branch.every((one) => one.path.length > 0)) ??
        branches.find((branch) => !branch.some((one) => one.path.length === 0 && one.code === 'invalid_type'));
      if (meant) {
        for (const one of meant) this.addIssue(one, path);
        return;
      }
    }
    this.add(path, issue.message);
  }
}
