import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Principal } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { type Period, addDays, keyOfDay, lastFullMonth, localDay, periodOfKey } from '#lib/metrics/period.ts';
import { DesignError } from '#lib/qa/sample.ts';
import { principalOf } from '../store/accounts.ts';
import { QualityError } from '../store/quality_error.ts';
import {
  type Every,
  type RecurringProblem,
  type RecurringSample,
  noteRecurringProblem,
  recurringSamplesInForce,
} from '../store/recurring_samples.ts';
import { listReviewers } from '../store/reviewers.ts';
import { listCards } from '../store/scorecards.ts';
import type { Store } from '../store/store.ts';
import type { Warehouse } from '../warehouse.ts';
import { drawSample, planSchema } from './samples.ts';

const dayMs = 86_400_000;
const recurringPlanSchema = planSchema.omit({ period: true });
const sizeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cases'), cases: z.int() }),
  z.object({ kind: z.literal('margin'), margin: z.number() }),
]);

interface Drawing {
  store: Store;
  warehouse: Warehouse;
  timezone: string;
}

/** The last week (Monday to Sunday) or month that the data cover whole. */
export function lastFullPeriod(every: Every, today: string): Period {
  return every === 'month' ? lastFullMonth(today) : periodOfKey('week', keyOfDay('week', addDays(today, -7)));
}

/**
 * Draws each recurring sample whose next period the snapshot covers whole; of several missed periods the last. One that cannot be drawn
 * says why, and is tried again with the next snapshot. Returns the ids of the samples drawn, by those of the recurring ones.
 */
export async function drawDueSamples(drawing: Drawing, now = new Date()): Promise<Map<number, number>> {
  const today = localDay(drawing.warehouse.current.asOf, drawing.timezone);
  const drawn = new Map<number, number>();
  for (const recurring of await recurringSamplesInForce(drawing.store)) {
    const period = lastFullPeriod(recurring.every, today);
    if (period.from < recurring.nextFrom) continue;
    const sample = await draw(drawing, recurring, period, now);
    if (typeof sample === 'number') drawn.set(recurring.id, sample);
    else if (sample !== null) await noteRecurringProblem(drawing.store, recurring.id, sample);
  }
  return drawn;
}

/** Draws one period; null where another server has drawn it meanwhile. */
async function draw(
  { store, warehouse }: Drawing,
  recurring: RecurringSample,
  period: Period,
  now: Date,
): Promise<number | RecurringProblem | null> {
  const maker = await principalOf(store, recurring.madeBy);
  if (!maker || !may(maker.principal.role, 'manage_quality')) return 'no_account';
  const cardVersion = await publishedVersion(store, maker.principal, recurring.cardId);
  if (cardVersion === null) return 'no_card';
  const reviewers = (await listReviewers(store, maker.principal))
    .filter(({ principal }) => recurring.reviewers.includes(principal.userId))
    .map((reviewer) => ({ ...reviewer, limit: recurring.limit }));
  try {
    return await drawSample({ store, warehouse }, maker.principal, {
      name: `${recurring.name} ${recurring.every === 'month' ? period.from.slice(0, 7) : period.from}`,
      kind: recurring.kind,
      cardId: recurring.cardId,
      cardVersion,
      plan: { ...recurringPlanSchema.parse(recurring.plan), period },
      size: sizeSchema.parse(recurring.size),
      seed: randomBytes(8).toString('hex'),
      dueAt: new Date(now.getTime() + recurring.dueDays * dayMs),
      reviewers,
      expert: null,
      recurring: { id: recurring.id, from: period.from, next: period.to },
    });
  } catch (cause) {
    if (cause instanceof DesignError) return 'design';
    if (cause instanceof QualityError && cause.kind === 'taken') return null;
    if (cause instanceof QualityError) return 'no_reviewer';
    throw cause;
  }
}

async function publishedVersion(store: Store, by: Principal, cardId: string): Promise<number | null> {
  const cards = await listCards(store, by);
  return cards.find((card) => card.cardId === cardId && card.state === 'published')?.version ?? null;
}
