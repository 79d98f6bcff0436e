import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { queriesFolder } from '#lib/server/queries_folder.ts';

/** A read as lib/server defines it, of whatever parameters and rows. */
export interface ReadDefinition {
  name: string;
  parameters: z.ZodObject;
  row: z.ZodObject;
}

/** Relations whose rows belong to nobody. */
export const sharedRelations =
  /^(config\.|marts\.(as_of|terms|term_periods|calendars|calendar_intervals|calendar_days|vendor_calendars)$)/;

const serverFolder = join(import.meta.dirname, '../../src/lib/server');

/** The SQL files of a folder of queries, by name. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(join(queriesFolder, folder))).map((file) => file.replace(/\.sql$/, '')).sort();
}

/** Every exported Read of lib/server. */
export async function findDefinitions(): Promise<ReadDefinition[]> {
  const files = (await readdir(serverFolder)).filter((file) => file.endsWith('.ts') && file !== 'context.ts');
  const modules: object[] = await Promise.all(files.map((file) => import(join(serverFolder, file))));
  return modules
    .flatMap((module): unknown[] => Object.values(module))
    .flatMap((value) => {
      if (typeof value !== 'object' || value === null || !('name' in value && 'parameters' in value && 'row' in value))
        return [];
      const { name, parameters, row } = value;
      if (typeof name !== 'string' || !(parameters instanceof z.ZodObject) || !(row instanceof z.ZodObject)) return [];
      return [{ name, parameters, row }];
    });
}
