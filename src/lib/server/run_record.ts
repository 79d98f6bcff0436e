import { z } from 'zod';

/** The stages of a run in their order. */
export const runStages = ['extract', 'clean', 'model', 'kpis', 'checks', 'publish'] as const;
export type RunStage = (typeof runStages)[number];

/** What can go wrong; each has a title in the catalogues (error.<kind>). */
export const failureKinds = [
  'config',
  'adapter',
  'source',
  'file',
  'noSnapshot',
  'noSuchSnapshot',
  'outdatedSnapshot',
  'locked',
  'store',
  'usage',
  'fileSize',
  'disk',
  'memory',
  'access',
  'snapshot',
  'path',
  'internal',
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** Failures of the machine: what to do about them is in the catalogues too (remedy.<kind>). */
export const systemKinds = ['fileSize', 'disk', 'memory', 'access', 'snapshot', 'path', 'internal'] as const;
export type SystemKind = (typeof systemKinds)[number];

/** Why something failed: the kind, what and where, and what to do unless the kind says that. */
export const failureSchema = z.object({
  kind: z.enum(failureKinds),
  message: z.string(),
  remedy: z.string().nullable(),
});
export type Failure = z.infer<typeof failureSchema>;

const count = z.int().nonnegative();
const seconds = z.number().nonnegative();

/** Where the records of one load went: records = loaded + superseded + ignored + quarantined. */
export const fileAccountSchema = z.object({
  source: z.string(),
  table: z.string(),
  file: z.string(),
  load: z.string(),
  records: count,
  loaded: count,
  superseded: count,
  ignored: count,
  quarantined: count,
});
export type FileAccount = z.infer<typeof fileAccountSchema>;

/** A merge that was ignored, and why: unknown_ticket, other_brand or circle. */
export const mergeProblemSchema = z.object({
  source: z.string(),
  ticketId: z.string(),
  mergedInto: z.string(),
  reason: z.string(),
});
export type MergeProblem = z.infer<typeof mergeProblemSchema>;

/** A check and how many rows speak against it; `examples` are the first of them. */
export const checkResultSchema = z.object({
  name: z.string(),
  rows: count,
  examples: z.array(z.record(z.string(), z.unknown())),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

/** One relation built: rows are null for views. */
export const builtRelationSchema = z.object({ relation: z.string(), rows: count.nullable(), seconds });
export type BuiltRelation = z.infer<typeof builtRelationSchema>;

/**
 * What is kept of one attempt at a run, in data/runs. Instants are UTC; `endedAt` is null while it is under way, and for ever where
 * it was killed. `stage` is the last it reached. A failure has no `asOf`, and of the lists only what was known by then.
 */
export const runRecordSchema = z.object({
  runId: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  host: z.string(),
  pid: z.int(),
  stage: z.enum(runStages).nullable(),
  exitCode: z.int().nullable(),
  failure: failureSchema.nullable(),
  published: z.boolean(),
  asOf: z.iso.datetime().nullable(),
  newLoads: count.nullable(),
  files: z.array(fileAccountSchema),
  checks: z.array(checkResultSchema),
  mergeProblems: z.array(mergeProblemSchema),
  relations: z.array(builtRelationSchema),
  stages: z.array(z.object({ stage: z.string(), seconds })),
  warnings: z.array(z.string()),
});
export type RunRecord = z.infer<typeof runRecordSchema>;
