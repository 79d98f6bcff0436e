import { createInstance } from 'i18next';
import { en } from './en.ts';
import type { Locale } from './locale.ts';
import type { MessageKey, Messages } from './messages.ts';
import { zhCN } from './zh-CN.ts';
import { zhTW } from './zh-TW.ts';

/** Looks up a message and fills in its {{values}}. */
export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

export const catalogues = { 'zh-CN': zhCN, 'zh-TW': zhTW, en } as const satisfies Record<Locale, Messages>;

const i18n = createInstance({
  resources: Object.fromEntries(Object.entries(catalogues).map(([locale, translation]) => [locale, { translation }])),
  fallbackLng: false,
  initAsync: false,
  interpolation: { escapeValue: false },
});
void i18n.init();

/** Returns the messages of a language as a function of key and values. */
export function translator(locale: Locale): Translate {
  const translate = i18n.getFixedT(locale);
  return (key, values) => translate(key, { ...values });
}
