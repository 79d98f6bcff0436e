import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Principal } from '#lib/access/principal.ts';
import type { Role } from '#lib/access/roles.ts';
import { answersOf } from './perfect_answers.ts';
import { beginCard, publish } from '#lib/server/quality/cards.ts';
import { type ResultsAsked, openResults } from '#lib/server/quality/results.ts';
import { earlierScores } from '#lib/server/quality/spreads.ts';
import * as accounts from '#lib/server/store/accounts.ts';
import * as appeals from '#lib/server/store/appeals.ts';
import { commandLine } from '#lib/server/store/audit.ts';
import { listReviewerWork } from '#lib/server/store/reviewer_work.ts';
import * as reviews from '#lib/server/store/reviews.ts';
import * as sampleCases from '#lib/server/store/sample_cases.ts';
import * as samples from '#lib/server/store/samples.ts';
import type { Store } from '#lib/server/store/store.ts';
import { type StoreHome, engines, openHome } from './stores.ts';

type Named = Principal & { name: string };

const october = { from: '2026-10-01', to: '2026-11-01' };
const asked: ResultsAsked = { cardId: null, period: october, brands: [], vendors: [] };
const facts = { request_type: 'return_refund', channel: 'chat', severity: null, brand: 'b', platform: null };
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(engines)('on %s', (engine) => {
  let home: StoreHome;
  let store: Store;
  let lead: Named;
  let first: Named;
  let second: Named;
  let suda: Named;
  beforeAll(async () => {
    home = await openHome(engine);
  });
  beforeEach(async () => {
    store = await home.fresh();
    lead = await make('Lead', 'qa_lead');
    first = await make('First', 'reviewer');
    second = await make('Second', 'reviewer');
    suda = await make('Suda', 'vendor_manager', ['suda']);
    await publish(store, lead, { cardId: await beginCard(store, lead), version: 1 }, []);
  });
  afterEach(() => store.close());
  afterAll(() => home.close());

  async function make(name: string, role: Role, vendors: readonly string[] | null = null): Promise<Named> {
    const grant = { role, brands: null, vendors, agents: null };
    const email = `${name.toLowerCase()}@test.example`;
    const userId = await accounts.makeAccount(store, commandLine, { name, email, passwordHash: 'x', ...grant });
    return { userId, name, ...grant };
  }

  /** A sample of 25 of 500 cases of suda and 25 of 250 of anhe, each a stratum; those of `doubles` are scored twice. */
  function draw(kind: samples.SampleKind, name: string, doubles: readonly string[] = []): Promise<number> {
    const drawn = ['suda', 'anhe'].flatMap((vendorId) =>
      Array.from({ length: 25 }, (_, at) => ({
        caseId: `${name}-${vendorId}-${at}`,
        place: at + 1,
        stratum: vendorId,
        brandId: 'b',
        vendorId,
        agentId: `${vendorId}-${at % 2}`,
        startedOn: kind === 'risk' ? null : '2026-10-15',
        reasons: [],
      })),
    );
    const sizes = { suda: 500, anhe: 250 };
    const strata = Object.entries(sizes).map(([stratum, size]) => ({ stratum, size }));
    const plan = {
      strataBy: ['vendor'],
      allocation: 'equal',
      rules: [],
      phrases: [],
      highValueMinor: 0,
      doubleShare: 0,
    };
    return samples.makeSample(
      store,
      lead,
      {
        name,
        kind,
        cardId: 'after_sales_service',
        cardVersion: 1,
        plan: { ...plan, period: october, keys: {} },
        draw: { design: { kind: 'stratified', sizes: strata.map(({ stratum }) => ({ stratum, size: 25 })) }, strata },
        snapshot: 's',
        populationHash: 'h',
        seed: name,
        dueAt: new Date('2026-11-10T00:00:00Z'),
      },
      drawn,
      drawn.flatMap(({ caseId }) => [
        { caseId, reviewerId: first.userId, part: 'first' as const },
        ...(doubles.includes(caseId) ? [{ caseId, reviewerId: second.userId, part: 'second' as const }] : []),
      ]),
    );
  }

  async function submit(by: Named, caseId: string, score: number): Promise<number> {
    const [found] = await reviews.listReviews(store, by, { mine: true, caseId });
    if (!found) throw new Error(`${by.name} has no review of ${caseId}`);
    const save = { revision: found.revision, content: { answers: answersOf(facts) }, workedSeconds: 100 };
    await reviews.submitReview(store, by, found.id, save, { score, isCritical: score === 0, facts });
    return found.id;
  }

  const scoreOf = (vendorId: string, at: number) => (vendorId === 'suda' ? 80 : 60) + (at % 5);

  /** Scores the cases of a sample but those left out. */
  async function score(name: string, leftOut: readonly string[] = []): Promise<void> {
    for (const vendorId of ['suda', 'anhe'])
      for (let at = 0; at < 25; at++) {
        const caseId = `${name}-${vendorId}-${at}`;
        if (!leftOut.includes(caseId)) await submit(first, caseId, scoreOf(vendorId, at));
      }
  }

  test('strata weigh by their populations; cases half scored twice, of risk or calibration do not count', async () => {
    await draw('random', 'r', ['r-suda-0', 'r-suda-1']);
    await draw('risk', 'k');
    await draw('calibration', 'c');
    await score('r');
    await submit(first, 'k-suda-0', 0);
    await submit(first, 'c-suda-0', 0);
    await submit(second, 'r-suda-0', 50);
    const results = await openResults(store, lead, asked);
    const ofSuda = [65, ...Array.from({ length: 23 }, (_, at) => scoreOf('suda', at + 2))];
    const ofAnhe = Array.from({ length: 25 }, (_, at) => scoreOf('anhe', at));
    const overall = results?.overall.score;
    expect(overall).toMatchObject({ kind: 'estimate', n: 49 });
    expect(overall?.kind === 'estimate' && overall.mean).toBeCloseTo(
      (500 * mean(ofSuda) + 250 * mean(ofAnhe)) / 750,
      10,
    );
    expect(results).toMatchObject({ risk: 1, reviews: 50, doubles: 1, overall: { drawn: 50, open: 1 } });
    expect(results?.by.vendor.map(({ key, group }) => [key, group])).toEqual([
      ['suda', 1],
      ['anhe', 2],
    ]);
    expect(results?.by.agent.every((one) => one.score.kind === 'too_few')).toBe(true);
    expect(results?.months.filter(({ drawn }) => drawn > 0).map(({ month }) => month)).toEqual(['2026-10']);
  });

  test('a vendor gets the very figures that the lead has of it, and nothing of another vendor', async () => {
    await draw('random', 'r');
    await score('r', ['r-suda-3', 'r-anhe-4', 'r-anhe-5']);
    const whole = await openResults(store, lead, { ...asked, vendors: ['suda'] });
    const own = await openResults(store, suda, asked);
    expect({ ...own, surveyed: [] }).toEqual({ ...whole, surveyed: [] });
    expect(own?.surveyed).toEqual([{ cardId: 'after_sales_service', scored: 24 }]);
    expect(own?.overall).toMatchObject({ drawn: 25, open: 1 });
    expect(JSON.stringify({ ...own, cards: [] })).not.toMatch(/anhe|[sS]ize/);
    expect(await openResults(store, suda, { ...asked, vendors: ['anhe'] })).toMatchObject({
      overall: { drawn: 0, score: { kind: 'too_few', n: 0 } },
      by: { vendor: [], brand: [], agent: [] },
      samples: [],
    });
  });

  test('risk reviews kept out are counted as far as one sees them: by period, vendor and scope', async () => {
    await draw('random', 'r');
    await draw('risk', 'k');
    for (const caseId of ['k-suda-0', 'k-suda-1', 'k-anhe-0']) await submit(first, caseId, 10);
    const risk = async (by: Named, more: Partial<ResultsAsked> = {}) =>
      (await openResults(store, by, { ...asked, ...more }))?.risk;
    expect(await risk(lead)).toBe(3);
    expect(await risk(lead, { vendors: ['anhe'] })).toBe(1);
    expect(await risk(suda)).toBe(2);
    expect(await risk(lead, { period: { from: '2026-11-01', to: '2026-11-02' } })).toBe(0);
  });

  test('a figure remembered goes with the next review, appeal or replaced case', async () => {
    await draw('random', 'r');
    await score('r', ['r-suda-0']);
    const meanOf = async () => {
      const found = (await openResults(store, suda, asked))?.overall;
      return found?.score.kind === 'estimate' ? [found.open, found.score.mean] : [];
    };
    const rest = Array.from({ length: 24 }, (_, at) => scoreOf('suda', at + 1));
    expect(await meanOf()).toEqual([1, expect.closeTo(mean(rest), 10)]);
    const id = await submit(first, 'r-suda-0', 20);
    expect(await meanOf()).toEqual([0, expect.closeTo(mean([...rest, 20]), 10)]);
    const appeal = await appeals.makeAppeal(store, suda, id, { criterionId: 'empathy', argument: 'a' });
    const { revision, content } = await reviews.openReview(store, lead, id);
    const correction = { revision, content, score: 95, isCritical: false };
    await appeals.decideAppeal(store, lead, appeal, { text: 'right', correction });
    expect(await meanOf()).toEqual([0, expect.closeTo(mean([...rest, 95]), 10)]);
  });

  test('a vendor’s figures do not wait for reviews of another’s stratum', async () => {
    await draw('random', 'r');
    for (let at = 0; at < 25; at++) await submit(first, `r-suda-${at}`, scoreOf('suda', at));
    const own = await openResults(store, suda, asked);
    expect(own?.overall).toMatchObject({ score: { kind: 'estimate', n: 25 }, open: 0, waiting: [] });
    const whole = await openResults(store, lead, asked);
    expect(whole?.overall).toMatchObject({ score: { kind: 'too_few', n: 0 }, open: 25, waiting: [1] });
  });

  test('a replaced case gives way to the one in its place', async () => {
    const id = await draw('random', 'r');
    const owner = { brandId: 'b', vendorId: 'suda', agentId: 'suda-0', startedOn: '2026-10-20', reasons: [] };
    const next = { caseId: 'next', place: 26, stratum: 'suda', ...owner };
    await sampleCases.replaceCase(store, lead, id, { caseId: 'r-suda-0', next, reason: 'no text' });
    await score('r', ['r-suda-0']);
    await submit(first, 'next', 10);
    const results = await openResults(store, suda, asked);
    const rest = Array.from({ length: 24 }, (_, at) => scoreOf('suda', at + 1));
    const found = results?.overall.score;
    expect(found?.kind === 'estimate' && found.mean).toBeCloseTo(mean([10, ...rest]), 10);
  });

  test('earlier scores for the next allocation come by the strata it asks for', async () => {
    await draw('random', 'r');
    await score('r', ['r-anhe-0']);
    const plan = { period: { from: '2026-11-01', to: '2026-12-01' }, strataBy: ['vendor', 'request_type'] as const };
    const earlier = await earlierScores(store, lead, 'after_sales_service', plan);
    expect(earlier).toHaveLength(49);
    expect(new Set(earlier.map(({ stratum }) => stratum))).toEqual(
      new Set(['suda / return_refund', 'anhe / return_refund']),
    );
  });

  test('reviewers’ work counts reviews, time and what became of appeals, for who manages quality', async () => {
    await draw('random', 'r', ['r-suda-0']);
    const id = await submit(first, 'r-suda-0', 40);
    await submit(second, 'r-suda-0', 60);
    const appeal = await appeals.makeAppeal(store, suda, id, { criterionId: 'empathy', argument: 'a' });
    const { revision, content } = await reviews.openReview(store, lead, id);
    const correction = { revision, content, score: 70, isCritical: false };
    await appeals.decideAppeal(store, lead, appeal, { text: 'right', correction });
    const work = await listReviewerWork(store, lead, new Date('2026-12-01T00:00:00Z'));
    expect(work.map(({ reviewerId: _, ...one }) => one)).toEqual([
      {
        name: 'First',
        assigned: 50,
        submitted: 1,
        overdue: 49,
        medianActiveSeconds: 100,
        appealed: 1,
        appeals: 1,
        decided: 1,
        upheld: 1,
        meanChange: 30,
      },
      {
        name: 'Second',
        assigned: 1,
        submitted: 1,
        overdue: 0,
        medianActiveSeconds: 100,
        appealed: 0,
        appeals: 0,
        decided: 0,
        upheld: 0,
        meanChange: null,
      },
    ]);
    await expect(listReviewerWork(store, first)).rejects.toThrow('manage_quality');
  });
});
