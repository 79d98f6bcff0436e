import { roleOf } from '#lib/access/roles.ts';
import type { Names } from '#lib/i18n/names.ts';
import { getContext } from '#lib/server/context.ts';
import { namesOf } from '#lib/server/names.ts';
import { problemOf } from '#lib/server/run_problem.ts';
import type { LayoutServerLoad } from './$types';

const hourMs = 3_600_000;
const staleAfterHours = 36;

export const load: LayoutServerLoad = async ({ locals, url }) => {
  const { locale, theme, view } = locals;
  /** Read anew for each page one goes to, so that a frame never tells of another snapshot than its page. */
  const frame = { locale, theme, shownAt: url.href };
  if (!view) {
    const { config } = await getContext();
    const names: Names = {};
    return {
      ...frame,
      visitor: null,
      names,
      timezone: config.timezone,
      current: null,
      problem: null,
      staleHours: null,
    };
  }
  const { config, lease, runs, visitor } = view;
  const { may } = roleOf(visitor.principal.role);
  const current = lease?.warehouse.current ?? null;
  const ageHours = current === null ? 0 : Math.floor((Date.now() - Date.parse(current.publishedAt)) / hourMs);
  return {
    ...frame,
    visitor: { name: visitor.name, role: visitor.principal.role, may: [...may] },
    names: namesOf(config, locale),
    timezone: config.timezone,
    current,
    /** Only who may look into the runs can do anything about a failed one; others see how old the data are. */
    problem: may.includes('runs') ? problemOf(await runs.newestOver()) : null,
    staleHours: ageHours > staleAfterHours ? ageHours : null,
  };
};
