import type { Failure, RunRecord, RunStage } from './run_record.ts';

/** How a run stands: refused is one whose checks failed, interrupted one that was killed, unreadable a record that does not parse. */
export type RunState = 'running' | 'published' | 'refused' | 'failed' | 'interrupted' | 'unreadable';

/** How long one stage of a run took; `other` is what belongs to none of them. */
export interface StageShare {
  stage: RunStage | 'other';
  seconds: number;
}

/** What a record says of a run in one line; sums are over all files of its snapshot. */
export interface RunFacts {
  startedAt: string;
  endedAt: string | null;
  seconds: number | null;
  stage: RunStage | null;
  stages: readonly StageShare[];
  asOf: string | null;
  records: number;
  quarantined: number;
  newLoads: number | null;
  failure: Failure | null;
  checks: number;
  failedChecks: readonly { name: string; rows: number }[];
}

/** One line of the list of runs. */
export interface RunSummary extends RunFacts {
  runId: string;
  state: RunState;
}

/** Sums up a record. */
export function factsOf(record: RunRecord): RunFacts {
  const { startedAt, endedAt, stage, asOf, newLoads, failure, files, checks } = record;
  const sum = (key: 'records' | 'quarantined'): number => files.reduce((total, file) => total + file[key], 0);
  const seconds = endedAt === null ? null : Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
  return {
    startedAt,
    endedAt,
    seconds,
    stage,
    stages: stageShares(record, seconds),
    asOf,
    records: sum('records'),
    quarantined: sum('quarantined'),
    newLoads,
    failure,
    checks: checks.length,
    failedChecks: checks.filter(({ rows }) => rows > 0).map(({ name, rows }) => ({ name, rows })),
  };
}

/** Tells how a run stands; a published one whose record was never finished was killed in its last instant. */
export function stateOf(run: {
  endedAt: string | null;
  failure: Failure | null;
  isPublished: boolean;
  isAlive: boolean;
}): RunState {
  if (run.endedAt === null && run.isAlive) return 'running';
  if (run.isPublished) return 'published';
  if (run.endedAt === null) return 'interrupted';
  return run.failure === null ? 'refused' : 'failed';
}

/** What can be told of a run whose record does not parse: when it began, by its name. */
export function unreadableRun(runId: string): RunSummary {
  return {
    runId,
    state: 'unreadable',
    startedAt: runId.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z'),
    endedAt: null,
    seconds: null,
    stage: null,
    stages: [],
    asOf: null,
    records: 0,
    quarantined: 0,
    newLoads: null,
    failure: null,
    checks: 0,
    failedChecks: [],
  };
}

/**
 * Splits the time of building over the stages that people know; what is in no relation belongs to the first. With what no stage took they
 * add up to the whole of a run that ended.
 */
function stageShares({ stages, relations }: RunRecord, whole: number | null): StageShare[] {
  const spent = (name: string): number =>
    stages.filter(({ stage }) => stage === name).reduce((total, { seconds }) => total + seconds, 0);
  const built = (stage: RunStage): number =>
    relations.filter(({ relation }) => stageOf(relation) === stage).reduce((total, { seconds }) => total + seconds, 0);
  const [model, kpis] = [built('model'), built('kpis')];
  const shares: StageShare[] = [
    { stage: 'extract', seconds: spent('extract') },
    { stage: 'clean', seconds: Math.max(0, spent('build') - model - kpis) },
    { stage: 'model', seconds: model },
    { stage: 'kpis', seconds: kpis },
    { stage: 'checks', seconds: spent('checks') },
    { stage: 'publish', seconds: spent('seal') },
  ];
  const told = shares.reduce((total, { seconds }) => total + seconds, 0);
  if (told > 0 && whole !== null) shares.push({ stage: 'other', seconds: whole - told });
  return shares.filter(({ seconds }) => seconds > 0);
}

/** The stage that builds a relation. */
export function stageOf(relation: string): RunStage {
  if (/^(kpis|rollups)\./.test(relation)) return 'kpis';
  return relation.startsWith('marts.') ? 'model' : 'clean';
}
