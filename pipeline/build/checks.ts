import type { DuckDBConnection } from '@duckdb/node-api';
import type { CheckResult } from '#lib/server/run_record.ts';
import { RelationError, readRelations } from './relations.ts';

const exampleCount = 5;

/** Runs queries/checks: each must return no rows. */
export async function runChecks(connection: DuckDBConnection): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of await readRelations(connection, ['checks'])) {
    const reader = await connection.runAndReadAll(`select * from (\n${check.sql}\n)`).catch((cause: unknown) => {
      throw new RelationError(`${check.file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    });
    results.push({
      name: check.name,
      rows: reader.currentRowCount,
      examples: reader.getRowObjectsJson().slice(0, exampleCount),
    });
  }
  return results;
}
