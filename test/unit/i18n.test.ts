import { describe, expect, it } from 'vitest';
import { detectLocale, localeOf, locales } from '#lib/i18n/locale.ts';
import { nameOfKey } from '#lib/i18n/names.ts';
import { catalogues, translator } from '#lib/i18n/translator.ts';
import { keyDimensions } from '#lib/metrics/dimensions.ts';

function flatten(messages: object, prefix = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? flatten(value, `${prefix}${key}.`) : [[prefix + key, String(value)]],
  );
}

const flat = locales.map((locale) => ({ locale, messages: new Map(flatten(catalogues[locale])) }));
const placeholders = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort();

describe('message catalogues', () => {
  it('have the same keys in every language, none empty', () => {
    const expected = [...(flat[0]?.messages.keys() ?? [])].sort();
    expect(expected.length).toBeGreaterThan(100);
    for (const { locale, messages } of flat) {
      expect([...messages.keys()].sort(), locale).toEqual(expected);
      for (const [key, text] of messages) expect(text.trim(), `${locale} ${key}`).not.toBe('');
    }
  });

  it('have the same placeholders in every language', () => {
    for (const [key, text] of flat[0]?.messages ?? [])
      for (const { locale, messages } of flat)
        expect(placeholders(messages.get(key) ?? ''), `${locale} ${key}`).toEqual(placeholders(text));
  });

  it('fill in values as they are', () => {
    expect(translator('zh-CN')('run.rolledBack', { snapshot: '<a&b>' })).toBe('已回退到快照 <a&b>。');
    expect(translator('en')('checks.someFailed', { failed: 1, count: 3 })).toBe('1 of 3 checks failed.');
    expect(translator('en')('checks.allPassed', { count: 0 })).toBe('All 0 checks passed.');
  });
});

it('a row that has no key of a dimension is said to have none of it', () => {
  const none = (locale: (typeof locales)[number], key: string | null) =>
    keyDimensions.map((dimension) => nameOfKey({}, translator(locale), dimension, key));
  for (const locale of locales) expect(new Set(none(locale, null)).size).toBe(keyDimensions.length);
  expect(none('zh-CN', null)).toContain('（无服务商）');
  expect(none('zh-TW', '')).toContain('（無服務商）');
  expect(none('en', null)).toContain('(no vendor)');
});

describe('language of the command line', () => {
  it.each([
    ['zh_CN.UTF-8', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['zh-Hans-HK', 'zh-CN'],
    ['zh_SG', 'zh-CN'],
    ['zh_TW.UTF-8', 'zh-TW'],
    ['zh_HK', 'zh-TW'],
    ['zh-Hant', 'zh-TW'],
    ['en_GB.UTF-8', 'en'],
    ['C.UTF-8', 'en'],
    ['de_DE', 'en'],
  ])('%s is %s', (tag, locale) => {
    expect(localeOf(tag)).toBe(locale);
  });

  it('comes from the first variable that is set, AFTERSIGHT_LANG before LC_ALL before LANG', () => {
    expect(detectLocale({ AFTERSIGHT_LANG: 'zh-TW', LC_ALL: 'en_US', LANG: 'zh_CN' })).toBe('zh-TW');
    expect(detectLocale({ AFTERSIGHT_LANG: '', LC_ALL: 'C', LANG: 'zh_CN' })).toBe('en');
    expect(detectLocale({ LANG: 'zh_CN.UTF-8' })).toBe('zh-CN');
    expect(detectLocale({})).toBe('en');
  });
});
