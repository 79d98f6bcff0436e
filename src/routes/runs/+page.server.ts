import { readChoice } from '#lib/server/filter.ts';
import { keptSnapshots } from '#lib/server/kept_snapshots.ts';
import { unlessOutdated } from '#lib/server/outdated.ts';
import * as quarantine from '#lib/server/quarantine.ts';
import type { RunSummary } from '#lib/server/run_summary.ts';
import { scheduleState } from '#lib/server/schedule.ts';
import { listSnapshots } from '#lib/server/snapshot.ts';
import * as sources from '#lib/server/sources.ts';
import { type View, orBadRequest, requireAbility } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

const shownRuns = 20;

export const load: PageServerLoad = async ({ locals, url }) => {
  const view = requireAbility(locals.view, 'runs');
  const { config, lease } = view;
  const isAll = orBadRequest(() => readChoice(url.searchParams, 'all', ['1'])) !== null;
  const runs = await view.runs.list();
  return {
    runs: isAll ? runs : runs.slice(0, shownRuns),
    runCount: runs.length,
    schedule: await readSchedule(view, runs[0]),
    snapshots: keptSnapshots(await listSnapshots(config.dataDir), runs, lease?.warehouse.current.snapshot ?? null),
    keepSnapshots: config.keepSnapshots,
    configPath: config.path,
    sourceNames: config.sources.map(({ name }) => name),
    facts: await readFacts(view),
  };
};

/** How the schedule stands; a run that another server started is under way only where there is one. */
async function readSchedule({ config, schedule }: View, newest: RunSummary | undefined) {
  const { last, ...state } = await scheduleState(config, new Date());
  const isUnderWay = last?.endedAt === null && (schedule?.isRunning() ?? newest?.state === 'running');
  return { ...state, isKept: schedule !== null, last: last && { ...last, isUnderWay } };
}

/** What the snapshot in service tells of its sources; null before the first, and where it was built by an older version. */
async function readFacts({ lease, scope }: View) {
  if (!lease) return null;
  const { warehouse } = lease;
  const answers = [
    sources.reach(warehouse, scope),
    sources.accounts(warehouse, scope),
    quarantine.counts(warehouse, scope),
  ] as const;
  const found = await unlessOutdated(Promise.all(answers));
  return found && { reach: found[0], accounts: found[1], quarantine: found[2] };
}
