export const locales = ['zh-CN', 'zh-TW', 'en'] as const;
export type Locale = (typeof locales)[number];

/** Reads a language tag such as zh_TW.UTF-8, zh-Hant or en_GB: traditional Chinese, other Chinese, or else English. */
export function localeOf(tag: string): Locale {
  const parts = tag.toLowerCase().split(/[-_.@]/);
  if (parts[0] !== 'zh') return 'en';
  if (parts.includes('hans')) return 'zh-CN';
  return parts.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part)) ? 'zh-TW' : 'zh-CN';
}

/** Picks the language of the command line: the first of AFTERSIGHT_LANG, LC_ALL, LC_MESSAGES and LANG that is set; none: English. */
export function detectLocale(env: Readonly<Record<string, string | undefined>>): Locale {
  const tag = [env['AFTERSIGHT_LANG'], env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (one) => one !== undefined && one !== '',
  );
  return localeOf(tag ?? 'en');
}
