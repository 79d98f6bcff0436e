import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export const currentSchema = z.object({
  snapshot: z.string(),
  asOf: z.string(),
  publishedAt: z.string(),
  rolledBackAt: z.string().optional(),
});

/** The snapshot in service, and since when; `rolledBackAt` where a newer one was taken out of service for it. ISO 8601 in UTC. */
export type Current = z.infer<typeof currentSchema>;

export function snapshotsFolder(dataDir: string): string {
  return join(dataDir, 'snapshots');
}

export function snapshotPath(dataDir: string, snapshot: string): string {
  return join(snapshotsFolder(dataDir), `${snapshot}.duckdb`);
}

/** Names of the snapshots on disk, oldest first. */
export async function listSnapshots(dataDir: string): Promise<string[]> {
  if (!existsSync(snapshotsFolder(dataDir))) return [];
  const names = await readdir(snapshotsFolder(dataDir));
  return names
    .filter((name) => name.endsWith('.duckdb') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.duckdb'.length))
    .sort();
}

/** The snapshot in service, null before the first. */
export async function readCurrent(dataDir: string): Promise<Current | null> {
  const path = join(snapshotsFolder(dataDir), 'current.json');
  if (!existsSync(path)) return null;
  return currentSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}
