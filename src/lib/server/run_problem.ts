import type { FailureKind } from './run_record.ts';
import type { RunSummary } from './run_summary.ts';

/** Why the newest run brought no new data. */
export interface RunProblem {
  runId: string;
  startedAt: string;
  cause: { state: 'failed'; kind: FailureKind } | { state: 'refused'; failedChecks: number } | { state: 'interrupted' };
}

/** The newest run that is over, where it published nothing; null where it did, or where nothing ever ran. */
export function problemOf(newest: RunSummary | null): RunProblem | null {
  if (newest === null) return null;
  const { runId, startedAt, state, failure, failedChecks } = newest;
  if (state === 'refused') return { runId, startedAt, cause: { state, failedChecks: failedChecks.length } };
  if (state === 'interrupted') return { runId, startedAt, cause: { state } };
  return state === 'failed' && failure ? { runId, startedAt, cause: { state, kind: failure.kind } } : null;
}
