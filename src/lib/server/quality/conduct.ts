import { type Principal, type Scope, scopeOf } from '#lib/access/principal.ts';
import { may } from '#lib/access/roles.ts';
import { answersSchema } from '#lib/qa/answers_schema.ts';
import { type ConductCheck, conductChecks, humanVerdict } from '#lib/qa/conduct.ts';
import { cohenKappa } from '#lib/qa/kappa.ts';
import { percentAgreement } from '#lib/qa/percent_agreement.ts';
import type { Pair } from '#lib/qa/ratings.ts';
import { smallestSample } from '#lib/qa/smallest_sample.ts';
import { z } from 'zod';
import { caseConductRead, conductVerdictsRead } from '../conduct_reads.ts';
import { unlessOutdated } from '../outdated.ts';
import { AccessError } from '../store/access_error.ts';
import { listReviews } from '../store/reviews.ts';
import type { Store } from '../store/store.ts';
import { type Warehouse, read } from '../warehouse.ts';
import { qualityMemory } from './memory.ts';

export type CaseConduct = z.output<(typeof caseConductRead)['row']>;

/** How far a check and people agree; no figures below 20 reviews, no kappa where neither ever differs. */
export interface ConductAgreement {
  reviews: number;
  percent: number | null;
  kappa: number | null;
}

const contentSchema = z.looseObject({ answers: answersSchema.default({}) });

/** What the automatic checks say of one case, in their order; null where the snapshot was built before there were any. */
export async function conductOf(warehouse: Warehouse, scope: Scope, caseKey: number): Promise<CaseConduct[] | null> {
  const rows = await unlessOutdated(read(warehouse, scope, caseConductRead, { case_key: caseKey }));
  return rows && conductChecks.flatMap((check) => rows.filter((row) => row.check === check));
}

const remembered = qualityMemory<ReadonlyMap<ConductCheck, ConductAgreement>>(60);

/** Compares every check with all submitted reviews of random samples that a principal may see. Errors: AccessError. */
export async function conductAgreement(
  { store, warehouse }: { store: Store; warehouse: Warehouse },
  by: Principal,
): Promise<ReadonlyMap<ConductCheck, ConductAgreement>> {
  if (!may(by.role, 'quality')) throw new AccessError('quality');
  return remembered(store, [by.userId, by.role, scopeOf(by), warehouse.current.snapshot], () =>
    compareAll({ store, warehouse }, by),
  );
}

async function compareAll(
  { store, warehouse }: { store: Store; warehouse: Warehouse },
  by: Principal,
): Promise<ReadonlyMap<ConductCheck, ConductAgreement>> {
  const reviews = await listReviews(store, by, { states: ['submitted'], kinds: ['random'] });
  const verdicts = await read(warehouse, scopeOf(by), conductVerdictsRead, {
    case_ids: [...new Set(reviews.map(({ caseId }) => caseId))],
  });
  const automatic = new Map(verdicts.map((row) => [`${row.check} ${row.case_id}`, row.passed]));
  const answers = reviews.map(({ caseId, content }) => ({ caseId, ...contentSchema.parse(content) }));
  return new Map(
    conductChecks.map((check) => {
      const pairs = answers.flatMap((review): Pair[] => {
        const [rule, person] = [automatic.get(`${check} ${review.caseId}`), humanVerdict(check, review.answers)];
        return rule === undefined || person === null ? [] : [[Number(rule), Number(person)]];
      });
      return [check, agreementOf(pairs)];
    }),
  );
}

function agreementOf(pairs: readonly Pair[]): ConductAgreement {
  if (pairs.length < smallestSample) return { reviews: pairs.length, percent: null, kappa: null };
  return { reviews: pairs.length, percent: percentAgreement(pairs), kappa: cohenKappa(pairs, 'none') };
}
