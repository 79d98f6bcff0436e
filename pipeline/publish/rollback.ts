import { DuckDBInstance } from '@duckdb/node-api';
import { type Current, listSnapshots, readCurrent, snapshotPath } from '#lib/server/snapshot.ts';
import { SnapshotError, pointTo } from './snapshots.ts';

/** Puts a named snapshot, or the one before the current, back into service. Errors: SnapshotError. */
export async function rollback(dataDir: string, snapshot: string | null): Promise<Current> {
  const known = await listSnapshots(dataDir);
  const current = await readCurrent(dataDir);
  const target = snapshot ?? known.filter((name) => current !== null && name < current.snapshot).at(-1);
  if (target === undefined || !known.includes(target)) {
    throw new SnapshotError(
      `no snapshot ${target ?? 'before the current one'}; there are: ${known.join(', ') || 'none'}`,
    );
  }
  const now = new Date().toISOString();
  const chosen = {
    snapshot: target,
    asOf: await readAsOf(snapshotPath(dataDir, target)),
    publishedAt: now,
    ...(target !== known.at(-1) && { rolledBackAt: now }),
  };
  await pointTo(dataDir, chosen);
  return chosen;
}

async function readAsOf(path: string): Promise<string> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  try {
    const reader = await (await instance.connect()).runAndReadAll('select epoch_ms(as_of)::double from marts.as_of');
    return new Date(Number(reader.getRows()[0]?.[0])).toISOString();
  } finally {
    instance.closeSync();
  }
}
