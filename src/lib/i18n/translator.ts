import { en } from './en.ts';
import type { Locale } from './locale.ts';
import type { Messages } from './messages.ts';
import { type Translate, translateWith } from './translate.ts';
import { zhCN } from './zh-CN.ts';
import { zhTW } from './zh-TW.ts';

export type { Translate } from './translate.ts';

export const catalogues = { 'zh-CN': zhCN, 'zh-TW': zhTW, en } as const satisfies Record<Locale, Messages>;

const translators = {
  'zh-CN': translateWith('zh-CN', zhCN),
  'zh-TW': translateWith('zh-TW', zhTW),
  en: translateWith('en', en),
};

/** Returns the messages of a language as a function of key and values. */
export function translator(locale: Locale): Translate {
  return translators[locale];
}
