import { loadTranslate } from '#lib/i18n/translate.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data }) => ({ ...data, t: await loadTranslate(data.locale) });
