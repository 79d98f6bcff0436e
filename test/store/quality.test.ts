import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#lib/access/roles.ts';
import { nextReview } from '#lib/server/quality/reviews.ts';
import * as appeals from '#lib/server/store/appeals.ts';
import { commandLine } from '#lib/server/store/audit.ts';
import { putAccount } from '#lib/server/store/renewed_account.ts';
import { backUp, restoreFrom } from '#lib/server/store/backup.ts';
import * as cards from '#lib/server/store/scorecards.ts';
import * as reviews from '#lib/server/store/reviews.ts';
import * as sampleCases from '#lib/server/store/sample_cases.ts';
import * as samples from '#lib/server/store/samples.ts';
import type { Store } from '#lib/server/store/store.ts';
import { type Grant, type Named, makePerson } from './people.ts';
import { type StoreHome, engines, openHome } from './stores.ts';

const dueAt = new Date('2026-12-01T00:00:00Z');
const day = 86_400_000;

describe.each(engines)('on %s', (engine) => {
  let home: StoreHome;
  let store: Store;
  let lead: Named;
  let first: Named;
  let second: Named;
  let suda: Named;
  let anhe: Named;
  beforeAll(async () => {
    home = await openHome(engine);
  });
  beforeEach(async () => {
    store = await home.fresh();
    lead = await make('Lead', 'qa_lead');
    first = await make('First', 'reviewer');
    second = await make('Second', 'reviewer');
    suda = await make('Suda', 'vendor_manager', { vendors: ['suda'] });
    anhe = await make('Anhe', 'vendor_manager', { vendors: ['anhe'] });
  });
  afterEach(() => store.close());
  afterAll(() => home.close());

  const make = (name: string, role: Role, scope: Grant = {}) => makePerson(store, name, role, scope);

  /** A sample of one case of suda and one of anhe, both scored by the first reviewer, that of suda by the second too. */
  async function drawSample(kind: samples.SampleKind = 'random'): Promise<number> {
    const version = await cards.saveDraftCard(store, lead, 'service', { id: 'service' });
    await cards.publishCard(store, lead, 'service', version);
    return drawBy(version, kind);
  }

  async function drawBy(version: number, kind: samples.SampleKind = 'random'): Promise<number> {
    const one = { stratum: 'all', brandId: 'b', startedOn: '2026-10-01', reasons: [] };
    return samples.makeSample(
      store,
      lead,
      {
        name: 'October',
        kind,
        cardId: 'service',
        cardVersion: version,
        plan: {},
        draw: {},
        snapshot: 's',
        populationHash: 'h',
        seed: '1',
        dueAt,
      },
      [
        { ...one, caseId: 'c1', place: 1, vendorId: 'suda', agentId: 'suda-1' },
        { ...one, caseId: 'c2', place: 2, vendorId: 'anhe', agentId: 'anhe-1' },
      ],
      [
        { caseId: 'c1', reviewerId: first.userId, part: 'first' },
        { caseId: 'c1', reviewerId: second.userId, part: 'second' },
        { caseId: 'c2', reviewerId: first.userId, part: 'first' },
      ],
    );
  }

  async function reviewOf(by: Named, caseId: string): Promise<reviews.StoredReview> {
    const [found] = await reviews.listReviews(store, by, { mine: true, caseId });
    if (!found) throw new Error(`${by.name} has no review of ${caseId}`);
    return found;
  }

  async function submit(by: Named, caseId: string, score: number): Promise<number> {
    const { id, revision } = await reviewOf(by, caseId);
    const save = { revision, content: { answers: { tone: score } }, workedSeconds: 60 };
    await reviews.submitReview(store, by, id, save, { score, isCritical: false, facts: {} });
    return id;
  }

  const seen = async (by: Named) =>
    (await reviews.listReviews(store, by)).map(({ caseId, part }) => `${caseId} ${part}`);

  test('a published card does not change, not even by SQL; its next draft is a new version', async () => {
    const version = await cards.saveDraftCard(store, lead, 'service', { points: 1 });
    await expect(cards.saveDraftCard(store, lead, 'service', { points: 9 })).rejects.toThrow('outdated');
    const basedOn = (await cards.openCard(store, lead, 'service', version)).changedAt;
    expect(await cards.saveDraftCard(store, lead, 'service', { points: 2 }, basedOn)).toBe(version);
    await cards.publishCard(store, lead, 'service', version);
    await expect(sql`update scorecards set card = '{}'`.execute(store.db)).rejects.toThrow('does not change');
    await expect(sql`delete from scorecards`.execute(store.db)).rejects.toThrow('does not change');
    const next = await cards.saveDraftCard(store, lead, 'service', { points: 3 });
    expect(next).toBe(version + 1);
    await cards.publishCard(store, lead, 'service', next);
    const states = (await cards.listCards(store, lead)).map((card) => [card.version, card.state, card.card]);
    expect(states).toEqual([
      [next, 'published', { points: 3 }],
      [version, 'archived', { points: 2 }],
    ]);
    await expect(cards.saveDraftCard(store, first, 'service', {})).rejects.toThrow('manage_quality');
  });

  test('nothing is drawn by a card that is a draft still, or in use no more', async () => {
    const version = await cards.saveDraftCard(store, lead, 'service', { id: 'service' });
    await expect(drawBy(version)).rejects.toThrow('not published');
    await cards.publishCard(store, lead, 'service', version);
    await cards.archiveCard(store, lead, 'service', version);
    await expect(drawBy(version)).rejects.toThrow('not published');
    await expect(drawBy(7)).rejects.toThrow('not published');
  });

  test('two who score the same case do not see each other before both are done; vendors see theirs after', async () => {
    await drawSample();
    expect(await seen(first)).toEqual(['c1 first', 'c2 first']);
    await submit(first, 'c1', 80);
    expect(await seen(second)).toEqual(['c1 second']);
    expect(await seen(suda)).toEqual([]);
    await submit(second, 'c1', 60);
    expect(await seen(second)).toEqual(['c1 first', 'c1 second']);
    expect(await seen(suda)).toEqual(['c1 first', 'c1 second']);
    expect(await seen(anhe)).toEqual([]);
    expect(await seen(lead)).toHaveLength(3);
  });

  test('a lead who scores one of two sees the other when their own is final', async () => {
    lead = { ...lead, userId: second.userId };
    await drawSample();
    await submit(first, 'c1', 80);
    expect(await seen(lead)).toEqual(['c1 second', 'c2 first']);
    await submit(lead, 'c1', 70);
    expect(await seen(lead)).toEqual(['c1 first', 'c1 second', 'c2 first']);
  });

  test('the next review is the one after in the queue, whatever was left half done before it, and round again', async () => {
    await drawSample();
    const [one, two] = [await reviewOf(first, 'c1'), await reviewOf(first, 'c2')];
    await reviews.saveReview(store, first, one.id, { revision: 0, content: {}, workedSeconds: 1 });
    expect(await nextReview(store, first, one)).toBe(two.id);
    expect(await nextReview(store, first, two)).toBe(one.id);
    await submit(first, 'c1', 80);
    expect(await nextReview(store, first, two)).toBe(null);
  });

  test('an account made anew keeps its id, so that the reviews of a demo stay its own', async () => {
    await drawSample();
    const { userId, name: _name, ...grant } = first;
    const again = { ...grant, name: 'Anew', email: 'first@test.example', passwordHash: 'y' };
    expect(await putAccount(store, commandLine, again)).toBe(userId);
    expect(await seen(first)).toEqual(['c1 first', 'c2 first']);
    const { rows } = await sql<{ password: string }>`
      select password from credentials where "userId" = ${userId}`.execute(store.db);
    expect(rows).toEqual([{ password: 'y' }]);
  });

  test('a calibration is seen by those who score it, never by vendors', async () => {
    await drawSample('calibration');
    await submit(first, 'c1', 80);
    await submit(second, 'c1', 60);
    expect(await seen(second)).toEqual(['c1 second']);
    expect(await seen(suda)).toEqual([]);
    expect(await samples.listSamples(store, suda)).toEqual([]);
  });

  test('who saves on top of another save is told, and nothing is overwritten', async () => {
    await drawSample();
    const { id } = await reviewOf(first, 'c1');
    const save = (revision: number, tone: number) =>
      reviews.saveReview(store, first, id, { revision, content: { tone }, workedSeconds: 30 });
    expect((await save(0, 1)).revision).toBe(1);
    await expect(save(0, 2)).rejects.toThrow('outdated');
    const races = await Promise.allSettled([save(1, 3), save(1, 4)]);
    expect(races.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const kept = await reviewOf(first, 'c1');
    expect(kept).toMatchObject({ revision: 2, activeSeconds: 60, state: 'draft' });
    await submit(first, 'c1', 90);
    await expect(save(3, 5)).rejects.toThrow('submitted');
    await expect(reviews.saveReview(store, second, id, { revision: 3, content: {}, workedSeconds: 0 })).rejects.toThrow(
      'missing',
    );
  });

  test('a case is replaced for a reason, by the next of the draw, while nobody has scored it', async () => {
    const id = await drawSample();
    const next = {
      caseId: 'c9',
      place: 3,
      stratum: 'all',
      brandId: 'b',
      vendorId: 'anhe',
      agentId: null,
      startedOn: null,
      reasons: [],
    };
    const replace = (caseId: string, reason: string) =>
      sampleCases.replaceCase(store, lead, id, { caseId, next, reason });
    await expect(replace('c2', ' ')).rejects.toThrow('no reason');
    await submit(first, 'c1', 80);
    await expect(replace('c1', 'no text')).rejects.toThrow('submitted');
    await replace('c2', 'pictures only');
    expect(await seen(first)).toEqual(['c1 first', 'c9 first']);
    const [old, , put] = await sampleCases.casesOfSample(store, lead, id).then((all) => [all[1], all[0], all[2]]);
    expect(old).toMatchObject({ caseId: 'c2', replacedFor: 'pictures only' });
    expect(put).toMatchObject({ caseId: 'c9', replaces: 'c2' });
    expect(await samples.openSample(store, lead, id)).toMatchObject({
      cases: 2,
      replaced: 1,
      reviews: 3,
      submitted: 1,
    });
  });

  test('a backup has every table of the store, and ids go on after the last one restored', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aftersight-backup-'));
    const elsewhere = await home.fresh();
    try {
      await drawSample();
      const id = await submit(first, 'c1', 80);
      const file = join(folder, 'store.gz');
      const { tables } = await backUp(store, file);
      const { rows } = await sql<{ name: string }>`
        select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
        store.db,
      );
      const left = rows.map(({ name }) => name).filter((name) => !(name in tables));
      expect(left.sort()).toEqual(['audit_head', 'kysely_migration', 'kysely_migration_lock', 'sign_in_failures']);
      await restoreFrom(elsewhere, file);
      expect(await reviews.openReview(elsewhere, lead, id)).toEqual(await reviews.openReview(store, lead, id));
      const sample = await samples.openSample(elsewhere, lead, 1);
      const { id: _, ...again } = { ...sample, dueAt };
      expect(await samples.makeSample(elsewhere, lead, again, [], [])).toBe(2);
    } finally {
      await elsewhere.close();
      await rm(folder, { recursive: true });
    }
  });

  test('a vendor disputes a criterion inside the window; the reviewer answers, the lead decides, the history keeps it', async () => {
    await drawSample();
    const id = await submit(first, 'c2', 40);
    const dispute = { criterionId: 'tone', argument: 'the customer was greeted' };
    await expect(appeals.makeAppeal(store, suda, id, dispute)).rejects.toThrow('missing');
    await expect(appeals.makeAppeal(store, first, id, dispute)).rejects.toThrow('appeal');
    await expect(appeals.makeAppeal(store, anhe, id, dispute, new Date(Date.now() + 8 * day))).rejects.toThrow(
      'not open',
    );
    const appeal = await appeals.makeAppeal(store, anhe, id, dispute);
    await expect(appeals.makeAppeal(store, anhe, id, dispute)).rejects.toThrow('taken');
    expect(await appeals.listAppeals(store, suda)).toEqual([]);
    const later = new Date(Date.now() + 4 * day);
    expect((await appeals.listAppeals(store, lead, later))[0]).toMatchObject({ state: 'overdue', vendorId: 'anhe' });
    await expect(appeals.answerAppeal(store, second, appeal, 'no')).rejects.toThrow('missing');
    await appeals.answerAppeal(store, first, appeal, 'right, I overlooked it');
    const { revision } = await reviews.openReview(store, lead, id);
    const correction = { revision, content: { answers: { tone: 5 } }, score: 70, isCritical: false };
    const outdated = { ...correction, revision: revision - 1 };
    await expect(appeals.decideAppeal(store, lead, appeal, { text: 'ok', correction: outdated })).rejects.toThrow(
      'outdated',
    );
    await expect(appeals.decideAppeal(store, first, appeal, { text: 'ok', correction })).rejects.toThrow(
      'manage_quality',
    );
    await appeals.decideAppeal(store, lead, appeal, { text: 'agreed', correction });
    await expect(appeals.decideAppeal(store, lead, appeal, { text: 'again', correction: null })).rejects.toThrow(
      'not open',
    );
    expect(await reviews.openReview(store, anhe, id)).toMatchObject({ score: 70, content: { answers: { tone: 5 } } });
    const history = await reviews.historyOf(store, anhe, id);
    expect(history.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['submitted', 'First'],
      ['appealed', 'Anhe'],
      ['answered', 'First'],
      ['decided', 'Lead'],
    ]);
    expect(history.at(-1)?.detail).toMatchObject({ scoreBefore: 40, score: 70 });
  });
});
