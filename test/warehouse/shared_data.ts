import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, test } from 'vitest';
import { z } from 'zod';

/** Where the real inputs lie: beside the project, never in it. */
export const shared = fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** Describes acceptance on real input; one skipped test says so where it is not there. */
export function describeShared(name: string, tests: () => void): void {
  if (existsSync(shared)) describe(name, tests);
  else test.skip(`${name} (skipped: ../shared is not there)`, () => {});
}

/** Reads a shared CSV. Errors: ZodError where a row does not fit. */
export async function readSharedCsv<T>(path: string, row: z.ZodType<T>): Promise<T[]> {
  return z.array(row).parse(parse(await readFile(join(shared, path), 'utf8'), { columns: true, bom: true }));
}
