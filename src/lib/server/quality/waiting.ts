import type { Principal } from '#lib/access/principal.ts';
import { may, roleOf } from '#lib/access/roles.ts';
import { appealDays, listAppeals } from '../store/appeals.ts';
import { isReady, listCalibrations } from '../store/calibrations.ts';
import { listNotes } from '../store/coaching.ts';
import { listReviews } from '../store/reviews.ts';
import { listSamples } from '../store/samples.ts';
import type { Store } from '../store/store.ts';

const dayMs = 86_400_000;
const recentDays = 14;
/** Days after which a draft that nobody touched is pointed out. */
export const staleDays = 3;

export const waitingKinds = [
  'appeals_overdue',
  'appeals_to_decide',
  'samples_overdue',
  'calibrations_to_open',
  'drafts_untouched',
  'appeals_to_answer',
  'reviews_overdue',
  'calibrations_open',
  'notes_to_acknowledge',
  'notes_overdue',
  'reviews_to_dispute',
  'appeals_decided',
] as const;
export type WaitingKind = (typeof waitingKinds)[number];

/** Things of one kind that wait for somebody: how many, the instant that comes first, and where to go. */
export interface Waiting {
  kind: WaitingKind;
  count: number;
  /** The deadline that comes first; null where there is none. */
  at: string | null;
  isLate: boolean;
  href: string;
  /** The first few by name. */
  links: { href: string; label: string }[];
}

interface Thing {
  at: string | null;
  href: string;
  label: string;
}

/** What waits for a principal, most pressing first. Errors: AccessError. */
export async function listWaiting(store: Store, by: Principal, now = new Date()): Promise<Waiting[]> {
  const isAgent = roleOf(by.role).reach === 'agents';
  const parts = await Promise.all([
    waitingAppeals(store, by, now),
    may(by.role, 'manage_quality') ? waitingForLead(store, by, now) : [],
    may(by.role, 'review') ? waitingForReviewer(store, by, now) : [],
    may(by.role, 'coach') || isAgent ? waitingNotes(store, by, isAgent, now) : [],
    may(by.role, 'appeal') ? disputable(store, by, now) : [],
  ]);
  return parts
    .flat()
    .filter(({ count }) => count > 0)
    .sort((a, b) => Number(b.isLate) - Number(a.isLate) || waitingKinds.indexOf(a.kind) - waitingKinds.indexOf(b.kind));
}

async function waitingAppeals(store: Store, by: Principal, now: Date): Promise<Waiting[]> {
  const appeals = await listAppeals(store, by, now);
  const thing = ({ caseId, answerDueAt }: (typeof appeals)[number]): Thing => ({
    at: answerDueAt,
    href: '/quality/appeals',
    label: caseId,
  });
  const mine = appeals.filter(({ reviewerId, state }) => reviewerId === by.userId && /^(open|overdue)$/.test(state));
  const found: Waiting[] = [];
  if (may(by.role, 'manage_quality')) {
    found.push(
      gather('appeals_overdue', '/quality/appeals', appeals.filter(({ state }) => state === 'overdue').map(thing), now),
    );
    const answered = appeals.filter(({ state }) => state === 'answered').map((one) => ({ ...thing(one), at: null }));
    found.push(gather('appeals_to_decide', '/quality/appeals', answered, now));
  }
  if (may(by.role, 'review')) found.push(gather('appeals_to_answer', '/quality/appeals', mine.map(thing), now));
  if (may(by.role, 'appeal')) {
    const decided = appeals.filter(
      ({ decidedAt }) => decidedAt !== null && Date.parse(decidedAt) > now.getTime() - recentDays * dayMs,
    );
    const things = decided.map((one) => ({ at: null, href: `/quality/reviews/${one.reviewId}`, label: one.caseId }));
    found.push(gather('appeals_decided', '/quality/appeals', things, now));
  }
  return found;
}

async function waitingForLead(store: Store, by: Principal, now: Date): Promise<Waiting[]> {
  const [samples, drafts, calibrations] = await Promise.all([
    listSamples(store, by),
    listReviews(store, by, { states: ['draft'] }),
    listCalibrations(store, by),
  ]);
  const late = samples.filter(
    ({ kind, submitted, reviews, dueAt }) =>
      kind !== 'calibration' && submitted < reviews && Date.parse(dueAt) < now.getTime(),
  );
  const stale = drafts.filter(({ savedAt }) => Date.parse(savedAt ?? '') < now.getTime() - staleDays * dayMs);
  const ready = calibrations.filter((one) => isReady(one, now));
  return [
    gather(
      'samples_overdue',
      '/quality/samples',
      late.map(({ id, name, dueAt }) => ({ at: dueAt, href: `/quality/samples/${id}`, label: name })),
      now,
    ),
    gather(
      'calibrations_to_open',
      '/quality/calibrations',
      ready.map(({ sampleId, name }) => ({ at: null, href: `/quality/calibrations/${sampleId}`, label: name })),
      now,
    ),
    gather(
      'drafts_untouched',
      '/quality/samples',
      stale.map(({ sampleId, caseId, reviewerName }) => ({
        at: null,
        href: `/quality/samples/${sampleId}`,
        label: `${caseId} · ${reviewerName}`,
      })),
      now,
    ),
  ];
}

async function waitingForReviewer(store: Store, by: Principal, now: Date): Promise<Waiting[]> {
  const [open, calibrations] = await Promise.all([
    listReviews(store, by, { mine: true, states: ['assigned', 'draft'] }),
    listCalibrations(store, by),
  ]);
  const late = open.filter(({ dueAt }) => Date.parse(dueAt) < now.getTime());
  const opened = calibrations.filter(
    ({ results, raters }) =>
      results !== null &&
      Date.parse(results.openedAt) > now.getTime() - recentDays * dayMs &&
      raters.some(({ userId, submitted }) => userId === by.userId && submitted > 0),
  );
  return [
    gather(
      'reviews_overdue',
      '/quality/queue',
      late.map(({ id, caseId, dueAt }) => ({ at: dueAt, href: `/quality/reviews/${id}`, label: caseId })),
      now,
    ),
    gather(
      'calibrations_open',
      '/quality/calibrations',
      opened.map(({ sampleId, name }) => ({ at: null, href: `/quality/calibrations/${sampleId}`, label: name })),
      now,
    ),
  ];
}

async function waitingNotes(store: Store, by: Principal, isAgent: boolean, now: Date): Promise<Waiting[]> {
  const notes = await listNotes(store, by, now);
  const thing = ({ id, caseId, agentId, dueAt }: (typeof notes)[number]): Thing => ({
    at: dueAt,
    href: `/quality/coaching#note-${id}`,
    label: isAgent ? caseId : `${agentId ?? ''} · ${caseId}`,
  });
  const open = notes.filter(({ state }) => (isAgent ? state !== 'acknowledged' : state === 'overdue'));
  return [gather(isAgent ? 'notes_to_acknowledge' : 'notes_overdue', '/quality/coaching', open.map(thing), now)];
}

/** Final reviews that may still be appealed against, those whose window closes first ahead. */
async function disputable(store: Store, by: Principal, now: Date): Promise<Waiting[]> {
  const reviews = await listReviews(store, by, {
    states: ['submitted'],
    kinds: ['random', 'risk'],
    submittedSince: new Date(now.getTime() - appealDays.window * dayMs),
  });
  const open = reviews.flatMap(({ id, caseId, submittedAt }) => {
    const end = Date.parse(submittedAt ?? '') + appealDays.window * dayMs;
    return end > now.getTime()
      ? [{ at: new Date(end).toISOString(), href: `/quality/reviews/${id}`, label: caseId }]
      : [];
  });
  return [gather('reviews_to_dispute', '/quality', open, now)];
}

const mostLinks = 5;

function gather(kind: WaitingKind, href: string, things: readonly Thing[], now: Date): Waiting {
  const sorted = things.toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1));
  const at = sorted[0]?.at ?? null;
  return {
    kind,
    count: things.length,
    at,
    isLate: at !== null && Date.parse(at) < now.getTime(),
    href,
    links: sorted.slice(0, mostLinks).map(({ href: to, label }) => ({ href: to, label })),
  };
}
