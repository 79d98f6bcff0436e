import { expect, test } from 'vitest';
import { translator } from '#lib/i18n/translator.ts';
import { loadConfig } from '#lib/server/config.ts';
import { goalText } from '#lib/charts/words.ts';
import { type MetricId, metricOf } from '#lib/metrics/registry.ts';
import { contractsInForce, goalOf } from '#lib/server/targets.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeTarget } from '../../pipeline/terminal/kpi_targets.ts';

const folder = await mkdtemp(join(tmpdir(), 'aftersight-targets-'));
const path = join(folder, 'aftersight.yaml');
await writeFile(
  path,
  `timezone: Asia/Shanghai
brands: [{ id: b1 }, { id: b2 }]
vendors: [{ id: v1 }, { id: v2 }]
sources: [{ name: s, tables: { tickets: t.csv } }]
contracts:
  - { vendor: v1, brand: b1, from: 2026-01-01, to: 2026-07-01, targets: { first_response: 90%, dispute_rate: { at_most: 1% }, refund_time: 48h } }
  - { vendor: v1, brand: b1, from: 2026-07-01, targets: { first_response: 95%, dispute_rate: { at_most: 1% } } }
  - { vendor: v1, brand: b2, from: 2026-01-01, targets: { first_response: 95% } }
`,
);
const config = await loadConfig(path, {});
await rm(folder, { recursive: true });

const year = { from: '2026-01-01', to: '2027-01-01' };
const autumn = { from: '2026-09-01', to: '2026-12-01' };
const spring = { from: '2026-03-01', to: '2026-06-01' };

function target(
  metric: MetricId,
  period: { from: string; to: string },
  {
    by = null,
    key = null,
    keys = {},
    rate = 0.95,
    median = null,
    n = 10_000,
  }: {
    by?: 'vendor' | 'brand' | 'agent' | null;
    key?: string | null;
    keys?: { vendor?: string[]; brand?: string[] };
    rate?: number | null;
    median?: number | null;
    n?: number;
  },
): string {
  const counted = {
    numerator: (rate ?? 0) * n,
    denominator: rate === null ? 0 : n,
    p90: null,
    pending: 0,
    excluded: 0,
  };
  const total = { metric, key, rate, median, ...counted };
  return describeTarget(total, { config, filter: { ...period, keys, clock: null }, by }, 'en', translator('en'));
}

const v1b1 = { vendor: ['v1'], brand: ['b1'] };

test('a total of a vendor whose contracts agree is compared with their bound, equality counting as met', () => {
  expect(target('first_response', autumn, { by: 'vendor', key: 'v1' })).toBe('≥ 95.0% met');
  expect(target('first_response', autumn, { by: 'vendor', key: 'v1', rate: 0.9499 })).toBe('≥ 95.0% not met');
  expect(target('dispute_rate', year, { keys: v1b1, rate: 0.01 })).toBe('≤ 1.0% met');
  expect(target('dispute_rate', year, { keys: v1b1, rate: 0.02 })).toBe('≤ 1.0% not met');
});

test('a median is compared in its own unit', () => {
  expect(target('refund_time', spring, { keys: v1b1, median: 47 })).toBe('≤ 2 d met');
  expect(target('refund_time', spring, { keys: v1b1, median: 49 })).toBe('≤ 2 d not met');
});

test('nothing counted is neither met nor not met', () => {
  expect(target('first_response', autumn, { keys: v1b1, rate: null })).toBe('≥ 95.0%');
});

test('on a small sample it is said that there are few cases, whichever way it goes', () => {
  expect(target('first_response', autumn, { keys: v1b1, n: 29, rate: 1 })).toBe('≥ 95.0% met (few cases)');
  expect(target('first_response', autumn, { keys: v1b1, n: 20, rate: 0.5 })).toBe('≥ 95.0% not met (few cases)');
  expect(target('first_response', autumn, { keys: v1b1, n: 30, rate: 1 })).toBe('≥ 95.0% met');
});

test('there is no target where contracts disagree, one of them asks nothing, or the total is not of one vendor', () => {
  expect(target('first_response', year, { keys: v1b1 })).toBe('');
  expect(target('dispute_rate', autumn, { by: 'vendor', key: 'v1' })).toBe('');
  expect(target('first_response', autumn, { by: 'vendor', key: 'v2' })).toBe('');
  expect(target('first_response', autumn, { by: 'vendor', key: null })).toBe('');
  expect(target('first_response', autumn, { keys: { vendor: ['v1'] } })).toBe('');
  expect(target('first_response', autumn, { by: 'agent', key: 'a1', keys: v1b1 })).toBe('');
});

test('contracts that differ are told apart from those of which one asks nothing', () => {
  const text = (metric: MetricId, period: { from: string; to: string }, locale: 'zh-CN' | 'en' = 'zh-CN') =>
    goalText(
      { t: translator(locale), locale, names: {} },
      metricOf(metric),
      goalOf(contractsInForce(config, period, { vendor: ['v1'] }), metric),
    );
  expect(text('first_response', autumn)).toBe('目标 ≥95%');
  expect(text('first_response', spring)).toBe('各合同目标不同');
  expect(text('dispute_rate', autumn)).toBe('目标 ≤1%，2 份合同中 1 份未设');
  expect(text('dispute_rate', autumn, 'en')).toBe('Target ≤1%, none in 1 of 2 contracts');
  expect(text('csat', autumn)).toBe('未设目标');
});
