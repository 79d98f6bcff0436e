import { gzipSync } from 'node:zlib';
import type { Keys } from '#lib/metrics/dimensions.ts';
import { previousPeriod } from '#lib/metrics/period.ts';
import { openCase } from '#lib/server/case_file.ts';
import * as caseList from '#lib/server/case_list.ts';
import { study } from '#lib/server/metric_study.ts';
import { overview } from '#lib/server/overview.ts';
import { type Warehouse } from '#lib/server/warehouse.ts';
import { everything } from '#lib/access/principal.ts';
import { ensureApp } from '../../pipeline/serve/app_build.ts';
import { serveBuilt } from '../e2e/built_app.ts';
import { makeAccount, operator, signIn } from '../e2e/session.ts';
import { measureBrush } from './brush.ts';
import { measureReviewing } from './reviewing.ts';
import { type Row, percentile } from './rows.ts';
import { stage } from './stage.ts';

const rounds = 40;
const users = 50;
const seconds = 40;
const arrivalMs = 10_000;
const periods = ['2026-10', '2026-09', '2026-06', '2026-03', '2025-12'].map((month) => {
  const from = `${month}-01`;
  const next = new Date(`${from}T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return { from, to: next.toISOString().slice(0, 10) };
});
const picks: Keys[] = [{}, { vendor: ['suda'] }, { brand: ['chuihe'] }, { platform: ['tmall', 'jd'] }];
const dimensions = ['vendor', 'platform', 'reason_agent', 'request_type', 'sku', 'agent'] as const;

/** Milliseconds that the data of each page take, in its 95th percentile, nothing cached. */
export async function measurePageData(warehouse: Warehouse): Promise<Row[]> {
  const ids = await caseIds(warehouse);
  const turn = <T>(list: readonly T[], index: number): T => {
    const one = list[index % list.length];
    if (one === undefined) throw new Error('an empty list');
    return one;
  };
  const filterAt = (index: number) => {
    const period = turn(periods, index);
    return {
      period,
      comparison: 'previous' as const,
      comparedWith: previousPeriod(period),
      clock: null,
      keys: turn(picks, index),
    };
  };
  const pages: [string, number, (index: number) => Promise<unknown>][] = [
    ['overview', 50, (index) => overview(warehouse, everything, filterAt(index), turn(picks, index))],
    [
      'breakdown',
      50,
      (index) =>
        study(warehouse, everything, {
          metric: 'first_response',
          filter: filterAt(index),
          grain: 'day',
          by: turn(dimensions, index),
          andBy: null,
        }),
    ],
    [
      'case list',
      50,
      async (index) => {
        const asked = {
          ...turn(periods, index),
          keys: turn(picks, index),
          clock: null,
          metric: index % 2 === 0 ? null : ('first_response' as const),
          kind: 'failing' as const,
          withFlagged: false,
          search: null,
          sort: 'started' as const,
          direction: 'desc' as const,
        };
        const stretch = { place: null, way: 'after' as const, limit: 50 };
        return Promise.all([
          caseList.listed(warehouse, everything, asked, stretch),
          caseList.count(warehouse, everything, asked),
        ]);
      },
    ],
    ['case', 15, (index) => openCase(warehouse, everything, turn(ids, index * 37))],
  ];
  const rows: Row[] = [];
  for (const [name, budget, ask] of pages) {
    await stage(`data of the ${name} page`, async () => {
      const times: number[] = [];
      for (let index = 0; index < rounds; index++) {
        const started = performance.now();
        await ask(index);
        if (index >= 4) times.push(performance.now() - started);
      }
      rows.push({
        what: `data of the ${name} page, p95`,
        measured: percentile(times, 0.95),
        unit: 'ms',
        budget: `≤ ${budget}`,
        note: `median ${percentile(times, 0.5).toFixed(0)} ms, nothing cached`,
      });
    });
  }
  return rows;
}

/** What 50 people see who click through the built app for a while; and how much JavaScript the overview loads. */
export async function measureUsers(configPath: string, ids: readonly string[]): Promise<Row[]> {
  await ensureApp();
  makeAccount(configPath, operator, 'operator');
  const server = await serveBuilt(configPath);
  const headers = { cookie: await signIn(server.baseUrl) };
  try {
    const paths = periods.flatMap(({ from, to }) => {
      const until = new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
      const query = `from=${from}&until=${until}`;
      return [
        `/?${query}`,
        `/?${query}&vendor=suda`,
        `/metrics/first_response?${query}&by=reason_agent`,
        `/cases?${query}&metric=dispute_rate&kind=failing`,
        `/refunds?${query}`,
      ];
    });
    const all = [
      ...paths,
      ...ids.slice(0, 25).map((id) => `/cases/${id.split('/').map(encodeURIComponent).join('/')}`),
    ];
    const times: number[] = [];
    let errors = 0;
    const end = performance.now() + seconds * 1000;
    await Promise.all(
      Array.from({ length: users }, async (_, user) => {
        // They come one after the other, not all in one moment; what nobody asked for before is made anew.
        await new Promise((resolve) => setTimeout(resolve, (user / users) * arrivalMs));
        for (let turn = user * 7; performance.now() < end; turn++) {
          const started = performance.now();
          const response = await fetch(server.baseUrl + (all[turn % all.length] ?? '/'), { headers });
          await response.arrayBuffer();
          times.push(performance.now() - started);
          if (response.status !== 200) errors++;
          // People read what they see before they click on.
          await new Promise((resolve) => setTimeout(resolve, 2000));
        }
      }),
    );
    return [
      {
        what: `${users} people clicking, a page each, p95`,
        measured: percentile(times, 0.95),
        unit: 'ms',
        budget: '≤ 300',
        note: `${times.length} pages in ${seconds} s, median ${percentile(times, 0.5).toFixed(0)} ms, ${errors} errors, 2 s between clicks`,
      },
      {
        what: 'JavaScript of the overview, gzip',
        measured: (await scriptBytes(server.baseUrl, headers)) / 1024,
        unit: 'KiB',
        budget: '≤ 90',
        note: 'all modules that the first answer names',
      },
      ...(await measureBrush(server.baseUrl, headers.cookie)),
      ...(await measureReviewing(server.baseUrl, configPath)),
    ];
  } finally {
    await server.stop();
  }
}

/** Ids of cases all over the sample. */
export async function caseIds(warehouse: Warehouse): Promise<string[]> {
  const reader = await warehouse.connection.runAndReadAll(
    'select case_id from marts.cases where case_key % 1009 = 0 order by case_key',
  );
  return reader.getRows().map(([id]) => String(id));
}

async function scriptBytes(baseUrl: string, headers: { cookie: string }): Promise<number> {
  const response = await fetch(baseUrl, { headers });
  const named = `${response.headers.get('link') ?? ''} ${await response.text()}`;
  const names = new Set(
    [...named.matchAll(/\.?\/?_app\/immutable\/[\w./-]+\.js/g)].map(([name]) => name.replace(/^\.?\/?/, '')),
  );
  const sizes = await Promise.all(
    [...names].map(
      async (name) => gzipSync(Buffer.from(await (await fetch(`${baseUrl}/${name}`)).arrayBuffer())).length,
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
