import type { Localized } from '#lib/metrics/registry.ts';

/** Puts one text in three languages together. */
export function localized(simplified: string, traditional: string, english: string): Localized {
  return { 'zh-CN': simplified, 'zh-TW': traditional, en: english };
}

/** Puts something with an id and a name together. */
export function named(id: string, ...texts: Parameters<typeof localized>): { id: string; name: Localized } {
  return { id, name: localized(...texts) };
}
