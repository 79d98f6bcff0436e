import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#lib/access/roles.ts';
import { openAgreement } from '#lib/server/quality/agreement.ts';
import { resultsOf } from '#lib/server/quality/calibrations.ts';
import { listWaiting } from '#lib/server/quality/waiting.ts';
import * as appeals from '#lib/server/store/appeals.ts';
import { listAudit } from '#lib/server/store/audit.ts';
import * as calibrations from '#lib/server/store/calibrations.ts';
import * as coaching from '#lib/server/store/coaching.ts';
import * as conflicts from '#lib/server/store/conflicts.ts';
import { listRatings } from '#lib/server/store/ratings.ts';
import * as reviews from '#lib/server/store/reviews.ts';
import * as samples from '#lib/server/store/samples.ts';
import * as cards from '#lib/server/store/scorecards.ts';
import type { Store } from '#lib/server/store/store.ts';
import * as typical from '#lib/server/store/typical_cases.ts';
import { anyCase, card, criterion, level, passFail } from '../unit/qa_cards.ts';
import { type Grant, type Named, makePerson } from './people.ts';
import { type StoreHome, engines, openHome } from './stores.ts';

const day = 86_400_000;
const soon = new Date(Date.now() + 7 * day);
const later = new Date(Date.now() + 8 * day);
const rubric = card([criterion('tone'), criterion('rule', { scale: passFail, critical: 'review' })]);

describe.each(engines)('on %s', (engine) => {
  let home: StoreHome;
  let store: Store;
  let lead: Named;
  let first: Named;
  let second: Named;
  let suda: Named;
  let anhe: Named;
  let agent: Named;
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
    agent = await make('Agent', 'vendor_agent', { vendors: ['suda'], agents: ['suda-1'] });
    const version = await cards.saveDraftCard(store, lead, 'card', rubric);
    await cards.publishCard(store, lead, 'card', version);
  });
  afterEach(() => store.close());
  afterAll(() => home.close());

  const make = (name: string, role: Role, scope: Grant = {}) => makePerson(store, name, role, scope);

  const caseIds = (count: number) => Array.from({ length: count }, (_, index) => `c${index + 1}`);

  /** A sample of cases of suda's agent suda-1, each with the parts given. */
  async function draw(
    kind: samples.SampleKind,
    count: number,
    parts: readonly [Named, reviews.ReviewPart][],
    dueAt = soon,
  ): Promise<number> {
    const cases = caseIds(count).map((caseId, index) => ({
      caseId,
      place: index + 1,
      stratum: '',
      brandId: 'b',
      vendorId: 'suda',
      agentId: 'suda-1',
      startedOn: '2026-10-05',
      reasons: [],
    }));
    const assignments = cases.flatMap(({ caseId }) =>
      parts.map(([{ userId }, part]) => ({ caseId, reviewerId: userId, part })),
    );
    const sample = {
      name: 'October',
      kind,
      cardId: 'card',
      cardVersion: 1,
      plan: {},
      draw: {},
      snapshot: 's',
      populationHash: 'h',
      seed: '1',
      dueAt,
    };
    return samples.makeSample(store, lead, sample, cases, assignments);
  }

  async function submit(by: Named, sampleId: number, caseId: string, tone: number, score = 20 * tone): Promise<number> {
    const [mine] = await reviews.listReviews(store, by, { mine: true, sampleId, caseId });
    if (!mine) throw new Error(`${by.name} has no review of ${caseId}`);
    const content = { answers: { tone: level(tone), rule: level(2) } };
    const save = { revision: mine.revision, content, workedSeconds: 60 };
    await reviews.submitReview(store, by, mine.id, save, { score, isCritical: false, facts: anyCase });
    return mine.id;
  }

  const seen = async (by: Named) =>
    (await reviews.listReviews(store, by)).map(({ caseId, reviewerName }) => `${caseId} ${reviewerName}`).sort();

  const calibrate = (count = 1, dueAt = soon) =>
    draw(
      'calibration',
      count,
      [
        [lead, 'reference'],
        [first, 'first'],
        [second, 'second'],
      ],
      dueAt,
    );

  test('nobody sees the ratings of others in a calibration before its results are open, then those who took part', async () => {
    const id = await calibrate();
    await submit(first, id, 'c1', 4);
    expect(await seen(second)).toEqual(['c1 Second']);
    expect(await seen(lead)).toEqual(['c1 Lead']);
    await submit(second, id, 'c1', 5);
    expect(await seen(first)).toEqual(['c1 First']);
    await expect(calibrations.openResults(store, lead, id)).rejects.toThrow('too early');
    await submit(lead, id, 'c1', 5);
    await expect(calibrations.openResults(store, first, id)).rejects.toThrow('manage_quality');
    await calibrations.openResults(store, lead, id);
    for (const one of [first, second, lead]) expect(await seen(one)).toEqual(['c1 First', 'c1 Lead', 'c1 Second']);
    for (const one of [suda, agent]) expect(await seen(one)).toEqual([]);
    const third = await make('Third', 'reviewer');
    expect(await seen(third)).toEqual([]);
    expect(await calibrations.listCalibrations(store, third)).toEqual([]);
    await expect(calibrations.listCalibrations(store, suda)).rejects.toThrow('review');
  });

  test('of two who keep a discussion at a time the second is told, and nothing of the first is lost', async () => {
    const id = await calibrate(1, new Date(Date.now() - day));
    await calibrations.openResults(store, lead, id);
    await calibrations.keepDiscussion(store, lead, id, { text: 'one', basedOn: null });
    const late = calibrations.keepDiscussion(store, lead, id, { text: 'two', basedOn: null });
    await expect(late).rejects.toThrow('outdated');
    const { discussion, discussedAt } = await calibrations.openCalibration(store, lead, id);
    expect(discussion).toBe('one');
    await calibrations.keepDiscussion(store, lead, id, { text: 'two', basedOn: discussedAt });
    expect(await calibrations.openCalibration(store, lead, id)).toMatchObject({ discussion: 'two' });
  });

  test('who sees only part of a calibration does not open it while others score the rest', async () => {
    const id = await calibrate(2);
    const narrow = await make('Narrow', 'qa_lead', { vendors: ['suda'] });
    await store.db.updateTable('reviews').set({ vendor_id: 'anhe' }).where('case_id', '=', 'c2').execute();
    for (const one of [lead, first, second]) await submit(one, id, 'c1', 5);
    await expect(calibrations.openResults(store, narrow, id)).rejects.toThrow('too early');
  });

  test('who has to score a case in any sample learns nothing of it from another, its appeals, notes or the library', async () => {
    const earlier = await draw('random', 1, [[first, 'first']]);
    const review = await submit(first, earlier, 'c1', 2);
    const owner = { caseId: 'c1', brandId: 'b', vendorId: 'suda', agentId: 'suda-1' };
    await coaching.writeNote(store, first, { ...owner, reviewId: review, content: { text: 'greet', quotes: [] } });
    const entry = { ...owner, title: 'a', lesson: 'b', example: 'bad' as const, tags: [], quotes: [] };
    await typical.keepTypicalCase(store, lead, entry);
    await appeals.makeAppeal(store, suda, review, { criterionId: 'tone', argument: 'was greeted' });
    const counts = async (by: Named) => [
      (await seen(by)).filter((one) => one === 'c1 First').length,
      (await appeals.listAppeals(store, by)).length,
      (await coaching.listNotes(store, by)).length,
      (await typical.listTypicalCases(store, by)).length,
    ];
    expect(await counts(second)).toEqual([1, 1, 1, 1]);
    const later = await draw('risk', 1, [[second, 'first']]);
    expect(await counts(second)).toEqual([0, 0, 0, 0]);
    expect(await counts(first)).toEqual([1, 1, 1, 1]);
    await submit(second, later, 'c1', 4);
    expect(await counts(second)).toEqual([1, 1, 1, 1]);
  });

  test('results say who came how near to the reference, and where they differ', async () => {
    const id = await calibrate();
    await submit(lead, id, 'c1', 5, 100);
    await submit(first, id, 'c1', 3, 75);
    await submit(second, id, 'c1', 5, 100);
    expect(await resultsOf(store, lead, await calibrations.openCalibration(store, lead, id))).toBeNull();
    await calibrations.openResults(store, lead, id);
    const opened = await calibrations.openCalibration(store, first, id);
    const results = await resultsOf(store, first, opened);
    expect(results?.raters.map(({ name }) => name)).toEqual(['Lead', 'First', 'Second']);
    expect(results?.alignments).toMatchObject([
      { name: 'First', cases: 1, alignment: 0.75, difference: -25, criticalMismatches: 0 },
      { name: 'Second', cases: 1, alignment: 1, difference: 0 },
    ]);
    const [tone, rule] = results?.cases[0]?.criteria ?? [];
    expect(tone?.ratings.map(({ differs }) => differs)).toEqual([false, true, false]);
    expect(rule?.ratings.map(({ differs }) => differs)).toEqual([false, false, false]);
    await calibrations.keepDiscussion(store, lead, id, { text: 'a greeting alone is a 3', basedOn: null });
    expect(await calibrations.openCalibration(store, second, id)).toMatchObject({
      discussion: 'a greeting alone is a 3',
      discussedBy: 'Lead',
    });
    await expect(calibrations.keepDiscussion(store, first, id, { text: 'no', basedOn: null })).rejects.toThrow(
      'manage_quality',
    );
  });

  test('once results are open after the deadline, who was late neither scores nor sees', async () => {
    const id = await calibrate(1, new Date(Date.now() - day));
    await submit(lead, id, 'c1', 5);
    await submit(first, id, 'c1', 5);
    const [late] = await reviews.listReviews(store, second, { mine: true });
    await calibrations.openResults(store, lead, id);
    expect(await seen(second)).toEqual([]);
    const save = { revision: 0, content: {}, workedSeconds: 1 };
    await expect(reviews.saveReview(store, second, late?.id ?? 0, save)).rejects.toThrow('missing');
    const results = await resultsOf(store, second, await calibrations.openCalibration(store, second, id));
    expect(results?.cases).toEqual([]);
  });

  test('what is measured is what was first submitted, not what an upheld appeal made of it', async () => {
    const id = await draw('random', 1, [
      [first, 'first'],
      [second, 'second'],
    ]);
    const review = await submit(first, id, 'c1', 2);
    await submit(second, id, 'c1', 4);
    const appeal = await appeals.makeAppeal(store, suda, review, { criterionId: 'tone', argument: 'was greeted' });
    const correction = { revision: 1, content: { answers: { tone: level(4) } }, score: 80, isCritical: false };
    await appeals.decideAppeal(store, lead, appeal, { text: 'agreed', correction });
    expect(await reviews.openReview(store, lead, review)).toMatchObject({ score: 80 });
    const [rating] = await listRatings(store, lead, new Date(0));
    expect(rating).toMatchObject({ reviewerName: 'First', score: 40, content: { answers: { tone: { level: 2 } } } });
  });

  test('agreement has no number below twenty cases; a reviewer sees their own row only', async () => {
    const id = await draw('random', 20, [
      [first, 'first'],
      [second, 'second'],
    ]);
    const ask = { basis: 'double' as const, cardId: null, criterionId: 'tone', reviewerId: null };
    const at = { now: new Date(), timezone: 'Asia/Shanghai' };
    for (const [index, caseId] of caseIds(20).entries()) {
      await submit(first, id, caseId, 1 + (index % 5));
      if (index === 19) {
        const before = await openAgreement(store, lead, ask, at);
        expect(before.subjects[1]?.agreement).toMatchObject({ cases: 19, percent: { value: null }, difference: null });
      }
      await submit(second, id, caseId, index < 4 ? 5 - index : 1 + (index % 5));
    }
    const report = await openAgreement(store, lead, ask, at);
    // Of 1–5, 2–4, 3–3, 4–2 and sixteen alike: 17 of 20 agree.
    expect(report.subjects[1]?.agreement).toMatchObject({ cases: 20, percent: { value: 0.85, units: 20 } });
    expect(report.subjects[1]?.agreement.percent.interval).not.toBeNull();
    expect(report.reviewers.map(({ name }) => name)).toEqual(['First', 'Second']);
    expect(report.reviewers[0]?.agreement.difference).toBeCloseTo(
      -(report.reviewers[1]?.agreement.difference ?? 1),
      10,
    );
    expect(report.months.map(({ percent }) => percent.value)).toEqual([0.85]);
    const own = await openAgreement(store, first, { ...ask, reviewerId: second.userId }, at);
    expect(own.reviewers.map(({ name }) => name)).toEqual(['First']);
    const none = await openAgreement(store, await make('Third', 'reviewer'), ask, at);
    expect(none).toMatchObject({ card: null, reviewers: [], subjects: [] });
    await expect(openAgreement(store, suda, ask, at)).rejects.toThrow('review');
  });

  test('nobody is given a case of their own team, and the log says who set and lifted that', async () => {
    const conflict = { userId: first.userId, vendorId: 'suda', agentId: null };
    await expect(conflicts.setConflict(store, first, conflict)).rejects.toThrow('manage_quality');
    await expect(conflicts.setConflict(store, lead, { ...conflict, userId: suda.userId })).rejects.toThrow('missing');
    await conflicts.setConflict(store, lead, conflict);
    await conflicts.setConflict(store, lead, conflict);
    await expect(draw('random', 1, [[first, 'first']])).rejects.toThrow('conflict');
    await draw('random', 1, [[second, 'first']]);
    const narrow = await make('Narrow', 'qa_lead', { vendors: ['anhe'] });
    expect(await conflicts.listConflicts(store, narrow)).toEqual([]);
    await expect(conflicts.liftConflict(store, narrow, conflict)).rejects.toThrow('missing');
    await conflicts.liftConflict(store, lead, conflict);
    await conflicts.setConflict(store, lead, { ...conflict, agentId: 'suda-2' });
    await draw('random', 1, [[first, 'first']]);
    const operator = await make('Operator', 'operator');
    const everything = { actorId: null, from: null, to: null, limit: 50, offset: 0 };
    const set = await listAudit(store, operator, { ...everything, action: 'review_conflict_set' });
    expect(set.rows.map(({ actor, subject }) => [actor, subject])).toEqual([
      ['Lead', 'first@test.example'],
      ['Lead', 'first@test.example'],
    ]);
    expect((await listAudit(store, operator, { ...everything, action: 'review_conflict_lifted' })).total).toBe(1);
  });

  test('a note reaches its agent alone, who acknowledges it once; late ones are overdue', async () => {
    const owner = { caseId: 'c1', brandId: 'b', vendorId: 'suda', agentId: 'suda-1', reviewId: null };
    const note = { ...owner, content: { text: 'greet first', quotes: [] } };
    await expect(coaching.writeNote(store, agent, note)).rejects.toThrow('coach');
    await expect(coaching.writeNote(store, anhe, note)).rejects.toThrow('missing');
    await expect(coaching.writeNote(store, suda, { ...note, agentId: null })).rejects.toThrow('no agent');
    const id = await coaching.writeNote(store, suda, note);
    const other = await make('Other', 'vendor_agent', { vendors: ['suda'], agents: ['suda-2'] });
    expect(await coaching.listNotes(store, other)).toEqual([]);
    expect(await coaching.listNotes(store, anhe)).toEqual([]);
    const brand = await make('Brand', 'brand_manager', { brands: ['b'] });
    await expect(coaching.listNotes(store, brand)).rejects.toThrow('coach');
    expect(await coaching.listNotes(store, agent, later)).toMatchObject([{ id, state: 'overdue', hasAccount: true }]);
    await expect(coaching.acknowledgeNote(store, other, id, null)).rejects.toThrow('missing');
    await expect(coaching.acknowledgeNote(store, suda, id, null)).rejects.toThrow('coach');
    await coaching.acknowledgeNote(store, agent, id, 'will do');
    await expect(coaching.acknowledgeNote(store, agent, id, null)).rejects.toThrow('not open');
    expect(await coaching.listNotes(store, lead)).toMatchObject([
      { madeBy: 'Suda', acknowledgedBy: 'Agent', reply: 'will do', state: 'acknowledged' },
    ]);
  });

  test('the library is written by who manages quality and read within scope', async () => {
    const entry = {
      caseId: 'c1',
      brandId: 'b',
      vendorId: 'suda',
      agentId: 'suda-1',
      title: 'Freight',
      lesson: 'say who pays first',
      example: 'bad' as const,
      tags: ['freight'],
      quotes: [],
    };
    await expect(typical.keepTypicalCase(store, first, entry)).rejects.toThrow('manage_quality');
    await typical.keepTypicalCase(store, lead, entry);
    await typical.keepTypicalCase(store, lead, { ...entry, example: 'good' });
    for (const one of [lead, first, suda, agent])
      expect(await typical.listTypicalCases(store, one)).toMatchObject([{ title: 'Freight', example: 'good' }]);
    expect(await typical.listTypicalCases(store, anhe)).toEqual([]);
    const narrow = await make('Narrow', 'qa_lead', { vendors: ['anhe'] });
    await expect(typical.keepTypicalCase(store, narrow, entry)).rejects.toThrow('missing');
    await expect(typical.removeTypicalCase(store, narrow, 'c1')).rejects.toThrow('missing');
    await typical.removeTypicalCase(store, lead, 'c1');
    expect(await typical.listTypicalCases(store, lead)).toEqual([]);
  });

  test('each sees what waits for them: overdue first', async () => {
    const id = await draw('random', 2, [[first, 'first']]);
    const review = await submit(first, id, 'c1', 2);
    await appeals.makeAppeal(store, suda, review, { criterionId: 'tone', argument: 'was greeted' });
    const [mine] = await reviews.listReviews(store, first, { mine: true, states: ['assigned'] });
    await reviews.saveReview(store, first, mine?.id ?? 0, { revision: 0, content: {}, workedSeconds: 1 });
    await coaching.writeNote(store, suda, {
      caseId: 'c1',
      brandId: 'b',
      vendorId: 'suda',
      agentId: 'suda-1',
      reviewId: null,
      content: { text: 'x', quotes: [] },
    });
    const waits = async (by: Named, now?: Date) =>
      (await listWaiting(store, by, now)).map(({ kind, isLate }) => (isLate ? `${kind}!` : kind));
    expect(await waits(lead)).toEqual([]);
    expect(await waits(lead, later)).toEqual([
      'appeals_overdue!',
      'samples_overdue!',
      'notes_overdue!',
      'drafts_untouched',
    ]);
    expect(await waits(first, later)).toEqual(['appeals_to_answer!', 'reviews_overdue!', 'notes_overdue!']);
    expect(await waits(agent)).toEqual(['notes_to_acknowledge', 'reviews_to_dispute']);
    expect(await waits(suda)).toEqual(['reviews_to_dispute']);
    expect(await waits(anhe, later)).toEqual([]);
  });
});
