import { localDay } from '#lib/metrics/period.ts';
import { type Row, inOrder, layOut } from '#lib/metrics/timeline.ts';
import type { Verdict } from '#lib/metrics/verdict.ts';
import type { CaseEvent, CaseFile, CaseMessage } from './case_file.ts';
import { type RefundStep, stepAt } from './case_refund.ts';

/** How fast a round was answered, beside its answer. */
export interface Reply {
  round: number;
  calendarSeconds: number | null;
  businessSeconds: number | null;
  /** What the reply KPI says of it; null for rounds it does not count. */
  outcome: Verdict['outcome'] | null;
}

/** A deadline of a KPI for one case, round or refund. */
export interface Deadline {
  metric: Verdict['metric'];
  item: string | null;
  outcome: Verdict['outcome'];
  limitSeconds: number;
  clock: Verdict['clock'];
}

export type Entry = { at: number; instant: string } & (
  | { kind: 'start'; isLone: boolean }
  | { kind: 'completed' }
  | { kind: 'asOf' }
  | { kind: 'message'; message: CaseMessage; reply: Reply | null }
  | { kind: 'event'; event: CaseEvent }
  | { kind: 'refund'; step: RefundStep; refundId: string; isOnly: boolean }
  | { kind: 'platformDeadline'; refundId: string; isMet: boolean | null }
  | { kind: 'deadlines'; deadlines: Deadline[] }
);

/** Everything that happened in a case, with its deadlines, along the day of a time zone. */
export function timelineOf(file: CaseFile, asOf: string, timezone: string): Row<Entry>[] {
  const entries = inOrder<Entry>([
    { ...dated(file.head.start_at), kind: 'start', isLone: !file.head.is_ticket },
    ...file.messages.map((message): Entry => ({
      ...dated(message.sent_at),
      kind: 'message',
      message,
      reply: replyOf(file, message),
    })),
    ...file.events.map((event): Entry => ({ ...dated(event.happened_at), kind: 'event', event })),
    ...refundEntries(file, asOf),
    ...completed(file),
    ...deadlinesOf(file.verdicts).map(({ instant, deadlines }): Entry => ({
      ...dated(instant),
      kind: 'deadlines',
      deadlines,
    })),
  ]);
  const isUnfinished = file.head.first_completed_at === null && !file.head.is_flagged;
  const end: Entry = { ...dated(asOf), kind: 'asOf' };
  const isEndShown = isUnfinished || entries.some(({ at }) => at > end.at);
  return layOut(isEndShown ? inOrder([...entries, end]) : entries, file.hours, dayIn(timezone));
}

function dated(instant: string): { at: number; instant: string } {
  return { at: Date.parse(instant), instant };
}

function dayIn(timezone: string): (at: number) => string {
  const known = new Map<number, string>();
  const hourMs = 3_600_000;
  return (at) => {
    const quarter = Math.floor(at / (hourMs / 4));
    const day = known.get(quarter) ?? localDay(new Date(quarter * (hourMs / 4)).toISOString(), timezone);
    known.set(quarter, day);
    return day;
  };
}

/** Where no event says that a case was done, its completion is an entry of its own. */
function completed({ head, events }: CaseFile): Entry[] {
  const at = head.first_completed_at;
  if (at === null || !head.is_ticket || events.some((event) => event.happened_at === at)) return [];
  return [{ ...dated(at), kind: 'completed' }];
}

function replyOf({ rounds, verdicts }: CaseFile, message: CaseMessage): Reply | null {
  if (!message.is_human) return null;
  const round = rounds.find(({ answered_at }) => answered_at === message.sent_at);
  if (!round) return null;
  const verdict = verdicts.find(({ metric, item }) => metric === 'reply_3m' && item === String(round.round_number));
  return {
    round: round.round_number,
    calendarSeconds: round.reply_calendar_seconds,
    businessSeconds: round.reply_business_seconds,
    outcome: verdict?.outcome ?? null,
  };
}

function refundEntries({ refunds }: CaseFile, asOf: string): Entry[] {
  const isOnly = refunds.length === 1;
  return refunds.flatMap((refund): Entry[] => {
    const steps = refund.steps.map(({ step, at }): Entry => ({
      ...dated(at),
      kind: 'refund',
      step,
      refundId: refund.id,
      isOnly,
    }));
    if (refund.deadlineAt === null) return steps;
    const { deadlineAt } = refund;
    const handledAt = ['approved', 'rejected', 'refunded', 'closed'] as const;
    const handled = handledAt.flatMap((step) => stepAt(refund, step) ?? []).sort()[0] ?? null;
    const isMet = handled === null ? (deadlineAt < asOf ? false : null) : handled <= deadlineAt;
    return [...steps, { ...dated(deadlineAt), kind: 'platformDeadline', refundId: refund.id, isMet }];
  });
}

/** The deadlines of a case in the order of time; those that fall together share an entry. Replies have theirs beside them. */
export function deadlinesOf(verdicts: readonly Verdict[]): { instant: string; deadlines: Deadline[] }[] {
  const byInstant = new Map<string, Deadline[]>();
  for (const { metric, item, outcome, limitSeconds, clock, deadline } of verdicts) {
    if (deadline === null || limitSeconds === null || metric === 'reply_3m') continue;
    byInstant.set(deadline, [...(byInstant.get(deadline) ?? []), { metric, item, outcome, limitSeconds, clock }]);
  }
  return [...byInstant]
    .map(([instant, deadlines]) => ({ instant, deadlines }))
    .sort((a, b) => (a.instant < b.instant ? -1 : 1));
}
