import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Principal, everything } from '#lib/access/principal.ts';
import type { Role } from '#lib/access/roles.ts';
import { lastFullMonth, localDay, previousPeriod } from '#lib/metrics/period.ts';
import type { Answer, Answers } from '#lib/qa/answers.ts';
import { levelsOf } from '#lib/qa/answers.ts';
import { applies } from '#lib/qa/applicability.ts';
import { randomIndexes } from '#lib/qa/random.ts';
import { type Criterion, criteriaOf } from '#lib/qa/scorecard.ts';
import { hashPassword } from '#lib/server/auth.ts';
import { loadConfig } from '#lib/server/config.ts';
import { beginCard, publish } from '#lib/server/quality/cards.ts';
import { openReview, submitReview } from '#lib/server/quality/reviews.ts';
import { type SamplePlan, drawSample } from '#lib/server/quality/samples.ts';
import { makeAccount } from '#lib/server/store/accounts.ts';
import { commandLine } from '#lib/server/store/audit.ts';
import { listReviews } from '#lib/server/store/reviews.ts';
import { openStore } from '#lib/server/store/store.ts';
import { openWarehouse } from '#lib/server/warehouse.ts';
import { serveBuilt } from './built_app.ts';
import { password } from './session.ts';

/** A random sample as the store was told of it, with the score of each review that is final. */
export interface ScoredReview {
  sampleId: number;
  caseId: string;
  vendorId: string | null;
  score: number;
}

/** What was put into a store: who may sign in, which month was sampled, and every score. */
export interface Scored {
  lead: string;
  reviewer: string;
  month: string;
  reviews: readonly ScoredReview[];
}

/**
 * Puts a published card, random samples of the last full month and the one before, and their reviews into a store that nobody
 * serves: cases of `worst` score lower. Of each sample `open` reviews are left undone.
 */
export async function scoreReviews(
  configPath: string,
  { worst, cases, open }: { worst: string; cases: number; open: number },
): Promise<Scored> {
  const { dataDir, timezone } = await loadConfig(configPath);
  const store = await openStore(dataDir, {});
  const warehouse = await openWarehouse(dataDir);
  try {
    const make = async (name: string, role: Role): Promise<Principal & { name: string; email: string }> => {
      const email = `${name}@quality.example`;
      const grant = { role, brands: null, vendors: null, agents: null };
      const passwordHash = await hashPassword(password);
      return {
        userId: await makeAccount(store, commandLine, { name, email, passwordHash, ...grant }),
        name,
        email,
        ...grant,
      };
    };
    const lead = await make('lead', 'qa_lead');
    const reviewer = await make('reviewer', 'reviewer');
    const card = { cardId: await beginCard(store, lead), version: 1 };
    await publish(store, lead, card, []);
    const month = lastFullMonth(localDay(warehouse.current.asOf, timezone));
    const draw = (name: string, plan: Partial<SamplePlan>, size: number) =>
      drawSample({ store, warehouse }, lead, {
        name,
        kind: 'random',
        cardId: card.cardId,
        cardVersion: card.version,
        plan: {
          period: month,
          keys: {},
          strataBy: ['vendor'],
          allocation: 'proportional',
          rules: [],
          phrases: [],
          highValueMinor: 0,
          doubleShare: 0,
          ...plan,
        },
        size: { kind: 'cases', cases: size },
        seed: name,
        dueAt: new Date(Date.parse(warehouse.current.asOf)),
        reviewers: [{ principal: reviewer, name: reviewer.name, limit: 2000 }],
        expert: null,
      });
    await draw('month', {}, cases);
    await draw('before', { period: previousPeriod(month), strataBy: [], allocation: 'simple' }, cases);
    const chance = randomIndexes('reviews');
    const given = await listReviews(store, reviewer, { mine: true });
    const todo = [...Map.groupBy(given, ({ sampleId }) => sampleId).values()].flatMap((list) => list.slice(open));
    const reviews: ScoredReview[] = [];
    for (const { id, sampleId, caseId, vendorId, revision } of todo) {
      const at = { store, warehouse, scope: everything };
      const { facts, card: pinned } = await openReview(at, reviewer, id);
      const answers: Answers = Object.fromEntries(
        criteriaOf(pinned)
          .filter((criterion) => applies(criterion, facts))
          .map((criterion) => [criterion.id, answerTo(criterion, vendorId === worst ? 45 : 12, chance)]),
      );
      const content = { answers, quotes: [], comment: '' };
      const save = { revision, content, workedSeconds: 60 + chance(240) };
      const { score } = await submitReview(at, reviewer, id, save);
      reviews.push({ sampleId, caseId, vendorId, score: score ?? Number.NaN });
    }
    return { lead: lead.email, reviewer: reviewer.email, month: month.from.slice(0, 7), reviews };
  } finally {
    warehouse.close();
    await store.close();
  }
}

/** Serves a copy of a data set with scored reviews in a store of its own; `fill` puts in what else belongs there. */
export async function serveScored(
  configPath: string,
  asked: Parameters<typeof scoreReviews>[1],
  fill: (copyPath: string) => Promise<void> = async () => {},
): Promise<{ baseUrl: string; scored: Scored; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'aftersight-scored-'));
  const copyPath = join(folder, 'aftersight.yaml');
  await writeFile(copyPath, await readFile(configPath, 'utf8'));
  const { dataDir } = await loadConfig(configPath);
  await cp(join(dataDir, 'snapshots'), join(folder, 'data', 'snapshots'), { recursive: true });
  const scored = await scoreReviews(copyPath, asked);
  await fill(copyPath);
  const server = await serveBuilt(copyPath);
  return {
    baseUrl: server.baseUrl,
    scored,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Rates a criterion: below the best in so many of a hundred, a red line crossed in a tenth of these. */
function answerTo(
  { scale, critical, rootCauses }: Criterion,
  percent: number,
  chance: (below: number) => number,
): Answer {
  const isLower = chance(critical === null ? 100 : 1000) < percent;
  const causes = isLower ? rootCauses.slice(0, 1).map(({ id }) => id) : [];
  const levels = levelsOf(scale);
  if (levels !== null) return { kind: 'level', level: isLower ? 1 + chance(levels - 1) : levels, rootCauses: causes };
  const [first] = scale.kind === 'deduct' ? scale.deductions : [];
  return { kind: 'deductions', counts: isLower && first ? { [first.id]: 1 } : {}, rootCauses: causes };
}
