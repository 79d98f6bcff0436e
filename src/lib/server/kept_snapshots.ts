import type { RunSummary } from './run_summary.ts';

/** A snapshot on disk; its as-of and when it was made are null where no record of its run is left. */
export interface KeptSnapshot {
  snapshot: string;
  madeAt: string | null;
  asOf: string | null;
  isInService: boolean;
}

/** The snapshots that one can roll back to, newest first, with what the records of their runs know. */
export function keptSnapshots(
  names: readonly string[],
  runs: readonly RunSummary[],
  inService: string | null,
): KeptSnapshot[] {
  return names.toReversed().map((snapshot) => {
    const run = runs.find(({ runId }) => runId === snapshot);
    return {
      snapshot,
      madeAt: run?.endedAt ?? null,
      asOf: run?.asOf ?? null,
      isInService: snapshot === inService,
    };
  });
}
