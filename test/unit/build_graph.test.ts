import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Relation,
  RelationError,
  builtSchemas,
  inBuildOrder,
  nameOf,
  queriesFolder,
  readRelations,
} from '../../pipeline/build/relations.ts';
import { columnsOf, hasStar, moveSchema, parseTree, printTree, tablesOf } from '../../pipeline/build/syntax.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;
let folder: string;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  connection = await instance.connect();
  folder = await mkdtemp(join(tmpdir(), 'aftersight-graph-'));
});

afterAll(async () => {
  connection.closeSync();
  instance.closeSync();
  await rm(folder, { recursive: true });
});

function relation(name: string, reads: string[]): Relation {
  const [schema = '', table = ''] = name.split('.');
  return { schema, name: table, file: `${name}.sql`, sql: '', keptAs: 'table', reads };
}

async function readsOf(sql: string): Promise<string[]> {
  return tablesOf(await parseTree(connection, sql)).map(({ schema, table }) => `${schema}.${table}`);
}

/** Writes files into a folder of their own and gives the schema name under which readRelations finds them. */
async function writeQueries(files: Record<string, string>): Promise<{ schema: string; path: string }> {
  const path = await mkdtemp(join(folder, 'queries-'));
  for (const [name, sql] of Object.entries(files)) await writeFile(join(path, name), sql);
  return { schema: relative(queriesFolder, path), path };
}

test('a relation comes after all it reads, else where it was', () => {
  const ordered = inBuildOrder([
    relation('marts.cases', ['marts.heads', 'staging.tickets']),
    relation('marts.heads', ['staging.tickets']),
    relation('marts.as_of', []),
    relation('staging.tickets', ['canonical.tickets']),
  ]);
  expect(ordered.map(nameOf)).toEqual(['staging.tickets', 'marts.heads', 'marts.cases', 'marts.as_of']);
});

test('whatever reads whatever without a circle, all are built once and after what they read', () => {
  const graphs = fc.array(fc.array(fc.nat({ max: 20 }), { maxLength: 5 }), { maxLength: 20 }).map((lists) =>
    lists.map((reads, index) =>
      relation(
        `marts.r${index}`,
        reads.filter((read) => read < index).map((read) => `marts.r${read}`),
      ),
    ),
  );
  const shuffled = graphs.chain((graph) => fc.shuffledSubarray(graph, { minLength: graph.length }));
  fc.assert(
    fc.property(shuffled, (relations) => {
      const names = inBuildOrder(relations).map(nameOf);
      expect(names.toSorted()).toEqual(relations.map(nameOf).toSorted());
      for (const one of relations) {
        for (const read of one.reads) expect(names.indexOf(read)).toBeLessThan(names.indexOf(nameOf(one)));
      }
    }),
  );
});

test('a circle is named from its beginning to its end', () => {
  const circle = [relation('marts.a', ['marts.b']), relation('marts.b', ['marts.c']), relation('marts.c', ['marts.a'])];
  expect(() => inBuildOrder(circle)).toThrow(RelationError);
  expect(() => inBuildOrder(circle)).toThrow('marts.a → marts.b → marts.c → marts.a');
  expect(() => inBuildOrder([relation('marts.a', ['marts.a'])])).toThrow('marts.a → marts.a');
});

test('a name in a circle does not drag in what only leads to it', () => {
  const relations = [
    relation('marts.way', ['marts.a']),
    relation('marts.a', ['marts.b']),
    relation('marts.b', ['marts.a']),
  ];
  expect(() => inBuildOrder(relations)).toThrow(/: marts[.]a → marts[.]b → marts[.]a$/);
});

test.each([
  ['joins', 'select 1 from a.x join b.y using (id) left join c.z on true', ['a.x', 'b.y', 'c.z']],
  ['an ASOF join', 'select 1 from a.x asof join b.y on x.at >= y.at', ['a.x', 'b.y']],
  ['subqueries', 'select (select max(v) from b.y) from a.x where id in (select id from c.z)', ['b.y', 'a.x', 'c.z']],
  [
    'exists and anti joins',
    'select 1 from a.x anti join b.y using (id) where exists (from c.z)',
    ['a.x', 'b.y', 'c.z'],
  ],
  ['unions', 'select 1 from a.x union all by name select 1 from b.y', ['a.x', 'b.y']],
  ['FROM first', 'from a.x', ['a.x']],
  ['its own CTEs not', 'with x as (select 1 from a.x), y as (select 1 from x) select 1 from y', ['a.x']],
  [
    'recursive CTEs',
    'with recursive w as (select 1 from a.x union all select 1 from w join b.y on true) select 1 from w',
    ['a.x', 'b.y'],
  ],
  ['lateral and pivot', 'select 1 from a.x, lateral (select 1 from b.y) as l', ['a.x', 'b.y']],
  ['text that looks like SQL not', "select 'from b.y' from a.x -- from c.z", ['a.x']],
])('what a statement reads is found in its parse tree: %s', async (_what, sql, reads) => {
  expect((await readsOf(sql)).toSorted()).toEqual(reads.toSorted());
});

test('the queries of this program can be ordered, and nothing they read is missing', async () => {
  const relations = await readRelations(connection, builtSchemas);
  const known = new Set(relations.map(nameOf));
  const schemas: readonly string[] = builtSchemas;
  const missing = relations.flatMap(({ file, reads }) =>
    reads
      .filter((read) => schemas.includes(read.split('.')[0] ?? '') && !known.has(read))
      .map((read) => `${file}: ${read}`),
  );
  expect(missing).toEqual([]);
  expect(inBuildOrder(relations)).toHaveLength(relations.length);
});

test.each([
  ['a typing error', 'selec 1 from marts.cases', 'syntax error'],
  ['an open bracket', 'select (1 from marts.cases', 'syntax error'],
  ['something else than a SELECT', 'create table marts.x as select 1', 'SELECT'],
  ['nothing in it', '-- One row per case.\n', 'write one SELECT'],
  ['two statements', 'select 1; select 2', 'write one SELECT'],
])('SQL with %s names its file', async (_what, sql, said) => {
  const { schema, path } = await writeQueries({ 'good.sql': 'select 1', 'wrong.sql': sql });
  const attempt = readRelations(connection, [schema]);
  await expect(attempt).rejects.toThrow(RelationError);
  await expect(attempt).rejects.toThrow(join(path, 'wrong.sql'));
  await expect(attempt).rejects.toThrow(said);
});

test('what lies beside the SQL of a folder is left alone', async () => {
  const { schema, path } = await writeQueries({
    'one.sql': 'select 1 from marts.cases',
    'README.md': 'text',
    'one.sql.orig': '(',
  });
  await mkdir(join(path, 'more'));
  expect((await readRelations(connection, [schema])).map(({ reads }) => reads)).toEqual([['marts.cases']]);
});

test('a relation moved to another schema keeps the name its columns are read by', async () => {
  const tree = await parseTree(connection, 'select x.id from raw.x join marts.raw on raw.id = x.id');
  const moved = await printTree(connection, moveSchema(tree, 'raw', 'raw_shop'));
  expect(await readsOf(moved)).toEqual(['raw_shop.x', 'marts.raw']);
  expect(columnsOf(await parseTree(connection, moved))).toContainEqual(['x', 'id']);
  expect(moved).toMatch(/raw_shop[.]x AS x/i);
});

test.each([
  ['select * from a.x', true],
  ['select x.* from a.x', true],
  ["select columns('a.*') from a.x", true],
  ['with s as (select * from a.x) select id from s', true],
  ['select count(*) from a.x', false],
  ['select id from a.x', false],
])('%s takes all columns: %s', async (sql, expected) => {
  expect(hasStar(await parseTree(connection, sql))).toBe(expected);
});
