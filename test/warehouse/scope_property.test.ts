import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Scope, everything } from '#lib/access/principal.ts';
import { metricIds } from '#lib/metrics/registry.ts';
import { counts } from '#lib/server/kpis.ts';
import { queriesFolder } from '#lib/server/queries_folder.ts';
import { type Warehouse, openWarehouse, read } from '#lib/server/warehouse.ts';
import { parseTree, tablesOf } from '../../pipeline/build/syntax.ts';
import { isThorough } from '../thorough.ts';
import { drawMonth, monthDeclarations, peakAt } from './month.ts';
import { monthSource, writeMonth } from './month_files.ts';
import { copySnapshot, madeOf, narrow, onFile, rowsOf } from './narrowed_snapshot.ts';
import { type ReadDefinition, findDefinitions, namesIn, sharedRelations } from './read_definitions.ts';
import { casesSql, parametersFor } from './read_parameters.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

/** New each time where there is time to find something new; the error of a failure names it. */
const seed = isThorough ? Math.floor(Math.random() * 2 ** 31) : 20261;
const principals = isThorough ? 20 : 2;
const rounds = isThorough ? 12 : 5;
/** Until one shows that a predicate is missing; most do. */
const mostSamples = 60;

/** Reads that answer a principal otherwise than a snapshot of its rows alone would, and what they answer. */
const exceptions: Readonly<Record<string, { isFor: (scope: Scope) => boolean; because: string }>> = Object.fromEntries(
  ['kpi_daily', 'kpi_pairs', 'kpi_vendor_weeks'].map((name) => [
    name,
    {
      isFor: ({ agents }: Scope) => agents !== null,
      because: 'the daily rollup has no agents: nothing; whoever is narrowed to some is answered from KPI rows',
    },
  ]),
);
/** Reads of configuration, which is nobody's: the same for everybody. */
const shared = ['case_hours', 'case_terms'];
/** Reads of what belongs to nobody in part: only for a principal of everything. */
const undivided = ['quarantine_counts', 'quarantine_records', 'source_accounts', 'source_reach'];

const definitions = await findDefinitions();
const macros = await namesIn('scoped');

function textOf(kind: 'reads' | 'scoped', name: string): string {
  return readFileSync(join(queriesFolder, kind, `${name}.sql`), 'utf8');
}

/** All, some, none, or names of nobody, as an account may have been given them. */
function ids(known: readonly string[]): fc.Arbitrary<string[] | null> {
  const strange = fc.constantFrom('', 'nobody', known[0]?.toUpperCase() ?? '', `${known[0]} `, '%', "'] or true --");
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 5, arbitrary: fc.subarray([...known], { minLength: 1 }) },
    { weight: 1, arbitrary: fc.tuple(fc.subarray([...known]), strange).map(([some, other]) => [...some, other]) },
    { weight: 1, arbitrary: fc.constant<string[]>([]) },
  );
}

/** Principals narrowed in one way each, so that no predicate stands in for another that is missing. */
const narrowedOnce: readonly Scope[] = [
  { ...everything, brands: ['harbor'] },
  { ...everything, vendors: ['suda'] },
  { ...everything, agents: ['always-1', 'hudson-2'] },
];

const scopes = fc
  .record({
    brands: ids(['north', 'harbor']),
    vendors: ids(['suda', 'hudson', 'always']),
    agents: ids(['suda-1', 'suda-2', 'hudson-1', 'hudson-2', 'always-1', 'always-2']),
  })
  .filter((scope) => Object.values(scope).some((list) => list !== null));

interface Narrowed {
  scope: Scope;
  /** A snapshot in which no row is but the principal's. */
  alone: Warehouse;
}

let project: WarehouseProject;
let folder: string;
let whole: Warehouse;
let cases: readonly unknown[];
let narrowed: Narrowed[] = [];
beforeAll(async () => {
  project = await openWarehouseProject(`${monthDeclarations}${monthSource()}`);
  for (const [name, text] of writeMonth(drawMonth(7, 500))) await project.put(name, text);
  await project.run({ asOf: new Date(peakAt * 1000).toISOString() });
  whole = await openWarehouse(project.dataDir);
  cases = await project.rows(casesSql);
  folder = await mkdtemp(join(tmpdir(), 'aftersight-scope-'));
  const drawn = [...narrowedOnce, ...fc.sample(scopes, { seed, numRuns: principals })];
  narrowed = await Promise.all(
    drawn.map(async (scope, index) => {
      const dataDir = join(folder, String(index));
      await narrow(await copySnapshot(project.dataDir, dataDir), scope);
      return { scope, alone: await openWarehouse(dataDir) };
    }),
  );
});
afterAll(async () => {
  for (const { alone } of narrowed) alone.close();
  whole.close();
  await project.close();
  await rm(folder, { recursive: true, force: true });
});

const parameterValues = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]),
);

/** An answer as one text: its rows in no order, numbers to as many digits as do not depend on one. */
async function ask(
  warehouse: Warehouse,
  scope: Scope,
  { name, parameters, row }: ReadDefinition,
  given: Record<string, unknown>,
): Promise<string> {
  const values = parameterValues.parse(parameters.parse(given));
  const rows = await read(warehouse, scope, { name, parameters: parameterValues, row }, values);
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value);
  return rows
    .map((one) => JSON.stringify(one, rounded))
    .sort()
    .join('\n');
}

/** What a principal must be answered: what the operator is of the principal's rows alone. */
async function expectedOf({ scope, alone }: Narrowed, definition: ReadDefinition, given: Record<string, unknown>) {
  return exceptions[definition.name]?.isFor(scope) ? '' : ask(alone, everything, definition, given);
}

describe.each(definitions.map((definition) => [definition.name, definition] as const))('%s', (name, definition) => {
  test('answers a principal what it answers the operator of a snapshot without the rows of others', async () => {
    let answered = 0;
    let less = 0;
    for (const [index, one] of narrowed.entries())
      await fc.assert(
        fc.asyncProperty(parametersFor(definition, cases), async (given) => {
          const found = await ask(whole, one.scope, definition, given);
          expect(found).toBe(await expectedOf(one, definition, given));
          if (found !== '') answered++;
          if (less === 0 && found !== (await ask(whole, everything, definition, given))) less++;
        }),
        { seed: seed + index, numRuns: rounds },
      );
    expect(answered > 0, `it answers a narrowed principal at all (${seed})`).toBe(!undivided.includes(name));
    expect(less > 0, `it answers one less than the operator (${seed})`).toBe(!shared.includes(name));
  });
});

test('counts by what the daily rollup knows are those of the principal’s rows, also where the rollup cannot tell', async () => {
  const asked = { from: '2026-03-01', to: '2026-04-01', keys: {}, metrics: metricIds };
  for (const { scope, alone } of narrowed)
    for (const by of ['vendor', 'week', null] as const)
      expect(await counts(whole, scope, { ...asked, by })).toEqual(await counts(alone, everything, { ...asked, by }));
});

test('a snapshot is narrowed in every relation that scoped macros read', async () => {
  const relations = await Promise.all(
    macros.map(async (name) => {
      const tree = await parseTree(whole.connection, textOf('scoped', name).replace(/^[^]*?\) as table\b/, ''));
      return tablesOf(tree).map(({ schema, table }) => `${schema}.${table}`);
    }),
  );
  const narrowable = [...new Set(relations.flat())].filter((one) => !sharedRelations.test(one)).sort();
  expect(narrowable).toEqual([...Object.keys(rowsOf), ...madeOf].sort());
});

/** Whether any read that uses a macro answers a principal narrowed in a field otherwise than it must. */
async function findsForeign(warehouse: Warehouse, macro: string, field: string): Promise<boolean> {
  const using = definitions
    .filter(({ name }) => macrosOf(textOf('reads', name)).has(macro))
    .map((definition) => ({
      definition,
      samples: fc.sample(parametersFor(definition, cases), { seed, numRuns: mostSamples }),
    }));
  for (const one of narrowed.filter(({ scope }) => isNarrowedIn(field, scope)))
    for (let turn = 0; turn < mostSamples; turn++)
      for (const { definition, samples } of using) {
        const given = samples[turn] ?? {};
        if ((await ask(warehouse, one.scope, definition, given)) !== (await expectedOf(one, definition, given)))
          return true;
      }
  return false;
}

function isNarrowedIn(field: string, scope: Scope): boolean {
  return narrowedOnce.includes(scope) && Object.entries(scope).some(([name, list]) => name === field && list !== null);
}

/** The scoped macros that a text uses, also through each other. */
function macrosOf(sql: string): Set<string> {
  const direct = [...sql.matchAll(/(?<!macro )scoped\.(\w+)\(/g)].map(([, name = '']) => name);
  return new Set(direct.flatMap((name) => [name, ...macrosOf(textOf('scoped', name))]));
}

describe('the property does not hold', () => {
  const predicates = /\(?(\w+)::varchar\[\] is null( or list_contains\(\1::varchar\[\], \w+\))?\)?/g;
  const broken = macros.flatMap((name) =>
    [...textOf('scoped', name).matchAll(predicates)].map(
      ([predicate, field = '']) => [name, predicate, field] as const,
    ),
  );
  let dataDir: string;
  let path: string;
  beforeAll(async () => {
    dataDir = join(folder, 'broken');
    path = await copySnapshot(project.dataDir, dataDir);
  });

  test.each(broken)('once scoped.%s lacks %s', async (name, predicate, field) => {
    const sql = textOf('scoped', name);
    await onFile(path, async (connection) => void (await connection.run(sql.replace(predicate, 'true'))));
    const warehouse = await openWarehouse(dataDir);
    try {
      expect(await findsForeign(warehouse, name, field)).toBe(true);
    } finally {
      warehouse.close();
    }
    await onFile(path, async (connection) => void (await connection.run(sql)));
  });
});
