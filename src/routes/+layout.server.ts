import { namesOf } from '#lib/server/names.ts';
import type { LayoutServerLoad } from './$types';

const hourMs = 3_600_000;
const staleAfterHours = 36;

export const load: LayoutServerLoad = ({ locals }) => {
  const { locale, theme, view } = locals;
  const { config, lease } = view;
  const current = lease?.warehouse.current ?? null;
  const ageHours = current === null ? 0 : Math.floor((Date.now() - Date.parse(current.publishedAt)) / hourMs);
  return {
    locale,
    theme,
    names: namesOf(config, locale),
    timezone: config.timezone,
    current,
    staleHours: ageHours > staleAfterHours ? ageHours : null,
  };
};
