import { glob, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder, readable by nobody else, for files that live no longer than a run; paths are handed out once. */
export class Workspace {
  readonly #folder: string;
  #count = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  path(suffix: string): string {
    this.#count += 1;
    return join(this.#folder, `${this.#count}${suffix}`);
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  /** Removes every file handed out so far. */
  async empty(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
  }

  async clear(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Opens an empty workspace below `dataDir/tmp`; what a killed run left there is removed. */
export async function openWorkspace(dataDir: string, name: string): Promise<Workspace> {
  const folder = join(dataDir, 'tmp', name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return new Workspace(folder);
}

const drafts = ['raw/*/*/*.parquet.tmp', 'raw/*/*.tmp', 'runs/*.tmp', 'masking.key.*.tmp', 'run.lock.*.tmp'];

/** Removes what a killed run left half-written beside its final name; only for the holder of the lock. */
export async function removeDrafts(dataDir: string): Promise<void> {
  for await (const draft of glob(drafts, { cwd: dataDir })) await rm(join(dataDir, draft), { force: true });
}
