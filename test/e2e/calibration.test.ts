import { DuckDBInstance } from '@duckdb/node-api';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { type Answer, levelsOf } from '#lib/qa/answers.ts';
import { defaultScorecard } from '#lib/qa/default_scorecard/card.ts';
import { criteriaOf } from '#lib/qa/scorecard.ts';
import { loadConfig } from '#lib/server/config.ts';
import { readCurrent, snapshotPath } from '#lib/server/snapshot.ts';
import { openBrowser } from './chromium.ts';
import { addAccount, signIn } from './session.ts';
import { visit } from './visit.ts';

const chromium = inject('chromium');
const baseUrl = inject('baseUrl');
const configPath = inject('configPath');

const lead = 'calibration-lead@test.example';
const first = 'calibration-first@test.example';
const second = 'calibration-second@test.example';
const agent = 'calibration-agent@test.example';

/** A case of suda whose agent wrote in it. */
async function findCase(): Promise<{ caseId: string; agentId: string }> {
  const { dataDir } = await loadConfig(configPath);
  const current = await readCurrent(dataDir);
  const instance = await DuckDBInstance.create(snapshotPath(dataDir, current?.snapshot ?? ''), {
    access_mode: 'READ_ONLY',
  });
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(`
    select c.case_id as "caseId", c.agent_id as "agentId" from marts.cases as c
    where c.vendor_id = 'suda' and c.agent_id is not null and c.is_ticket
      and exists (from marts.messages as m where m.case_key = c.case_key and m.is_human and m.body <> '')
    order by c.case_key limit 1`);
  connection.closeSync();
  instance.closeSync();
  return z.tuple([z.object({ caseId: z.string(), agentId: z.string() })]).parse(reader.getRowObjectsJson())[0];
}

/** Answers every criterion by the best of its scale, the tone one level lower where asked. */
function answers(isStricter: boolean): Record<string, Answer> {
  return Object.fromEntries(
    criteriaOf(defaultScorecard).map(({ id, scale }): [string, Answer] => {
      const levels = levelsOf(scale);
      if (levels === null) return [id, { kind: 'deductions', counts: {}, rootCauses: [] }];
      return [id, { kind: 'level', level: isStricter && id === 'empathy_tone' ? levels - 1 : levels, rootCauses: [] }];
    }),
  );
}

/** Submits all that waits in somebody's queue, as their workspace does, and returns the paths of it. */
async function scoreAll(email: string, isStricter: boolean): Promise<string[]> {
  const cookie = await signIn(baseUrl, email);
  const queue = await (await fetch(`${baseUrl}/quality/queue`, { headers: { cookie } })).text();
  const paths = [...new Set([...queue.matchAll(/\/quality\/reviews\/\d+/g)].map(([path]) => path))];
  for (const path of paths) {
    const done = await fetch(`${baseUrl}${path}/submit`, {
      method: 'POST',
      headers: { cookie, origin: baseUrl, 'content-type': 'application/json' },
      body: JSON.stringify({
        revision: 0,
        content: { answers: answers(isStricter), quotes: [], comment: '' },
        workedSeconds: 30,
      }),
    });
    expect(done.status).toBe(200);
  }
  return paths;
}

describe.skipIf(chromium === null)('quality as a team', () => {
  let browser: Browser;
  let found: { caseId: string; agentId: string };
  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
    found = await findCase();
    await addAccount(configPath, lead, 'qa_lead', { name: '林主管' });
    await addAccount(configPath, first, 'reviewer', { name: '陈晓' });
    await addAccount(configPath, second, 'reviewer', { name: '王倩' });
    await addAccount(configPath, agent, 'vendor_agent', { name: '小李', vendors: ['suda'], agents: [found.agentId] });
  });
  afterAll(() => browser?.close());

  async function as(email: string, work: (page: Page) => Promise<void>): Promise<void> {
    const { page, problems, close } = await visit(browser, baseUrl, await signIn(baseUrl, email));
    await work(page);
    expect(problems).toEqual([]);
    await close();
  }

  test('a lead makes a calibration, three score it blindly, the lead opens the results and all see who differs', async () => {
    let session = '';
    await as(lead, async (page) => {
      await page.goto('/quality/cards');
      const begin = page.getByRole('button', { name: '用默认评分表建草稿' });
      if (await begin.isVisible()) {
        await begin.click();
        await page.waitForURL(/\/quality\/cards\/[^/]+$/);
        await page.goto('/quality/cards');
        await page.getByRole('button', { name: '发布' }).first().click();
        await page.getByText('已发布').first().waitFor();
      }
      await page.goto('/quality/samples/new', { waitUntil: 'networkidle' });
      await page.getByLabel('名称').fill('十月校准');
      await page.locator('select[name=kind]').selectOption('calibration');
      await page.locator('select[name=expert]').selectOption({ label: '林主管' });
      await page.locator('input[name=cases]').fill('2');
      for (const box of await page.locator('input[name=reviewers]').all()) await box.uncheck();
      for (const name of ['陈晓', '王倩']) await page.getByRole('checkbox', { name }).check();
      await page.getByRole('button', { name: '抽样并分配' }).click();
      await page.waitForURL(/\/quality\/calibrations\/\d+$/);
      session = new URL(page.url()).pathname;
      expect(await page.locator('main').innerText()).toContain('0 / 2');
      expect(await page.getByRole('button', { name: '公布结果' }).isDisabled()).toBe(true);
    });
    const [ofFirst] = await scoreAll(first, true);
    const blind = await fetch(baseUrl + ofFirst, { headers: { cookie: await signIn(baseUrl, second) } });
    expect(blind.status).toBe(404);
    const anchored = await fetch(baseUrl + ofFirst, { headers: { cookie: await signIn(baseUrl, lead) } });
    expect(anchored.status).toBe(404);
    expect(await scoreAll(second, false)).toHaveLength(2);
    expect(await scoreAll(lead, false)).toHaveLength(2);
    await as(lead, async (page) => {
      await page.goto('/quality');
      await page.getByRole('link', { name: '十月校准' }).click();
      await page.getByRole('button', { name: '公布结果' }).click();
      await page.getByText('与参考评分的贴合度').waitFor();
      await page.locator('textarea[name=text]').fill('没有复述诉求的最高 4 分。');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('林主管 于').last().waitFor();
    });
    await as(first, async (page) => {
      await page.goto(session);
      const text = await page.locator('main').innerText();
      expect(text).toContain('没有复述诉求的最高 4 分。');
      expect(await page.locator('tr', { hasText: '王倩' }).getByText('100.0%').count()).toBe(1);
      expect(await page.locator('td.bad', { hasText: '≠' }).count()).toBe(2);
    });
    const closed = await fetch(baseUrl + session, { headers: { cookie: await signIn(baseUrl, agent) } });
    expect(closed.status).toBe(403);
  });

  test('a lead writes a note from a case, quoting it; the agent acknowledges it with a reply; the case goes into the library', async () => {
    const path = `/cases/${found.caseId}`;
    await as(lead, async (page) => {
      await page.goto(path);
      await page.getByRole('link', { name: '写辅导记录' }).click();
      await page.locator('textarea[name=text]').fill('先说清楚谁承担运费。');
      await page.locator('input[name=messages]').first().check();
      await page.getByRole('button', { name: '发给客服' }).click();
      await page.getByText('先说清楚谁承担运费。').waitFor();
      expect(await page.locator('blockquote').count()).toBe(1);
      await page.goto(path);
      await page.getByRole('link', { name: '加入案例库' }).click();
      await page.getByLabel('标题').fill('运费说明');
      await page.locator('textarea[name=lesson]').fill('先讲规则，再给方案。');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByRole('heading', { name: '运费说明' }).waitFor();
    });
    await as(agent, async (page) => {
      await page.goto('/quality');
      await page.getByRole('link', { name: '1 条辅导记录等你确认' }).click();
      await page.locator('textarea[name=reply]').fill('明白。');
      await page.getByRole('button', { name: '确认收到' }).click();
      await page.getByText('回复：明白。').waitFor();
      await page.goto('/quality');
      expect(await page.locator('main').innerText()).not.toContain('等你确认');
      await page.goto('/quality/library');
      expect(await page.locator('main').innerText()).toContain('运费说明');
    });
    await as(lead, async (page) => {
      await page.goto('/quality/coaching?state=acknowledged');
      expect(await page.locator('main').innerText()).toContain('回复：明白。');
    });
  });
});
