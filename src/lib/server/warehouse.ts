import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  VARCHAR,
  listValue,
} from '@duckdb/node-api';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Scope } from '#lib/access/principal.ts';
import { explainReadError } from './outdated.ts';
import { withinTime } from './read_time.ts';
import { queriesFolder } from './queries_folder.ts';
import { type Current, readCurrent, snapshotPath } from './snapshot.ts';

/** A parametrised SELECT of queries/reads with the shapes of its parameters and rows. */
export interface Read<P extends z.ZodType<Parameters>, R extends z.ZodType> {
  name: string;
  parameters: P;
  row: R;
}

export type Parameters = Record<string, string | number | boolean | readonly string[] | null>;

/** A snapshot opened for reading, with connections to ask several things at once. */
export interface Warehouse {
  current: Current;
  connection: DuckDBConnection;
  /** Does `work` with a connection that nobody else uses meanwhile. Errors: ReadTimeError. */
  withConnection<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** Answers given before: a snapshot never changes, so neither do they. Null: every read is asked anew. */
  answers: LRUCache<string, Promise<readonly unknown[]>> | null;
  close(): void;
}

/** There is nothing to read yet; the message says how to get something. */
export class NoSnapshotError extends Error {
  override readonly name = 'NoSnapshotError';
}

const connectionCount = 4;
/** A snapshot is read and nothing else: no file beside it, no extension, whatever a query says. */
const readOnly = {
  access_mode: 'READ_ONLY',
  enable_external_access: 'false',
  autoload_known_extensions: 'false',
  autoinstall_known_extensions: 'false',
};
const keptAnswers = 500;
const keptRows = 2000;

/**
 * Opens the snapshot in service read-only, the next one where it was replaced and deleted meanwhile. Work with a connection is stopped after
 * `mostMs`; null: never. Errors: NoSnapshotError.
 */
export async function openWarehouse(
  dataDir: string,
  { caches = false, mostMs = null }: { caches?: boolean; mostMs?: number | null } = {},
): Promise<Warehouse> {
  const current = await readCurrent(dataDir);
  if (!current) throw new NoSnapshotError(`${dataDir}: no snapshot yet; load the data first: npx aftersight run`);
  const path = snapshotPath(dataDir, current.snapshot);
  const instance = await DuckDBInstance.create(path, readOnly).catch(async (cause: unknown) => {
    if ((await readCurrent(dataDir))?.snapshot === current.snapshot) throw cause;
    return null;
  });
  if (!instance) return openWarehouse(dataDir, { caches, mostMs });
  const connections = await Promise.all(Array.from({ length: connectionCount }, () => connect(instance)));
  const [connection] = connections;
  if (!connection) throw new Error('a warehouse needs a connection');
  await connection.run('set lock_configuration = true');
  return {
    current,
    connection,
    withConnection: shareOut(connections, mostMs),
    answers: caches ? new LRUCache({ max: keptAnswers }) : null,
    close() {
      for (const one of connections) one.closeSync();
      instance.closeSync();
    },
  };
}

async function connect(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  return connection;
}

/** Hands each piece of work a free connection, in the order they ask. */
function shareOut(connections: readonly DuckDBConnection[], mostMs: number | null): Warehouse['withConnection'] {
  const free = [...connections];
  const waiting: ((connection: DuckDBConnection) => void)[] = [];
  return async (work) => {
    const connection = free.pop() ?? (await new Promise<DuckDBConnection>((resolve) => waiting.push(resolve)));
    try {
      return await withinTime(connection, mostMs, () => work(connection));
    } finally {
      const next = waiting.shift();
      if (next) next(connection);
      else free.push(connection);
    }
  };
}

/** Runs a read inside a scope, which the parameters cannot widen. Errors: ZodError where parameters or rows do not fit. */
export async function read<P extends z.ZodType<Parameters>, R extends z.ZodType>(
  warehouse: Warehouse,
  scope: Scope,
  definition: Read<P, R>,
  parameters: z.input<P>,
): Promise<z.output<R>[]> {
  const values = valuesOf(scope, definition, parameters);
  const rows = z.array(definition.row);
  if (warehouse.answers === null) return rows.parse(await ask(warehouse, definition.name, values));
  return rows.parse(await answered(warehouse, warehouse.answers, definition.name, values));
}

/** The parameters of a read with those of its scope, which they cannot widen. Errors: ZodError where they do not fit. */
export function valuesOf<P extends z.ZodType<Parameters>, R extends z.ZodType>(
  scope: Scope,
  definition: Read<P, R>,
  parameters: z.input<P>,
): Parameters {
  return {
    ...definition.parameters.parse(parameters),
    scope_brands: scope.brands,
    scope_vendors: scope.vendors,
    scope_agents: scope.agents,
  };
}

/** The answer to a question asked before, or asked at this moment by somebody else, without asking again. */
async function answered(
  warehouse: Warehouse,
  answers: NonNullable<Warehouse['answers']>,
  name: string,
  values: Parameters,
): Promise<readonly unknown[]> {
  const key = JSON.stringify([name, values]);
  const known = answers.get(key);
  if (known) return known;
  const answer = ask(warehouse, name, values);
  answers.set(key, answer);
  try {
    const rows = await answer;
    if (rows.length > keptRows) answers.delete(key);
    return rows;
  } catch (error) {
    answers.delete(key);
    throw error;
  }
}

async function ask(warehouse: Warehouse, name: string, values: Parameters): Promise<readonly unknown[]> {
  const sql = await sqlOf(name);
  const { bound, types } = bind(sql, values);
  return warehouse.withConnection(async (connection) => {
    try {
      const statement = await prepared(connection, sql);
      statement.bind(bound, types);
      const reader = await statement.runAndReadAll();
      return reader.getRowObjectsJson();
    } catch (error) {
      throw explainReadError(error, name, warehouse.current.snapshot);
    }
  });
}

const statements = new WeakMap<DuckDBConnection, Map<string, Promise<DuckDBPreparedStatement>>>();

/** The statement of a connection for a text, prepared once: binding it anew costs half of what a short read takes. */
function prepared(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const known = statements.get(connection) ?? new Map<string, Promise<DuckDBPreparedStatement>>();
  statements.set(connection, known);
  const statement = known.get(sql) ?? connection.prepare(sql);
  known.set(sql, statement);
  return statement;
}

const texts = new Map<string, Promise<string>>();

/** The SQL of a read, from disk once. */
export function sqlOf(name: string): Promise<string> {
  const text = texts.get(name) ?? readFile(join(queriesFolder, 'reads', `${name}.sql`), 'utf8');
  texts.set(name, text);
  return text;
}

/** The values DuckDB takes for the parameters that a SELECT names; a read of shared words alone names no scope. */
export function bind(
  sql: string,
  values: Parameters,
): { bound: Record<string, DuckDBValue>; types: Record<string, DuckDBType> } {
  const named = Object.entries(values).filter(([name]) => new RegExp(`\\$${name}\\b`).test(sql));
  return {
    bound: Object.fromEntries(named.map(([name, value]) => [name, toDuckDB(value)])),
    types: Object.fromEntries(named.filter(([, value]) => Array.isArray(value)).map(([name]) => [name, LIST(VARCHAR)])),
  };
}

function toDuckDB(value: Parameters[string]): DuckDBValue {
  return typeof value === 'object' && value !== null ? listValue([...value]) : (value ?? null);
}
