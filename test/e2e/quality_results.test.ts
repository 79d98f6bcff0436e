import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Scored, serveScored } from './scored_reviews.ts';
import { addAccount, signIn } from './session.ts';

const configPath = inject('configPath');
const worst = 'yunting';
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('quality results', () => {
  let server: Awaited<ReturnType<typeof serveScored>>;
  let scored: Scored;
  let lead: string;
  let vendor: string;
  beforeAll(async () => {
    server = await serveScored(configPath, { worst, cases: 150, open: 12 }, async (path) => {
      await addAccount(path, 'suda@quality.example', 'vendor_manager', { vendors: ['suda'] });
      await addAccount(path, 'buyer@quality.example', 'merchandiser', { brands: ['northpeak'] });
    });
    ({ scored } = server);
    lead = await signIn(server.baseUrl, scored.lead);
    vendor = await signIn(server.baseUrl, 'suda@quality.example');
  });
  afterAll(async () => {
    await server.stop();
  });

  const get = (cookie: string, path: string) =>
    fetch(server.baseUrl + path, { headers: { cookie, accept: 'text/html', 'accept-language': 'zh-CN' } });
  const textOf = async (cookie: string, path: string): Promise<string> => {
    const response = await get(cookie, path);
    expect(response.status, path).toBe(200);
    return (await response.text()).replaceAll(/<!--.*?-->/gs, '');
  };
  /** The scores of a vendor's cases in the sample of the month; each vendor is a stratum, so that its mean is a plain one. */
  const scoresOf = (vendorId: string): number[] =>
    scored.reviews.filter((one) => one.sampleId === 1 && one.vendorId === vendorId).map(({ score }) => score);

  test('the page has the mean and n of each vendor that the reviews give, and marks them provisional', async () => {
    const page = await textOf(lead, '/quality/results');
    for (const vendorId of [worst, 'suda', 'anhe']) {
      const scores = scoresOf(vendorId);
      const row = page.split('<tr').find((one) => one.includes(`vendor=${vendorId}"`)) ?? '';
      if (scores.length < 20) expect(page).toContain(`样本不足 20（现有 ${scores.length}）`);
      else {
        expect(row, vendorId).toContain(`>${mean(scores).toFixed(1)}<`);
        expect(row, vendorId).toContain(`>${scores.length}<`);
      }
    }
    expect(scoresOf(worst).length).toBeGreaterThanOrEqual(20);
    expect(page).toContain('暂估');
    expect(page).toContain('还有 12 单没评完');
  });

  test('a vendor’s own page has the same number, and no other vendor; below 20 cases there is none', async () => {
    const page = await textOf(vendor, '/quality/results');
    expect(page).toContain(`>${mean(scoresOf('suda')).toFixed(1)}<`);
    expect(page).not.toMatch(/anhe|yunting|jishi|xiaolan/);
    const month = `${scored.month}-01`;
    const day = await textOf(vendor, `/quality/results?from=${month}&until=${month}`);
    expect(day).toMatch(/样本不足 20（现有 \d+）|所选范围内没有抽到售后单/);
  });

  test('the overview and KPIs have it beside them, for who sees quality', async () => {
    const path = `?vendor=${worst}`;
    const number = mean(scoresOf(worst)).toFixed(1);
    expect(await textOf(lead, `/${path}`)).toContain(`>${number}<`);
    expect(await textOf(lead, `/metrics/first_response${path}`)).toContain(`同期质检得分 ${number}`);
    expect(await textOf(lead, `/metrics/first_response${path}&platform=tmall`)).not.toContain('同期质检得分');
    const buyer = await signIn(server.baseUrl, 'buyer@quality.example');
    expect(await textOf(buyer, '/')).not.toContain('质检得分');
    expect((await get(buyer, '/quality/results')).status).toBe(403);
    expect((await get(vendor, '/quality/reviewers')).status).toBe(403);
  });

  test('a case has its reviews; who scored it is for those who score', async () => {
    const review = scored.reviews.find(({ vendorId }) => vendorId === 'suda');
    const path = `/cases/${(review?.caseId ?? '').split('/').map(encodeURIComponent).join('/')}`;
    const ofLead = await textOf(lead, path);
    expect(ofLead).toContain(`>${(review?.score ?? Number.NaN).toFixed(1)}<`);
    expect(ofLead).toContain('reviewer · ');
    expect(await textOf(vendor, path)).not.toContain('reviewer · ');
  });

  test('the export has the same numbers', async () => {
    const response = await get(lead, '/quality/results/export.csv');
    const csv = await response.text();
    expect(response.headers.get('content-type')).toContain('text/csv');
    const number = Math.round(mean(scoresOf(worst)) * 100) / 100;
    expect(csv).toMatch(new RegExp(`服务商,云听客服,${scoresOf(worst).length},\\d+,${number},`));
  });
});
