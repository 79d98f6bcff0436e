import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBTypeId } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { queriesFolder } from '#lib/server/queries_folder.ts';
import { type Warehouse, openWarehouse, sqlOf } from '#lib/server/warehouse.ts';
import { nodesOf, parseTree, tablesOf } from '../../pipeline/build/syntax.ts';
import { drawMonth, monthDeclarations, peakAt } from './month.ts';
import { monthSource, writeMonth } from './month_files.ts';
import { findDefinitions, namesIn, sharedRelations } from './read_definitions.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

const scopeParameters = ['scope_brands', 'scope_vendors', 'scope_agents'];

/** What reads may use besides table macros of scoped and relations of nobody: functions that read no table. */
const harmlessFunctions = ['unnest', 'generate_series', 'range'];

const readNames = await namesIn('reads');
const macroNames = await namesIn('scoped');
const definitions = await findDefinitions();

let project: WarehouseProject;
let warehouse: Warehouse;
/** A case with something of everything. */
let busiestCase: string;
beforeAll(async () => {
  project = await openWarehouseProject(`${monthDeclarations}${monthSource()}`);
  for (const [name, text] of writeMonth(drawMonth(5, 300))) await project.put(name, text);
  await project.run({ asOf: new Date(peakAt * 1000).toISOString() });
  warehouse = await openWarehouse(project.dataDir);
  const [busiest] = await project.rows(`
    select case_key from marts.cases
    semi join marts.events using (case_key) semi join marts.rounds using (case_key) semi join marts.refunds using (case_key)
    order by messages desc limit 1`);
  busiestCase = String(busiest?.['case_key']);
});
afterAll(async () => {
  warehouse.close();
  await project.close();
});

test('every file of queries/reads is one definition of lib/server, and no definition lacks its file', () => {
  expect(definitions.map(({ name }) => name).sort()).toEqual(readNames);
});

describe.each(definitions.map((definition) => [definition.name, definition] as const))('%s', (name, definition) => {
  test('has the parameters and columns that its schema says, in types that JavaScript reads exactly', async () => {
    const statement = await warehouse.connection.prepare(await sqlOf(name));
    const named = Array.from({ length: statement.parameterCount }, (_, index) => statement.parameterName(index + 1));
    const scope = (await sqlOf(name)).includes('scoped.') ? scopeParameters : [];
    expect([...named].sort()).toEqual([...Object.keys(definition.parameters.shape), ...scope].sort());

    // Some columns are known only once parameters have values; null is one for all of them.
    named.forEach((_, index) => statement.bindNull(index + 1));
    const result = await statement.run();
    const columns = Object.fromEntries(
      result.columnNames().map((column, index) => [column, jsonType(result.columnTypeId(index))]),
    );
    expect(columns).toEqual(schemaTypes(definition.row));
  });

  test('takes every row that belongs to somebody from a scoped table macro', async () => {
    const tree = await parseTree(warehouse.connection, await sqlOf(name));
    expect(
      tablesOf(tree)
        .map(({ schema, table }) => `${schema}.${table}`)
        .filter((one) => !sharedRelations.test(one)),
    ).toEqual([]);
    const functions = tableFunctionsOf(tree);
    expect(functions.filter((one) => !one.startsWith('scoped.') && !harmlessFunctions.includes(one))).toEqual([]);
  });

  test('hands each scoped macro the scope of the principal, first and unchanged', async () => {
    const sql = await sqlOf(name);
    const calls = [...sql.matchAll(/scoped\.\w+\(/g)].map((match) => sql.slice((match.index ?? 0) + match[0].length));
    for (const call of calls) expect(call).toMatch(/^\s*\$scope_brands,\s*\$scope_vendors,\s*\$scope_agents\b/);
  });
});

const tableFunction = z.object({
  type: z.literal('TABLE_FUNCTION'),
  function: z.object({ function_name: z.string(), schema: z.string().optional() }),
});

function tableFunctionsOf(tree: unknown): string[] {
  return nodesOf(tree).flatMap((node) => {
    const found = tableFunction.safeParse(node);
    if (!found.success) return [];
    const { schema, function_name } = found.data.function;
    return [schema === undefined || schema === '' ? function_name : `${schema}.${function_name}`];
  });
}

function jsonType(type: DuckDBTypeId): string {
  switch (type) {
    case DuckDBTypeId.VARCHAR:
    case DuckDBTypeId.ENUM:
      return 'string';
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
      return 'integer';
    case DuckDBTypeId.DOUBLE:
      return 'number';
    case DuckDBTypeId.BOOLEAN:
      return 'boolean';
    case DuckDBTypeId.LIST:
      return 'array';
    case DuckDBTypeId.STRUCT:
      return 'object';
    default:
      return DuckDBTypeId[type];
  }
}

const typeName = z.union([z.string(), z.array(z.string())]);
const property = z.object({
  type: typeName.optional(),
  anyOf: z.array(z.object({ type: typeName.optional() })).optional(),
});

function typesIn({ type, anyOf = [] }: z.infer<typeof property>): string {
  const all = [type ?? [], ...anyOf.map((one) => one.type ?? [])].flat().filter((one) => one !== 'null');
  return [...new Set(all)].join('|');
}

function schemaTypes(row: z.ZodObject): Record<string, string> {
  const { properties } = z
    .object({ properties: z.record(z.string(), property) })
    .parse(z.toJSONSchema(row, { io: 'input', unrepresentable: 'any' }));
  return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, typesIn(one)]));
}

describe.each(macroNames)('scoped.%s', (name) => {
  test.each(['brands', 'vendors', 'agents'])('shows nothing to a principal of no %s', async (dimension) => {
    const sql = await readFile(join(queriesFolder, 'scoped', `${name}.sql`), 'utf8');
    const parameters = (/macro scoped\.\w+\(([^)]*)\)/.exec(sql)?.[1] ?? '').split(',').map((one) => one.trim());
    expect(parameters.slice(0, 3)).toEqual(['brands', 'vendors', 'agents']);
    if (name === 'products' && dimension !== 'brands') return;
    const countRows = async (nobodys: string | null): Promise<unknown> => {
      const given = parameters.map((parameter) => {
        if (parameter === nobodys) return '[]::varchar[]';
        return parameter === 'wanted' ? busiestCase : 'null';
      });
      return project.rows(`select count(*)::integer as rows from scoped.${name}(${given.join(', ')})`);
    };
    if (parameters.includes('wanted')) expect(await countRows(null)).not.toEqual([{ rows: 0 }]);
    expect(await countRows(dimension)).toEqual([{ rows: 0 }]);
  });
});
