import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { snapshotsFolder } from './snapshot.ts';
import { NoSnapshotError, type Warehouse, openWarehouse } from './warehouse.ts';

/** Longer than anybody waits for a page. */
const readMostMs = 30_000;

/** The snapshot in service for the length of one answer: it stays open, whatever is published meanwhile, until released. */
export interface Lease {
  warehouse: Warehouse;
  release(): void;
}

export interface Leases {
  /** Null while nothing was ever published. */
  take(): Promise<Lease | null>;
  close(): void;
}

interface Opened {
  warehouse: Warehouse;
  version: string;
  users: number;
  isRetired: boolean;
}

/** Serves the snapshot that current.json names, opening a newer one beside it and closing the old when its last user is done. */
export function leaseSnapshots(dataDir: string): Leases {
  let opened: Opened | null = null;
  let opening: Promise<void> | null = null;

  const retire = (one: Opened | null): void => {
    if (!one) return;
    one.isRetired = true;
    if (one.users === 0) one.warehouse.close();
  };

  const open = async (version: string): Promise<void> => {
    try {
      const warehouse = await openWarehouse(dataDir, { caches: true, mostMs: readMostMs });
      const isSame = opened?.warehouse.current.snapshot === warehouse.current.snapshot;
      if (opened && isSame) {
        opened.version = version;
        warehouse.close();
        return;
      }
      const old = opened;
      opened = { warehouse, version, users: 0, isRetired: false };
      retire(old);
    } catch (error) {
      if (!(error instanceof NoSnapshotError)) throw error;
      retire(opened);
      opened = null;
    } finally {
      opening = null;
    }
  };

  return {
    async take() {
      const version = await versionOf(dataDir);
      if (opened?.version !== version) await (opening ??= open(version));
      const mine = opened;
      if (!mine) return null;
      mine.users++;
      let isReleased = false;
      return {
        warehouse: mine.warehouse,
        release() {
          if (isReleased) return;
          isReleased = true;
          mine.users--;
          if (mine.isRetired && mine.users === 0) mine.warehouse.close();
        },
      };
    },
    close() {
      retire(opened);
      opened = null;
    },
  };
}

/** Tells one state of current.json from the next, without reading it. */
async function versionOf(dataDir: string): Promise<string> {
  const status = await stat(join(snapshotsFolder(dataDir), 'current.json'), { bigint: true }).catch(() => null);
  return status === null ? '' : `${status.mtimeNs}-${status.ino}-${status.size}`;
}
