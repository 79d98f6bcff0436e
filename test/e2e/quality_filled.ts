import type { Principal } from '#lib/access/principal.ts';
import type { Role } from '#lib/access/roles.ts';
import { localDay, lastFullMonth } from '#lib/metrics/period.ts';
import { criteriaOf } from '#lib/qa/scorecard.ts';
import { hashPassword } from '#lib/server/auth.ts';
import { loadConfig } from '#lib/server/config.ts';
import { beginCard, publish } from '#lib/server/quality/cards.ts';
import { writeNote } from '#lib/server/quality/coaching.ts';
import { keepCase } from '#lib/server/quality/library.ts';
import { openReview, submitReview } from '#lib/server/quality/reviews.ts';
import { drawSample } from '#lib/server/quality/samples.ts';
import { everything } from '#lib/access/principal.ts';
import { makeAccount } from '#lib/server/store/accounts.ts';
import { makeAppeal } from '#lib/server/store/appeals.ts';
import { commandLine } from '#lib/server/store/audit.ts';
import { openResults } from '#lib/server/store/calibrations.ts';
import { setConflict } from '#lib/server/store/conflicts.ts';
import { addRecurringSample } from '#lib/server/store/recurring_samples.ts';
import { listReviews } from '#lib/server/store/reviews.ts';
import { openStore } from '#lib/server/store/store.ts';
import { openWarehouse } from '#lib/server/warehouse.ts';
import { fullAnswerOf } from '../../src/routes/quality/reviews/[id]/rating.ts';
import { password } from './session.ts';

/** A brand and a vendor whose cases are in the store. */
export interface Part {
  brand: string;
  vendor: string;
}

/** Something in the store with the case it is about. */
export interface Kept {
  id: number;
  caseId: string;
}

/** What was put into a store: everything of the QA workbench, of each part. */
export interface Filled {
  card: string;
  reviewers: readonly string[];
  samples: readonly { id: number; kind: string; part: number | null }[];
  reviews: readonly (Kept & { part: number; kind: string; state: string; reviewerId: string })[];
  appeals: readonly (Kept & { part: number })[];
  notes: readonly (Kept & { part: number })[];
  entries: readonly { caseId: string; part: number }[];
  recurring: number;
}

/** Fills a store that nobody serves with samples of every kind, reviews, appeals, notes, an entry of the library and a conflict of each part. */
export async function fillQuality(configPath: string, parts: readonly Part[]): Promise<Filled> {
  const { dataDir, timezone } = await loadConfig(configPath);
  const store = await openStore(dataDir, {});
  const warehouse = await openWarehouse(dataDir);
  const at = { store, warehouse, scope: everything };
  try {
    const make = async (name: string, role: Role, scope: Partial<Principal> = {}) => {
      const grant = { role, brands: null, vendors: null, agents: null, ...scope };
      const account = { name, email: `${name}@filled.example`, passwordHash: await hashPassword(password), ...grant };
      return { userId: await makeAccount(store, commandLine, account), name, ...grant };
    };
    const lead = await make('lead', 'qa_lead');
    const people = [await make('ann', 'reviewer'), await make('bob', 'reviewer')];
    const cardId = await beginCard(store, lead);
    await publish(store, lead, { cardId, version: 1 }, []);
    const month = lastFullMonth(localDay(warehouse.current.asOf, timezone));
    const draw = (
      name: string,
      kind: 'random' | 'risk' | 'calibration',
      keys: { brand: string[]; vendor: string[] },
      more: { cases?: number; doubleShare?: number } = {},
    ) =>
      drawSample(at, lead, {
        name,
        kind,
        cardId,
        cardVersion: 1,
        plan: {
          period: month,
          keys,
          strataBy: kind === 'random' ? ['vendor', 'agent'] : [],
          allocation: kind === 'random' ? 'proportional' : 'simple',
          rules: kind === 'risk' ? ['dispute', 'low_rating', 'reopened', 'late'] : [],
          phrases: [],
          highValueMinor: 0,
          doubleShare: more.doubleShare ?? 0,
        },
        size: { kind: 'cases', cases: more.cases ?? 4 },
        seed: name,
        dueAt: new Date(Date.now() + 86_400_000),
        reviewers: people.map((principal) => ({ principal, name: principal.name, limit: 2000 })),
        expert: kind === 'calibration' ? { principal: lead, name: lead.name } : null,
      });
    const all = { brand: parts.map(({ brand }) => brand), vendor: parts.map(({ vendor }) => vendor) };
    const samples: { id: number; kind: string; part: number | null }[] = [
      { id: await draw('both', 'random', all, { cases: 90, doubleShare: 1 }), kind: 'random', part: null },
    ];
    for (const [part, { brand, vendor }] of parts.entries())
      for (const kind of ['risk', 'calibration'] as const)
        samples.push({ id: await draw(`${kind}-${part}`, kind, { brand: [brand], vendor: [vendor] }), kind, part });
    for (const by of [lead, ...people])
      for (const { id, sampleId, revision } of await listReviews(store, by, { mine: true })) {
        if (sampleId === samples[0]?.id && id % 9 === 0) continue;
        const { facts: _facts, card } = await openReview(at, by, id);
        const answers = Object.fromEntries(criteriaOf(card).map((one) => [one.id, fullAnswerOf(one)]));
        const content = { answers, quotes: [], comment: '' };
        await submitReview(at, by, id, { revision, content, workedSeconds: 60 });
      }
    for (const { id, kind } of samples) if (kind === 'calibration') await openResults(store, lead, id);
    const partOf = ({ brandId, vendorId }: { brandId: string; vendorId: string | null }): number =>
      parts.findIndex(({ brand, vendor }) => brand === brandId && vendor === vendorId);
    const filled: Filled = {
      card: cardId,
      reviewers: people.map(({ userId }) => userId),
      samples,
      reviews: (await listReviews(store, lead)).map((one) => ({ ...one, part: partOf(one) })),
      appeals: [],
      notes: [],
      entries: [],
      recurring: await addRecurringSample(store, lead, {
        name: 'monthly',
        kind: 'random',
        every: 'month',
        cardId,
        plan: {},
        size: {},
        reviewers: people.map(({ userId }) => userId),
        limit: 10,
        dueDays: 7,
        nextFrom: '2099-01-01',
      }),
    };
    const [appeals, notes, entries]: [
      (Kept & { part: number })[],
      (Kept & { part: number })[],
      Filled['entries'][number][],
    ] = [[], [], []];
    for (const [part, { vendor }] of parts.entries()) {
      const manager = await make(`manager-${part}`, 'vendor_manager', { vendors: [vendor] });
      const own = await listReviews(store, manager, { states: ['submitted'] });
      for (const { id, caseId, agentId } of own
        .filter((one) => partOf(one) === part && one.agentId !== null)
        .slice(0, 6)) {
        const criterionId = 'promise_next_step';
        appeals.push({
          id: await makeAppeal(store, manager, id, { criterionId, argument: `of ${caseId}` }),
          caseId,
          part,
        });
        const note = { caseId, reviewId: id, text: `for ${agentId} about ${caseId}`, messageIds: [] };
        notes.push({ id: await writeNote(at, manager, note), caseId, part });
        const entry = {
          caseId,
          title: `see ${caseId}`,
          lesson: `${agentId}`,
          example: 'good' as const,
          tags: [caseId],
        };
        await keepCase(at, lead, { ...entry, messageIds: [] });
        entries.push({ caseId, part });
      }
      await setConflict(store, lead, { userId: people[0]?.userId ?? '', vendorId: vendor, agentId: 'nobody' });
    }
    return { ...filled, appeals, notes, entries };
  } finally {
    warehouse.close();
    await store.close();
  }
}
