import { startOfDay } from '#lib/metrics/day_start.ts';
import { openParts, openSeconds } from '#lib/metrics/open_hours.ts';
import { addDays, daysOf, localDay } from '#lib/metrics/period.ts';
import type { CaseFile } from './case_file.ts';
import { stepAt } from './case_refund.ts';
import { type Deadline, deadlinesOf } from './case_timeline.ts';

export const markNames = [
  'firstTouch',
  'firstResponse',
  'solution',
  'completed',
  'reopened',
  'intervened',
  'received',
  'refunded',
] as const;

/** Something that happened at a fraction of the life's length from its start. */
interface Placed {
  fraction: number;
  instant: string;
}

/** The life of a case on both clocks, from its start to its last instant; an unfinished one lasts until the as-of instant. */
export interface Life {
  from: string;
  to: string;
  isOver: boolean;
  calendarSeconds: number;
  /** Null where the opening hours are not known that far. */
  businessSeconds: number | null;
  isAlwaysOpen: boolean;
  /** Open stretches as fractions; null where the hours are not known that far or too many to tell apart. */
  open: { from: number; to: number }[] | null;
  marks: (Placed & { names: (typeof markNames)[number][] })[];
  ticks: (Placed & { deadlines: Deadline[] })[];
  days: { fraction: number; day: string }[];
}

const mostParts = 90;
const mostDays = 7;

/** Draws up the life of a case; local days are those of the time zone. */
export function lifeOf(file: CaseFile, asOf: string, timezone: string): Life {
  const { head, hours } = file;
  const isOver = head.first_completed_at !== null || head.is_flagged;
  const from = head.start_at;
  const to = lastInstant(file, isOver ? from : asOf);
  const stretch = { from: Date.parse(from), to: Date.parse(to) };
  const length = Math.max(stretch.to - stretch.from, 1);
  const fraction = (at: number): number => (at - stretch.from) / length;
  const placed = <T extends { instant: string }>(one: T): T & Placed => ({
    ...one,
    fraction: fraction(Date.parse(one.instant)),
  });
  const parts = openParts(hours, stretch);
  const businessSeconds = openSeconds(hours, stretch);
  const isDrawn = businessSeconds !== null && parts.length <= mostParts;
  return {
    from,
    to,
    isOver,
    calendarSeconds: (stretch.to - stretch.from) / 1000,
    businessSeconds,
    isAlwaysOpen: hours.intervals === null,
    open: isDrawn ? parts.map((part) => ({ from: fraction(part.from), to: fraction(part.to) })) : null,
    marks: marksOf(file, from, to).map(placed),
    ticks: deadlinesOf(file.verdicts)
      .filter(({ instant }) => instant >= from && instant <= to)
      .map(placed),
    days: daysWithin(stretch, timezone).map(({ at, day }) => ({ fraction: fraction(at), day })),
  };
}

function lastInstant({ head, messages, events, refunds }: CaseFile, least: string): string {
  const instants = [
    head.first_completed_at,
    head.closed_at,
    messages.at(-1)?.sent_at,
    events.at(-1)?.happened_at,
    ...refunds.flatMap(({ steps }) => steps.map(({ at }) => at)),
  ];
  return instants.reduce<string>((last, at) => (at && at > last ? at : last), least);
}

function marksOf({ head, events, refunds }: CaseFile, from: string, to: string) {
  const first = (step: 'received' | 'refunded' | 'intervened') =>
    refunds.flatMap((refund) => stepAt(refund, step) ?? []).sort()[0] ?? null;
  const intervened = events.find(({ kind }) => kind === 'platform_intervened')?.happened_at ?? first('intervened');
  const at: Record<(typeof markNames)[number], string | null> = {
    firstTouch: head.first_touch_at === head.first_response_at ? null : head.first_touch_at,
    firstResponse: head.first_response_at,
    solution: head.solution_at,
    completed: head.first_completed_at,
    reopened: head.first_reopened_at,
    intervened,
    received: first('received'),
    refunded: first('refunded'),
  };
  const byInstant = new Map<string, (typeof markNames)[number][]>();
  for (const name of markNames) {
    const instant = at[name];
    if (instant === null || instant < from || instant > to) continue;
    byInstant.set(instant, [...(byInstant.get(instant) ?? []), name]);
  }
  return [...byInstant]
    .map(([instant, names]) => ({ instant, names }))
    .sort((a, b) => (a.instant < b.instant ? -1 : 1));
}

/** The begins of local days inside a stretch, as many as there is room for. */
function daysWithin({ from, to }: { from: number; to: number }, timezone: string): { at: number; day: string }[] {
  const [first, last] = [from, to].map((at) => localDay(new Date(at).toISOString(), timezone));
  if (first === undefined || last === undefined) return [];
  const days = daysOf({ from: first, to: last });
  const every = Math.ceil(days / mostDays);
  return Array.from({ length: days }, (_, index) => addDays(first, index + 1))
    .filter((_, index) => index % every === 0)
    .map((day) => ({ at: startOfDay(day, timezone), day }))
    .filter(({ at }) => at > from && at <= to);
}
