import type { Keys } from './dimensions.ts';
import type { Period } from './period.ts';
import type { Clock, Metric, MetricId } from './registry.ts';

/** Which rows of a KPI: those it counts, of these the ones against it, or those whose window is open. */
export const caseKinds = ['counted', 'failing', 'pending'] as const;
export type CaseKind = (typeof caseKinds)[number];

/** What a list of cases can be ordered by; `value` only where it shows a KPI. */
export const caseSorts = ['started', 'first_response', 'solution', 'messages', 'reopens', 'csat', 'value'] as const;
export type CaseSort = (typeof caseSorts)[number];

/** What a list of cases shows, and in which order. */
export interface CaseListAsked extends Period {
  readonly keys: Keys;
  /** Null: each duration on the clock of its KPI. */
  readonly clock: Clock | null;
  /** Null: the cases begun in the period; else the rows of this KPI. */
  readonly metric: MetricId | null;
  readonly kind: CaseKind;
  /** Whether spam and merged cases are shown too; KPIs have none. */
  readonly withFlagged: boolean;
  /** Words that a case's conversation must all say, or as a whole an id of the case. */
  readonly search: { readonly text: string; readonly words: readonly string[] } | null;
  readonly sort: CaseSort;
  readonly direction: 'asc' | 'desc';
}

export type KpiState = 'met' | 'late' | 'breached' | 'pending' | 'counted';

/** What a KPI says of one row: `unmet` and `late` are against one where up is good, `hit` against one where down is good. */
export type Verdict = 'met' | 'unmet' | 'late' | 'hit' | 'clear' | 'pending' | 'counted';

/** Judges one row of a KPI; a KPI without a rate only counts. */
export function verdictOf(
  { direction, headline }: Pick<Metric, 'direction' | 'headline'>,
  { state, numerator }: { state: KpiState; numerator: number },
): Verdict {
  if (state === 'pending') return 'pending';
  if (headline === 'median') return 'counted';
  if (direction === 'down') return numerator === 1 ? 'hit' : 'clear';
  if (numerator === 1) return 'met';
  return state === 'late' ? 'late' : 'unmet';
}

/** Whether a verdict is against its KPI. */
export function isAgainst(verdict: Verdict): boolean {
  return verdict === 'unmet' || verdict === 'late' || verdict === 'hit';
}
