import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Current, readCurrent, snapshotPath, snapshotsFolder } from '#lib/server/snapshot.ts';

/** There is no such snapshot; the message lists those there are. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/** Where a run builds; the name keeps it out of the list of snapshots. */
export function buildingPath(dataDir: string, runId: string): string {
  return join(snapshotsFolder(dataDir), `.building-${runId}.duckdb`);
}

/** Names of the snapshots on disk, oldest first. */
export async function listSnapshots(dataDir: string): Promise<string[]> {
  if (!existsSync(snapshotsFolder(dataDir))) return [];
  const names = await readdir(snapshotsFolder(dataDir));
  return names.filter((name) => name.endsWith('.duckdb') && !name.startsWith('.')).map((name) => name.slice(0, -'.duckdb'.length)).sort();
}

/** Removes what killed runs left behind. Only under the lock. */
export async function sweepUnfinished(dataDir: string): Promise<void> {
  await mkdir(snapshotsFolder(dataDir), { recursive: true });
  const names = await readdir(snapshotsFolder(dataDir));
  for (const name of names) {
    if (name.startsWith('.building-') || name === 'current.json.tmp') await rm(join(snapshotsFolder(dataDir), name), { recursive: true, force: true });
  }
}

/** Puts a finished snapshot into service: file and name are on disk before one rename switches readers over. */
export async function publish(dataDir: string, current: Current): Promise<void> {
  const path = snapshotPath(dataDir, current.snapshot);
  await flush(buildingPath(dataDir, current.snapshot));
  await rename(buildingPath(dataDir, current.snapshot), path);
  await pointTo(dataDir, current);
}

/** Puts an older snapshot back into service. Errors: SnapshotError. */
export async function pointTo(dataDir: string, current: Current): Promise<void> {
  const folder = snapshotsFolder(dataDir);
  if (!existsSync(snapshotPath(dataDir, current.snapshot))) {
    const known = await listSnapshots(dataDir);
    throw new SnapshotError(`${folder}: no snapshot ${current.snapshot}; there are: ${known.join(', ') || 'none'}`);
  }
  const temporary = join(folder, 'current.json.tmp');
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(`${JSON.stringify(current, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, join(folder, 'current.json'));
  await flush(folder);
}

/** Deletes the oldest snapshots beyond `keep`, never the one in service. Returns what it deleted. */
export async function prune(dataDir: string, keep: number): Promise<string[]> {
  const current = await readCurrent(dataDir);
  const known = await listSnapshots(dataDir);
  const surplus = known.slice(0, Math.max(0, known.length - keep)).filter((name) => name !== current?.snapshot);
  for (const name of surplus) await rm(snapshotPath(dataDir, name), { force: true });
  return surplus;
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
