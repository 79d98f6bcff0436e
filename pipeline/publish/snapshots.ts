import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Current,
  currentSchema,
  listSnapshots,
  readCurrent,
  snapshotPath,
  snapshotsFolder,
} from '#lib/server/snapshot.ts';

/** There is no such snapshot; the message lists those there are. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/** Names the snapshot about to go into service; still there beside it, it tells that this never happened. */
const announcement = '.publishing.json';

/** Where a run builds; the name keeps it out of the list of snapshots. */
export function buildingPath(dataDir: string, runId: string): string {
  return join(snapshotsFolder(dataDir), `.building-${runId}.duckdb`);
}

/** Removes what runs left that were killed or failed, a snapshot on its way into service included. Only under the lock. */
export async function sweepUnfinished(dataDir: string): Promise<void> {
  const folder = snapshotsFolder(dataDir);
  await mkdir(folder, { recursive: true });
  const announced = announcedIn(await readFile(join(folder, announcement), 'utf8').catch(() => ''));
  if (announced !== null && announced !== (await readCurrent(dataDir))?.snapshot)
    await rm(snapshotPath(dataDir, announced), { force: true });
  for (const name of await readdir(folder)) {
    const isUnfinished = name.startsWith('.building-') || name === announcement || name === 'current.json.tmp';
    if (isUnfinished) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Puts a finished snapshot into service: file and name are on disk before one rename switches readers over. */
export async function publish(dataDir: string, current: Current): Promise<void> {
  const folder = snapshotsFolder(dataDir);
  const building = buildingPath(dataDir, current.snapshot);
  await writeFlushed(join(folder, announcement), current);
  await flush(building);
  await rename(building, snapshotPath(dataDir, current.snapshot));
  await rename(join(folder, announcement), join(folder, 'current.json'));
  await flush(folder);
}

/** Puts an older snapshot back into service. Errors: SnapshotError. */
export async function pointTo(dataDir: string, current: Current): Promise<void> {
  const folder = snapshotsFolder(dataDir);
  if (!existsSync(snapshotPath(dataDir, current.snapshot))) {
    const known = await listSnapshots(dataDir);
    throw new SnapshotError(`${folder}: no snapshot ${current.snapshot}; there are: ${known.join(', ') || 'none'}`);
  }
  const temporary = join(folder, 'current.json.tmp');
  await writeFlushed(temporary, current);
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

function announcedIn(text: string): string | null {
  try {
    return currentSchema.parse(JSON.parse(text)).snapshot;
  } catch {
    return null;
  }
}

async function writeFlushed(path: string, current: Current): Promise<void> {
  await writeFile(path, `${JSON.stringify(current, null, 2)}\n`, { flush: true });
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
