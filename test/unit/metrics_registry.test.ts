import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { locales } from '#lib/i18n/locale.ts';
import { isMetricId, metricIds, metricOf, metrics, type Metric } from '#lib/metrics/registry.ts';

const all: readonly Metric[] = metrics;

describe('metric registry', () => {
  it('has the 18 KPIs, each once, and a query for each', () => {
    expect(new Set(metricIds).size).toBe(18);
    const queries = readdirSync(new URL('../../queries/kpis', import.meta.url)).filter((file) => file.endsWith('.sql'));
    expect(queries.map((file) => file.replace('.sql', '')).sort()).toEqual([...metricIds].sort());
  });

  it('says name and definition in every language', () => {
    for (const metric of all)
      for (const locale of locales) {
        expect(metric.name[locale], `${metric.id} ${locale}`).not.toBe('');
        expect(metric.description[locale].length, `${metric.id} ${locale}`).toBeGreaterThan(20);
      }
  });

  it('marks the KPIs where lower is better', () => {
    expect(all.filter((metric) => metric.direction === 'down').map((metric) => metric.id)).toEqual([
      'unanswered_24h',
      'dispute_rate',
      'seller_liable_rate',
      'transfer_rate',
      'reopen_rate',
      'refund_dispute_rate',
      'refunded_without_goods',
    ]);
  });

  it('has default windows from the beginning of time on, in order of their dates', () => {
    for (const { id, window } of all) {
      if (!window) continue;
      const dates = window.map((row) => row.from);
      expect(dates[0], id).toBe('0001-01-01');
      expect([...new Set(dates)].sort(), id).toEqual(dates);
      for (const row of window) expect(row.limitSeconds, id).toBeGreaterThan(0);
    }
  });

  it('counts business time by default for first response only', () => {
    const business = all.filter((metric) => metric.defaultClock === 'business');
    expect(business.map((metric) => metric.id)).toEqual(['first_response']);
  });

  it('knows its ids and no others', () => {
    expect(isMetricId('csat')).toBe(true);
    expect(isMetricId('constructor')).toBe(false);
    expect(metricOf('refund_time').headline).toBe('median');
  });
});
