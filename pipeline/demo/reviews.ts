import { z } from 'zod';
import { type Principal, everything, scopeOf } from '#lib/access/principal.ts';
import type { Translate } from '#lib/i18n/translate.ts';
import { type Period, previousPeriod } from '#lib/metrics/period.ts';
import { randomIndexes } from '#lib/qa/random.ts';
import { scoreReview } from '#lib/qa/score.ts';
import type { Config } from '#lib/server/config.ts';
import { conductVerdictsRead } from '#lib/server/conduct_reads.ts';
import { beginCard, publish } from '#lib/server/quality/cards.ts';
import { openReview } from '#lib/server/quality/reviews.ts';
import { drawSample } from '#lib/server/quality/samples.ts';
import { listAccounts } from '#lib/server/store/accounts.ts';
import { makeAppeal } from '#lib/server/store/appeals.ts';
import { listReviews, submitReview } from '#lib/server/store/reviews.ts';
import { listSamples } from '#lib/server/store/samples.ts';
import { type Store, openStore } from '#lib/server/store/store.ts';
import { type Warehouse, read } from '#lib/server/warehouse.ts';
import { demoAnswers } from './answers.ts';

const casesPerMonth = 50;
const doubleShare = 0.2;
/** Reviews of the last month that are left for whoever tries the demo. */
const leftOpen = 12;
const dueMs = 7 * 86_400_000;

type Named = Principal & { name: string };

/** Puts a published card, random samples of the last two months and made-up reviews of them into the store of a demo that has no sample yet. */
export async function makeDemoReviews(
  config: Config,
  warehouse: Warehouse,
  month: Period,
  t: Translate,
): Promise<void> {
  const store = await openStore(config.dataDir, process.env);
  try {
    const [lead, reviewer, vendor] = await demoPeople(store);
    if (!lead || !reviewer || (await listSamples(store, lead)).length > 0) return;
    const cardId = await beginCard(store, lead);
    await publish(
      store,
      lead,
      { cardId, version: 1 },
      config.brands.map(({ id }) => id),
    );
    for (const period of [previousPeriod(month), month])
      await drawSample({ store, warehouse }, lead, {
        name: t('quality.demo.sample', { month: period.from.slice(0, 7) }),
        kind: 'random',
        cardId,
        cardVersion: 1,
        plan: {
          ...{ period, keys: {}, strataBy: ['vendor'], allocation: 'proportional', doubleShare },
          ...{ rules: [], phrases: [], highValueMinor: 0 },
        },
        size: { kind: 'cases', cases: casesPerMonth },
        seed: period.from,
        dueAt: new Date(Date.now() + dueMs),
        reviewers: [lead, reviewer].map((principal) => ({ principal, name: principal.name, limit: casesPerMonth })),
        expert: null,
      });
    await scoreAll({ store, warehouse }, [lead, reviewer], t);
    if (vendor) await disputeOne(store, vendor, t);
  } finally {
    await store.close();
  }
}

async function demoPeople(store: Store): Promise<(Named | undefined)[]> {
  const accounts = await listAccounts(store, { userId: '', role: 'operator', ...everything });
  return ['qa-lead', 'reviewer', 'vendor-manager'].map((name) => {
    const account = accounts.find(({ email }) => email === `${name}@demo.example`);
    return account;
  });
}

async function scoreAll(
  at: { store: Store; warehouse: Warehouse },
  people: readonly Named[],
  t: Translate,
): Promise<void> {
  const chance = randomIndexes('demo reviews');
  for (const by of people) {
    const mine = await listReviews(at.store, by, { mine: true, states: ['assigned'] });
    for (const { id, caseId, revision } of mine.slice(0, mine.length - Math.floor(leftOpen / people.length))) {
      const { card, facts } = await openReview({ ...at, scope: scopeOf(by) }, by, id);
      const verdicts = await read(at.warehouse, scopeOf(by), conductVerdictsRead, { case_ids: [caseId] });
      const failed = verdicts.filter(({ passed }) => !passed).map(({ check }) => check);
      const answers = demoAnswers(card, facts, failed, chance);
      const { score, criteria } = scoreReview(card, facts, answers);
      if (score === null) continue;
      const save = {
        revision,
        content: { answers, quotes: [], comment: t('quality.demo.comment') },
        workedSeconds: 60 + chance(300),
      };
      const isCritical = criteria.some(({ zeroes }) => zeroes !== null);
      await submitReview(at.store, by, id, save, { score, isCritical, facts });
    }
  }
}

async function disputeOne(store: Store, vendor: Named, t: Translate): Promise<void> {
  const tone = z.object({ answers: z.object({ empathy_tone: z.object({ level: z.int().max(3) }) }) });
  const reviews = await listReviews(store, vendor, { states: ['submitted'] });
  const low = reviews.find(({ content }) => tone.safeParse(content).success);
  if (!low) return;
  await makeAppeal(store, vendor, low.id, { criterionId: 'empathy_tone', argument: t('quality.demo.appeal') });
}
