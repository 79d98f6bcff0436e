import { type Principal, scopeOf } from '#lib/access/principal.ts';
import * as qa from '#lib/qa/sample.ts';
import { isConflict, listConflicts } from '../store/conflicts.ts';
import { QualityError } from '../store/quality_error.ts';
import { listReviewers } from '../store/reviewers.ts';
import * as sampleCases from '../store/sample_cases.ts';
import * as samples from '../store/samples.ts';
import type { Store } from '../store/store.ts';
import type { Warehouse } from '../warehouse.ts';
import { coversSample, mayScore, populationOfSample, readDraw, sha256 } from './samples.ts';

/**
 * Puts the next case of its stratum's order of draws in the place of one, for a reason; returns its id. Errors: AccessError; QualityError
 * `missing`, `no_reason`, `submitted`, `changed` where the population is no longer the one drawn from, `no_case` where the stratum has none
 * left, `no_reviewer` where a reviewer of the case may not score the next one.
 */
export async function replaceSampledCase(
  { store, warehouse }: { store: Store; warehouse: Warehouse },
  by: Principal,
  sampleId: number,
  { caseId, reason }: { caseId: string; reason: string },
): Promise<string> {
  const stored = await samples.openSample(store, by, sampleId);
  if (!coversSample(by, stored)) throw new QualityError('missing');
  const kept = await sampleCases.casesOfSample(store, by, sampleId);
  if (!kept.some((one) => one.caseId === caseId && one.replacedAt === null)) throw new QualityError('missing');
  const { owners, population } = await populationOfSample(warehouse, stored);
  const { design, strata } = readDraw(stored.draw);
  const sample: qa.Sample = {
    seed: stored.seed,
    populationHash: stored.populationHash,
    design,
    strata,
    cases: kept.filter(({ replacedAt }) => replacedAt === null),
    replaced: kept.flatMap((one) => (one.replaces === null ? [] : [{ caseId: one.replaces, by: one.caseId }])),
  };
  const drawn = nextOf(() => qa.replaceCase(population, sample, caseId, sha256), sample);
  const owner = owners.get(drawn.caseId);
  if (!owner) throw new QualityError('no_case');
  const next = { ...owner, ...drawn };
  const reviewers = new Map((await listReviewers(store, by)).map((one) => [one.principal.userId, one.principal]));
  const conflicts = await listConflicts(store, by);
  for (const reviewerId of await sampleCases.reviewersOfCase(store, by, { sampleId, caseId })) {
    const reviewer = reviewers.get(reviewerId);
    const isOwn = isConflict(conflicts, reviewerId, next);
    if (!reviewer || !mayScore(scopeOf(reviewer), next) || isOwn) throw new QualityError('no_reviewer');
  }
  await sampleCases.replaceCase(store, by, sampleId, { caseId, next, reason });
  return next.caseId;
}

function nextOf(replace: () => qa.Sample | null, before: qa.Sample): qa.SampledCase {
  const known = new Set(before.cases.map((one) => one.caseId));
  try {
    const next = replace()?.cases.find((one) => !known.has(one.caseId));
    if (next) return next;
  } catch (cause) {
    if (cause instanceof qa.ChangedPopulationError) throw new QualityError('changed');
    throw cause;
  }
  throw new QualityError('no_case');
}
