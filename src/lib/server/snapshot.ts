import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export const currentSchema = z.object({ snapshot: z.string(), asOf: z.string(), publishedAt: z.string() });

/** The snapshot in service; instants are ISO 8601 in UTC. */
export type Current = z.infer<typeof currentSchema>;

export function snapshotsFolder(dataDir: string): string {
  return join(dataDir, 'snapshots');
}

export function snapshotPath(dataDir: string, snapshot: string): string {
  return join(snapshotsFolder(dataDir), `${snapshot}.duckdb`);
}

/** The snapshot in service, null before the first. */
export async function readCurrent(dataDir: string): Promise<Current | null> {
  const path = join(snapshotsFolder(dataDir), 'current.json');
  if (!existsSync(path)) return null;
  return currentSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}
