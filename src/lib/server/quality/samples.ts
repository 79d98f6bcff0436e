import { createHash } from 'node:crypto';
import { type Principal, type Scope, coversScope, scopeOf, takesBrand, takesVendor } from '#lib/access/principal.ts';
import type { Keys } from '#lib/metrics/dimensions.ts';
import type { Period } from '#lib/metrics/period.ts';
import { allocate, allocateNeyman } from '#lib/qa/allocation.ts';
import { assignReviews, reviewTasks } from '#lib/qa/assignment.ts';
import { type PopulationCase, populationOf, strataOf } from '#lib/qa/population.ts';
import * as qa from '#lib/qa/sample.ts';
import { requiredSize } from '#lib/qa/sample_size.ts';
import { type EarlierScore, spreadsOf } from '#lib/qa/spread.ts';
import { z } from 'zod';
import { toKeysParameter } from '../kpis.ts';
import { type RiskRule, populationRead, riskRules, risksRead } from '../sample_reads.ts';
import { isConflict, listConflicts } from '../store/conflicts.ts';
import { QualityError } from '../store/quality_error.ts';
import type { Reviewer } from '../store/reviewers.ts';
import * as sampleCases from '../store/sample_cases.ts';
import * as samples from '../store/samples.ts';
import type { Store } from '../store/store.ts';
import { type Warehouse, read } from '../warehouse.ts';
import { stratumOf, strataDimensions } from './strata.ts';
import { earlierScores, spreadBasis, spreadBasisSchema } from './spreads.ts';

/** How a sample is chosen, as it is kept with it. */
export const planSchema = z.object({
  period: z.object({ from: z.string(), to: z.string() }),
  keys: z.record(z.string(), z.array(z.string())),
  strataBy: z.array(z.enum(strataDimensions)),
  allocation: z.enum(['simple', 'proportional', 'equal', 'neyman']),
  rules: z.array(z.enum(riskRules)),
  phrases: z.array(z.string()),
  highValueMinor: z.int(),
  doubleShare: z.number(),
});

/** Whose cases a sample is drawn from and how; kept with it, so that it can be drawn again. */
export type SamplePlan = Omit<z.output<typeof planSchema>, 'keys' | 'period'> & { period: Period; keys: Keys };

/** How many to draw: so many, or as many as a margin of error (points of 100) asks for. */
export type SampleSize = { kind: 'cases'; cases: number } | { kind: 'margin'; margin: number };

interface Owned {
  caseId: string;
  brandId: string;
  vendorId: string | null;
  agentId: string | null;
  startedOn: string | null;
  stratum: string;
  reasons: readonly RiskRule[];
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The cases that a plan draws from, in a scope; of a risk sample those that show a sign. */
export async function populationFor(
  warehouse: Warehouse,
  scope: Scope,
  kind: samples.SampleKind,
  plan: SamplePlan,
): Promise<{ owners: Map<string, Owned>; population: ReturnType<typeof populationOf> }> {
  const asked = { from: plan.period.from, to: plan.period.to, keys: toKeysParameter(plan.keys) };
  const owners = new Map<string, Owned>();
  if (kind === 'risk') {
    const { rules, phrases, highValueMinor } = plan;
    const rows = await read(warehouse, scope, risksRead, {
      ...asked,
      rules,
      phrases,
      high_value_minor: highValueMinor,
    });
    for (const row of rows)
      owners.set(row.case_id, { ...ownerOf(row), startedOn: null, stratum: '', reasons: row.reasons });
  } else {
    for (const row of await read(warehouse, scope, populationRead, asked)) {
      const values = {
        vendor: row.vendor_id,
        agent: row.agent_id,
        request_type: row.request_type,
        channel: row.channel,
      };
      const stratum = stratumOf(plan.strataBy, values);
      owners.set(row.case_id, { ...ownerOf(row), startedOn: row.started_on, stratum, reasons: [] });
    }
  }
  const cases: PopulationCase[] = [...owners.values()].map(({ caseId, stratum }) => ({ caseId, stratum }));
  return { owners, population: populationOf(cases, sha256) };
}

function ownerOf(row: { case_id: string; brand_id: string; vendor_id: string | null; agent_id: string | null }) {
  return { caseId: row.case_id, brandId: row.brand_id, vendorId: row.vendor_id, agentId: row.agent_id };
}

export interface SampleOrder {
  name: string;
  kind: samples.SampleKind;
  cardId: string;
  cardVersion: number;
  plan: SamplePlan;
  size: SampleSize;
  seed: string;
  dueAt: Date;
  /** Who scores; each at most `limit` cases. */
  reviewers: readonly (Reviewer & { limit: number })[];
  /** Who scores every case of a calibration for the others to be compared with. */
  expert: Reviewer | null;
  /** The recurring sample that this is a draw of, the first day of its period and of the next one. */
  recurring?: { id: number; from: string; next: string };
}

/**
 * Draws a sample and hands its cases out to reviewers, none a case outside their scope, of themselves or of their own team. Errors: AccessError;
 * DesignError where the population does not allow the design; QualityError `no_reviewer` where a case, or a calibration, has nobody to score it;
 * as `makeSample`.
 */
export async function drawSample(
  { store, warehouse }: { store: Store; warehouse: Warehouse },
  by: Principal,
  order: SampleOrder,
): Promise<number> {
  const { kind, plan, seed } = order;
  const expert = kind === 'calibration' ? order.expert : null;
  const reviewers = order.reviewers.filter(({ principal }) => principal.userId !== expert?.principal.userId);
  const { owners, population } = await populationFor(warehouse, scopeOf(by), kind, plan);
  const earlier = plan.allocation === 'neyman' ? await earlierScores(store, by, order.cardId, plan) : [];
  const sample = qa.drawSample(population, seed, designOf(population, plan, order.size, earlier), sha256);
  const tasks =
    kind === 'calibration'
      ? sample.cases.map(({ caseId }) => ({ caseId, reviews: reviewers.length }))
      : reviewTasks(sample.cases, plan.doubleShare, seed, sha256);
  const everybody = [...reviewers, ...(expert ? [expert] : [])];
  const scopes = new Map(everybody.map(({ principal }) => [principal.userId, scopeOf(principal)]));
  const conflicts = await listConflicts(store, by);
  const isKept = (reviewerId: string, caseId: string): boolean => {
    const scope = scopes.get(reviewerId);
    const owner = owners.get(caseId);
    return !scope || !owner || !mayScore(scope, owner) || isConflict(conflicts, reviewerId, owner);
  };
  const people = reviewers.map(({ principal, limit }) => ({ reviewerId: principal.userId, limit }));
  const { assignments, unassigned } = assignReviews(tasks, people, isKept);
  if (unassigned.length > 0 && kind !== 'calibration') throw new QualityError('no_reviewer');
  if (kind === 'calibration' && (expert === null || assignments.length === 0)) throw new QualityError('no_reviewer');
  const expertId = expert?.principal.userId ?? null;
  const references = expertId === null ? [] : sample.cases.map(({ caseId }) => ({ caseId, reviewerId: expertId }));
  if (references.some(({ caseId, reviewerId }) => isKept(reviewerId, caseId))) throw new QualityError('no_reviewer');
  const drawn = sample.cases.flatMap(({ caseId, stratum, place }): samples.DrawnCase[] => {
    const owner = owners.get(caseId);
    return owner ? [{ ...owner, stratum, place }] : [];
  });
  const parts = new Set<string>();
  return samples.makeSample(
    store,
    by,
    {
      name: order.name,
      kind,
      cardId: order.cardId,
      cardVersion: order.cardVersion,
      plan,
      draw: {
        design: sample.design,
        strata: sample.strata,
        ...(plan.allocation === 'neyman' && { spread: spreadBasis(sample.strata, earlier) }),
      },
      snapshot: warehouse.current.snapshot,
      populationHash: sample.populationHash,
      seed,
      dueAt: order.dueAt,
      ...(order.recurring && { recurring: order.recurring }),
    },
    drawn,
    [
      ...references.map((one) => ({ ...one, part: 'reference' as const })),
      ...assignments.map(({ caseId, reviewerId }) => {
        const isSecond = parts.has(caseId);
        parts.add(caseId);
        return { caseId, reviewerId, part: isSecond ? ('second' as const) : ('first' as const) };
      }),
    ],
  );
}

/** Tells whether somebody with a scope may score a case: one they see, and not their own. */
export function mayScore(scope: Scope, { brandId, vendorId, agentId }: Owned): boolean {
  const isOwn = agentId !== null && (scope.agents?.includes(agentId) ?? false);
  return (
    takesBrand(scope, brandId) &&
    (scope.vendors === null || (vendorId !== null && takesVendor(scope, vendorId))) &&
    !isOwn
  );
}

function designOf(
  population: ReturnType<typeof populationOf>,
  plan: SamplePlan,
  size: SampleSize,
  earlier: readonly EarlierScore[],
): qa.Design {
  const all = population.cases.length;
  const cases = Math.min(all, size.kind === 'cases' ? size.cases : requiredSize(all, size.margin));
  if (plan.allocation === 'simple') return { kind: 'simple', size: cases };
  const strata = strataOf(population);
  if (plan.allocation === 'neyman')
    return { kind: 'stratified', sizes: allocateNeyman(spreadsOf(strata, earlier), cases) };
  return { kind: 'stratified', sizes: allocate(plan.allocation, strata, cases) };
}

/** What drawing a sample again gives: the same cases, or that the population is no longer the one it was drawn from. */
export type Redraw =
  { kind: 'same'; cases: number } | { kind: 'changed'; cases: number; now: number } | { kind: 'differs' };

const drawSchema = z.object({
  design: z.custom<qa.Design>(),
  strata: z.array(z.object({ stratum: z.string(), size: z.int() })),
  spread: spreadBasisSchema.optional(),
});

/** Tells whether a principal sees all that a sample was drawn from: what is said of the whole is for them alone. */
export function coversSample(by: Principal, sample: Pick<samples.StoredSample, 'brands' | 'vendors'>): boolean {
  return coversScope(scopeOf(by), sample);
}

/** The cases that a sample was drawn from as the snapshot in service has them, in the scope of who drew it. */
export async function populationOfSample(
  warehouse: Warehouse,
  { brands, vendors, kind, plan }: samples.StoredSample,
): ReturnType<typeof populationFor> {
  return populationFor(warehouse, { brands, vendors, agents: null }, kind, readPlan(plan));
}

/** Draws a sample again from its seed over the snapshot in service, in the scope of who drew it. Errors: AccessError; QualityError `missing`. */
export async function redrawSample(
  { store, warehouse }: { store: Store; warehouse: Warehouse },
  by: Principal,
  id: number,
): Promise<Redraw> {
  const stored = await samples.openSample(store, by, id);
  if (!coversSample(by, stored)) throw new QualityError('missing');
  const kept = await sampleCases.casesOfSample(store, by, id);
  const { design, strata } = readDraw(stored.draw);
  const { population } = await populationOfSample(warehouse, stored);
  const drawnFrom = strata.reduce((sum, { size }) => sum + size, 0);
  if (population.hash !== stored.populationHash)
    return { kind: 'changed', cases: drawnFrom, now: population.cases.length };
  const again = qa.drawSample(population, stored.seed, design, sha256);
  const first = new Set(kept.filter(({ replaces }) => replaces === null).map(({ caseId }) => caseId));
  const isSame = again.cases.length === first.size && again.cases.every(({ caseId }) => first.has(caseId));
  return isSame ? { kind: 'same', cases: again.cases.length } : { kind: 'differs' };
}

/** Reads what came of drawing a sample. */
export function readDraw(draw: object): z.output<typeof drawSchema> {
  return drawSchema.parse(draw);
}

/** Reads the plan that is kept with a sample. */
export function readPlan(plan: object): SamplePlan {
  return planSchema.parse(plan);
}
