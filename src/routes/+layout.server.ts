import { namesOf } from '#lib/server/names.ts';
import { problemOf } from '#lib/server/run_problem.ts';
import type { LayoutServerLoad } from './$types';

const hourMs = 3_600_000;
const staleAfterHours = 36;

export const load: LayoutServerLoad = async ({ locals, url }) => {
  const { locale, theme, view } = locals;
  const { config, lease, runs } = view;
  const current = lease?.warehouse.current ?? null;
  const ageHours = current === null ? 0 : Math.floor((Date.now() - Date.parse(current.publishedAt)) / hourMs);
  return {
    locale,
    theme,
    names: namesOf(config, locale),
    timezone: config.timezone,
    current,
    /** Read anew for each page one goes to, so that a frame never tells of another snapshot than its page. */
    shownAt: url.href,
    problem: problemOf(await runs.newestOver()),
    staleHours: ageHours > staleAfterHours ? ageHours : null,
  };
};
