import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locales } from '#lib/i18n/locale.ts';
import {
  formatCount,
  formatDuration,
  formatLimit,
  formatMoney,
  formatRate,
  formatRateInterval,
  formatValue,
} from '#lib/metrics/format.ts';

describe('numbers as people read them', () => {
  it('null is a dash in every format, never 0', () => {
    for (const locale of locales) {
      expect(formatRate(null, locale)).toBe('—');
      expect(formatRateInterval(null, locale)).toBe('—');
      expect(formatDuration(null, locale)).toBe('—');
      expect(formatCount(null, locale)).toBe('—');
      expect(formatValue(null, 'hours', locale)).toBe('—');
      expect(formatValue(1, null, locale)).toBe('—');
      expect(formatRate(0 / 0, locale)).toBe('—');
    }
    expect(formatMoney(null)).toBe('—');
  });

  it.each([
    [0.934, '93.4%'],
    [0, '0.0%'],
    [1, '100.0%'],
    [0.00049, '0.0%'],
    [-0.0001, '0.0%'],
    [-0.012, '-1.2%'],
  ])('the rate %f is %s', (fraction, text) => {
    for (const locale of locales) expect(formatRate(fraction, locale)).toBe(text);
  });

  it('an interval has both ends', () => {
    expect(formatRateInterval({ low: 0.9123, high: 0.951 }, 'en')).toBe('91.2%–95.1%');
  });

  it.each([
    [0, '0秒', '0秒', '0 s'],
    [30, '30秒', '30秒', '30 s'],
    [59.6, '1分', '1分', '1 min'],
    [492, '8分12秒', '8分12秒', '8 min 12 s'],
    [3600, '1小时', '1小時', '1 h'],
    [3599.6, '1小时', '1小時', '1 h'],
    [7325, '2小时2分', '2小時2分', '2 h 2 min'],
    [84_700, '23小时32分', '23小時32分', '23 h 32 min'],
    [86_399, '1天', '1天', '1 d'],
    [90_061, '1天1小时', '1天1小時', '1 d 1 h'],
    [189_388_800, '2192天', '2192天', '2192 d'],
    [-492, '-8分12秒', '-8分12秒', '-8 min 12 s'],
  ])('%f seconds are written in the two largest units', (seconds, zhCN, zhTW, en) => {
    expect(formatDuration(seconds, 'zh-CN')).toBe(zhCN);
    expect(formatDuration(seconds, 'zh-TW')).toBe(zhTW);
    expect(formatDuration(seconds, 'en')).toBe(en);
  });

  it.each([
    [600, '10分', '10 min'],
    [86_400, '24小时', '24 h'],
    [2 * 86_400, '48小时', '48 h'],
    [7 * 86_400, '7天', '7 d'],
  ])('a limit of %f seconds is written as contracts do', (seconds, zhCN, en) => {
    expect(formatLimit(seconds, 'zh-CN')).toBe(zhCN);
    expect(formatLimit(seconds, 'en')).toBe(en);
  });

  it('a duration never has more than two units and never 60 of one', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (seconds) => {
        const text = formatDuration(seconds, 'en');
        return text.match(/[a-z]+/g)?.length !== 3 && !/\b60 (s|min)\b|\b24 h\b/.test(text);
      }),
    );
  });

  it('money is written from minor units with the digits of its currency, the yuan apart from the yen', () => {
    expect(formatMoney(1_234_050)).toBe('¥12,340.50');
    expect(formatMoney(-5)).toBe('-¥0.05');
    expect(formatMoney(500, 'JPY')).toBe('JP¥500');
    expect(formatMoney(500, 'USD')).toBe('US$5.00');
  });

  it('counts have thousands separators', () => {
    for (const locale of locales) expect(formatCount(12_408, locale)).toBe('12,408');
  });

  it('a value is written in the unit of its KPI', () => {
    expect(formatValue(492, 'seconds', 'zh-CN')).toBe('8分12秒');
    expect(formatValue(26.5, 'hours', 'zh-CN')).toBe('1天3小时');
    expect(formatValue(12_345, 'minor', 'en')).toBe('¥123.45');
    expect(formatValue(2, 'count', 'en')).toBe('2');
    expect(formatValue(4.5, 'score', 'en')).toBe('4.5');
  });
});
