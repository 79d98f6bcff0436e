import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Principal } from '#lib/access/principal.ts';
import type { Role } from '#lib/access/roles.ts';
import { defaultScorecard } from '#lib/qa/default_scorecard/card.ts';
import { draftOf } from '#lib/qa/scorecard_draft.ts';
import { publish, saveDraft } from '#lib/server/quality/cards.ts';
import { drawDueSamples, lastFullPeriod } from '#lib/server/quality/recurring.ts';
import { replaceSampledCase } from '#lib/server/quality/replacement.ts';
import { type SampleOrder, drawSample, redrawSample } from '#lib/server/quality/samples.ts';
import { addRecurringSample, listRecurringSamples, stopRecurringSample } from '#lib/server/store/recurring_samples.ts';
import { listReviews } from '#lib/server/store/reviews.ts';
import { casesOfSample } from '#lib/server/store/sample_cases.ts';
import { listSamples, openSample } from '#lib/server/store/samples.ts';
import type { Store } from '#lib/server/store/store.ts';
import { type Warehouse, openWarehouse } from '#lib/server/warehouse.ts';
import { type StoreHome, openHome } from '../store/stores.ts';
import { drawMonth, monthDeclarations, peakAt } from './month.ts';
import { monthSource, writeMonth } from './month_files.ts';
import { type Grant, makePerson } from '../store/people.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

let project: WarehouseProject;
let warehouse: Warehouse;
let store: Store;
let lead: Principal;
let reviewer: Principal;
let home: StoreHome;

const timezone = 'Asia/Shanghai';
const plan: SampleOrder['plan'] = {
  period: { from: '2026-03-01', to: '2026-03-23' },
  keys: {},
  strataBy: ['vendor'],
  allocation: 'proportional',
  rules: [],
  phrases: [],
  highValueMinor: 0,
  doubleShare: 0,
};

beforeAll(async () => {
  project = await openWarehouseProject(`${monthDeclarations}${monthSource()}`);
  for (const [name, text] of writeMonth(drawMonth(7, 400))) await project.put(name, text);
  await project.run({ asOf: new Date(peakAt * 1000).toISOString() });
  warehouse = await openWarehouse(project.dataDir);
  home = await openHome('PGlite');
});
afterEach(() => store.close());
afterAll(async () => {
  await home.close();
  warehouse.close();
  await project.close();
});

beforeEach(async () => {
  store = await home.fresh();
  lead = await make('lead', 'qa_lead');
  reviewer = await make('reviewer', 'reviewer');
  await saveDraft(store, lead, draftOf(defaultScorecard));
  await publish(store, lead, { cardId: defaultScorecard.id, version: 1 }, []);
});

const make = (name: string, role: Role, scope: Grant = {}) => makePerson(store, name, role, scope);

async function draw(by: Principal, changes: Partial<SampleOrder> = {}): Promise<number> {
  return drawSample({ store, warehouse }, by, {
    name: 'March',
    kind: 'random',
    cardId: defaultScorecard.id,
    cardVersion: 1,
    plan,
    size: { kind: 'cases', cases: 20 },
    seed: 'one',
    dueAt: new Date('2026-04-01T00:00:00Z'),
    reviewers: [{ principal: reviewer, name: 'reviewer', limit: 500 }],
    expert: null,
    ...changes,
  });
}

const drawnCases = async (id: number) => (await casesOfSample(store, lead, id)).map(({ caseId }) => caseId).sort();

describe('a sample', () => {
  test('drawn again from its seed has the same cases, by who sees all it was drawn from', async () => {
    const id = await draw(lead);
    expect(await redrawSample({ store, warehouse }, lead, id)).toEqual({ kind: 'same', cases: 20 });
    expect(await drawnCases(await draw(lead))).toEqual(await drawnCases(id));
    expect(await drawnCases(await draw(lead, { seed: 'two' }))).not.toEqual(await drawnCases(id));
    const narrow = await make('narrow', 'qa_lead', { vendors: ['suda'] });
    await expect(redrawSample({ store, warehouse }, narrow, id)).rejects.toThrow('missing');
  });

  test('of another population says so, whatever the seed', async () => {
    const narrow = await make('narrow', 'qa_lead', { vendors: ['suda'] });
    const id = await draw(narrow);
    await store.db.updateTable('samples').set({ vendors: null }).where('id', '=', id).execute();
    expect((await redrawSample({ store, warehouse }, lead, id)).kind).toBe('changed');
  });

  test('counts for each principal the cases in their scope alone', async () => {
    const id = await draw(lead);
    const narrow = await make('narrow', 'vendor_manager', { vendors: ['suda'] });
    const own = (await casesOfSample(store, lead, id)).filter(({ vendorId }) => vendorId === 'suda').length;
    expect(own).toBeLessThan(20);
    expect(await openSample(store, narrow, id)).toMatchObject({ cases: own, reviews: own });
  });

  test('takes the next case of the same stratum for one that is replaced, each only once', async () => {
    const id = await draw(lead);
    const before = await casesOfSample(store, lead, id);
    const [first] = before;
    if (!first) throw new Error('nothing was drawn');
    const next = await replaceSampledCase({ store, warehouse }, lead, id, { caseId: first.caseId, reason: 'no text' });
    expect(before.map(({ caseId }) => caseId)).not.toContain(next);
    const after = await casesOfSample(store, lead, id);
    expect(after.find(({ caseId }) => caseId === next)).toMatchObject({
      stratum: first.stratum,
      replaces: first.caseId,
    });
    const again = await replaceSampledCase({ store, warehouse }, lead, id, { caseId: next, reason: 'no text' });
    expect([first.caseId, next]).not.toContain(again);
    await expect(
      replaceSampledCase({ store, warehouse }, lead, id, { caseId: first.caseId, reason: 'no text' }),
    ).rejects.toThrow('missing');
    expect(await redrawSample({ store, warehouse }, lead, id)).toMatchObject({ kind: 'same' });
    expect((await listReviews(store, reviewer, { mine: true })).map(({ caseId }) => caseId)).toContain(again);
  });

  test('has nothing to put in the place of a case once its stratum is used up', async () => {
    const id = await draw(lead, {
      plan: { ...plan, allocation: 'simple', strataBy: [] },
      size: { kind: 'cases', cases: 2000 },
    });
    const [first] = await casesOfSample(store, lead, id);
    await expect(
      replaceSampledCase({ store, warehouse }, lead, id, { caseId: first?.caseId ?? '', reason: 'no text' }),
    ).rejects.toThrow('no case');
  });
});

describe('a recurring sample', () => {
  const { period: _period, ...recurringPlan } = plan;
  const asked = {
    name: 'Weekly',
    kind: 'random' as const,
    every: 'week' as const,
    cardId: defaultScorecard.id,
    plan: recurringPlan,
    size: { kind: 'cases', cases: 5 },
    limit: 50,
    dueDays: 3,
    nextFrom: '2026-03-09',
  };
  const drawDue = () => drawDueSamples({ store, warehouse, timezone });

  test('is drawn once from the last whole period in the data', async () => {
    expect(lastFullPeriod('week', '2026-03-24')).toEqual({ from: '2026-03-16', to: '2026-03-23' });
    expect(lastFullPeriod('month', '2026-03-24')).toEqual({ from: '2026-02-01', to: '2026-03-01' });
    const id = await addRecurringSample(store, lead, { ...asked, reviewers: [reviewer.userId] });
    const races = await Promise.all([drawDue(), drawDue()]);
    expect(races.map((drawn) => drawn.has(id)).sort()).toEqual([false, true]);
    expect(await drawDue()).toEqual(new Map());
    const samples = await listSamples(store, lead);
    expect(samples.map(({ name, cases }) => [name, cases])).toEqual([['Weekly 2026-03-16', 5]]);
    expect(await listRecurringSamples(store, lead)).toMatchObject([{ nextFrom: '2026-03-23', problem: null }]);
  });

  test('that cannot be drawn says why and is tried again', async () => {
    await addRecurringSample(store, lead, { ...asked, reviewers: [] });
    expect(await drawDue()).toEqual(new Map());
    expect(await listRecurringSamples(store, lead)).toMatchObject([{ nextFrom: '2026-03-09', problem: 'no_reviewer' }]);
    await store.db
      .updateTable('recurring_samples')
      .set({ reviewers: [reviewer.userId] })
      .execute();
    expect((await drawDue()).size).toBe(1);
    expect(await listRecurringSamples(store, lead)).toMatchObject([{ problem: null }]);
  });

  test('ends when it is stopped, and is not for those who see less than its maker', async () => {
    const id = await addRecurringSample(store, lead, { ...asked, reviewers: [reviewer.userId] });
    const narrow = await make('narrow', 'qa_lead', { vendors: ['suda'] });
    expect(await listRecurringSamples(store, narrow)).toEqual([]);
    await expect(stopRecurringSample(store, narrow, id)).rejects.toThrow('missing');
    await stopRecurringSample(store, lead, id);
    expect(await drawDue()).toEqual(new Map());
  });
});
