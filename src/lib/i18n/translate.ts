import { createInstance } from 'i18next';
import type { Locale } from './locale.ts';
import type { MessageKey, Messages } from './messages.ts';

/** Looks up a message and fills in its {{values}}. */
export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

/** Returns one catalogue as a function of key and values. */
export function translateWith(locale: Locale, messages: Messages): Translate {
  const i18n = createInstance({
    lng: locale,
    resources: { [locale]: { translation: messages } },
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  void i18n.init();
  return (key, values) => i18n.t(key, { ...values });
}

/** Loads the catalogue of one language only, for the browser. */
export async function loadTranslate(locale: Locale): Promise<Translate> {
  switch (locale) {
    case 'zh-CN':
      return translateWith(locale, (await import('./zh-CN.ts')).zhCN);
    case 'zh-TW':
      return translateWith(locale, (await import('./zh-TW.ts')).zhTW);
    case 'en':
      return translateWith(locale, (await import('./en.ts')).en);
  }
}
