import { type OpenHours, deadlineOf, openSeconds } from './open_hours.ts';
import { type Clock, type MetricId, metricIds, metricOf } from './registry.ts';
import { judge } from './verdict_sentence.ts';
import { whyUncounted } from './verdict_uncounted.ts';

/** A KPI row of one case; value in the KPI's unit, on the calendar and in business time. */
export interface CaseKpi {
  metric: MetricId;
  itemKey: number | null;
  state: 'met' | 'late' | 'breached' | 'pending' | 'counted';
  numerator: number;
  denominator: number;
  value: number | null;
  valueBusiness: number | null;
  limitSeconds: number | null;
  clock: Clock;
}

/** What verdicts need to know about a case; instants are ISO 8601 in UTC. */
export interface JudgedCase {
  isTicket: boolean;
  isFlagged: boolean;
  isSpam: boolean;
  isCustomerStarted: boolean;
  severity: string | null;
  startAt: string;
  firstTouchAt: string | null;
  firstResponseAt: string | null;
  solutionAt: string | null;
  firstCompletedAt: string | null;
  firstReopenedAt: string | null;
  firstBreakAt: string | null;
  escalatedAt: readonly string[];
  platformAt: readonly string[];
  transfers: number;
  agents: number;
  reopens: number;
  reasonAgent: string | null;
  reasonAgentText: string | null;
  reasonBuyer: string | null;
  csatScore: number | null;
  csatAt: string | null;
}

export interface JudgedRound {
  number: number;
  askedAt: string;
  answeredAt: string | null;
  calendarSeconds: number | null;
  businessSeconds: number | null;
}

export interface JudgedRefund {
  key: number;
  id: string;
  requestType: string | null;
  goodsStatus: string | null;
  judgedFor: string | null;
  appliedAt: string;
  rejectedAt: string | null;
  receivedAt: string | null;
  refundedAt: string | null;
  platformIntervenedAt: string | null;
  amountRefundedMinor: number | null;
  currency: string | null;
}

export interface Judged {
  case: JudgedCase;
  rounds: readonly JudgedRound[];
  refunds: readonly JudgedRefund[];
  kpis: readonly CaseKpi[];
  hours: OpenHours;
}

/** Why a KPI stands as it does for a case, round or refund: which sentence says it, and what it rests on. */
export interface Verdict {
  metric: MetricId;
  outcome: 'bad' | 'pending' | 'good' | 'neutral' | 'uncounted';
  sentence: Sentence;
  /** The number of a round or the id of a refund, where the KPI counts those. */
  item: string | null;
  clock: Clock;
  limitSeconds: number | null;
  calendarSeconds: number | null;
  businessSeconds: number | null;
  from: string | null;
  to: string | null;
  /** When the window closes; null without a window and where opening hours are not known that far. */
  deadline: string | null;
  words: Readonly<Record<string, string | number>>;
}

export type Sentence =
  | 'within'
  | 'late'
  | 'breached'
  | 'pendingDone'
  | 'pendingOpen'
  | 'paidBeforeReceipt'
  | 'answered'
  | 'answeredLate'
  | 'neverAnswered'
  | 'noDispute'
  | 'withdrawn'
  | 'disputed'
  | 'notLiable'
  | 'liable'
  | 'keptByOne'
  | 'transferred'
  | 'severalAgents'
  | 'autonomous'
  | 'brokenBefore'
  | 'broken'
  | 'windowOpen'
  | 'notReopened'
  | 'reopened'
  | 'tagged'
  | 'untagged'
  | 'unknownTag'
  | 'agree'
  | 'disagree'
  | 'rated'
  | 'paidIn'
  | 'impossibleOrder'
  | 'goodsBack'
  | 'goodsAccounted'
  | 'goodsGone'
  | 'goodsPending'
  | Uncounted;

/** Why a KPI does not count a case. */
export type Uncounted =
  | 'spam'
  | 'merged'
  | 'noTicket'
  | 'agentStarted'
  | 'notCompleted'
  | 'complex'
  | 'noAgentReason'
  | 'noBuyerReason'
  | 'notRated'
  | 'noRounds'
  | 'noRefund'
  | 'notPaid'
  | 'notOfGoods'
  | 'notReceived'
  | 'rejected';

const rank = { bad: 0, pending: 1, good: 2, neutral: 3, uncounted: 4 };

/** The verdicts of all KPIs on a case, those against it first, else in the order of the registry. */
export function verdictsOf(judged: Judged): Verdict[] {
  const all = metricIds.flatMap((metric): Verdict[] => {
    const rows = judged.kpis.filter((row) => row.metric === metric);
    if (rows.length === 0) return [uncounted(metric, whyUncounted(metric, judged))];
    return rows.map((row) => counted(row, judged));
  });
  return all.sort((a, b) => rank[a.outcome] - rank[b.outcome]);
}

function counted(row: CaseKpi, judged: Judged): Verdict {
  const {
    sentence,
    item = null,
    from = null,
    to = null,
    calendarSeconds,
    businessSeconds,
    words = {},
  } = judge(row, judged);
  const perUnit = metricOf(row.metric).unit === 'hours' ? 3600 : 1;
  const isDuration = metricOf(row.metric).unit === 'seconds' || metricOf(row.metric).unit === 'hours';
  const seconds = (value: number | null): number | null => (value === null || !isDuration ? null : value * perUnit);
  const elapsed =
    from !== null && to !== null && to >= from
      ? openSeconds(judged.hours, { from: Date.parse(from), to: Date.parse(to) })
      : null;
  const deadline =
    row.limitSeconds === null || from === null
      ? null
      : deadlineOf(judged.hours, Date.parse(from), row.limitSeconds, row.clock);
  return {
    metric: row.metric,
    outcome: outcomeOf(row),
    sentence,
    item,
    clock: row.clock,
    limitSeconds: row.limitSeconds,
    calendarSeconds: calendarSeconds ?? seconds(row.value),
    businessSeconds: businessSeconds ?? seconds(row.valueBusiness) ?? elapsed,
    from,
    to,
    deadline: deadline === null ? null : new Date(deadline).toISOString(),
    words,
  };
}

function outcomeOf(row: CaseKpi): Verdict['outcome'] {
  if (row.state === 'pending') return 'pending';
  const { headline, direction } = metricOf(row.metric);
  if (headline === 'median') return 'neutral';
  return (row.numerator === 1) === (direction === 'up') ? 'good' : 'bad';
}

function uncounted(metric: MetricId, sentence: Uncounted): Verdict {
  return {
    metric,
    outcome: 'uncounted',
    sentence,
    item: null,
    clock: metricOf(metric).defaultClock,
    limitSeconds: null,
    calendarSeconds: null,
    businessSeconds: null,
    from: null,
    to: null,
    deadline: null,
    words: {},
  };
}
