import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Role, may, roleOf, roles } from '#lib/access/roles.ts';
import { loadConfig } from '#lib/server/config.ts';
import { serveBuilt } from './built_app.ts';
import { type Halves, accountOf, halvesOf } from './halves.ts';
import { type Account, foreignTo, hitsIn, textOf } from './matrix.ts';
import { type Filled, fillQuality } from './quality_filled.ts';
import { actionsOn, garbage, pagesOf, qualityPages, sharedPages } from './quality_matrix.ts';
import { addAccount, postForm, signIn } from './session.ts';

const configPath = inject('configPath');
const scoped = roles.filter((role) => roleOf(role).reach !== 'everything');

describe('the QA workbench with data of two halves', () => {
  let folder: string;
  let path: string;
  let server: Awaited<ReturnType<typeof serveBuilt>>;
  let halves: Halves;
  let filled: Filled;
  const cookies = new Map<Role, string>();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aftersight-quality-roles-'));
    path = join(folder, 'aftersight.yaml');
    await writeFile(path, await readFile(configPath, 'utf8'));
    const { dataDir } = await loadConfig(configPath);
    await cp(join(dataDir, 'snapshots'), join(folder, 'data', 'snapshots'), { recursive: true });
    halves = await halvesOf(path);
    const { brands, vendors } = halves;
    filled = await fillQuality(path, [
      { brand: brands[0], vendor: vendors[0] },
      { brand: brands[1], vendor: vendors[1] },
    ]);
    server = await serveBuilt(path);
    for (const role of roles) {
      const account = accountOf(halves, role, 0);
      await addAccount(path, account.email, role, account);
      cookies.set(role, await signIn(server.baseUrl, account.email));
    }
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (role: Role, address: string) =>
    fetch(server.baseUrl + address, {
      headers: { cookie: cookies.get(role) ?? '', accept: 'text/html', 'accept-language': 'zh-CN' },
    });
  const post = (role: Role, address: string, fields: Readonly<Record<string, string>>) =>
    postForm(server.baseUrl + address, fields, { cookie: cookies.get(role) ?? '' });

  test('is filled with things of both', () => {
    for (const part of [0, 1]) {
      for (const list of [filled.reviews, filled.appeals, filled.notes, filled.entries])
        expect(list.filter((one) => one.part === part).length).toBeGreaterThan(3);
      expect(filled.reviews.some((one) => one.part === part && one.state === 'assigned')).toBe(true);
    }
  });

  describe.each(scoped)('a %s', (role) => {
    test('finds nothing of the other half on any page, its own things by id, those of others not', async () => {
      const account: Account = accountOf(halves, role, 0);
      const foreign = await foreignTo(path, account);
      const hits: string[] = [];
      let opened = 0;
      for (const [address, need] of [...qualityPages, ...sharedPages(filled), ...pagesOf(filled, 0)]) {
        const response = await get(role, address);
        const text = await textOf(response);
        if (!may(role, need) || !may(role, 'quality')) expect([403, 404], address).toContain(response.status);
        else expect([200, 404], `${response.status} ${address}`).toContain(response.status);
        if (response.status === 200) opened += 1;
        hits.push(...hitsIn(text, foreign).map((hit) => `${address}: ${hit}`));
      }
      expect([...new Set(hits)]).toEqual([]);
      if (may(role, 'quality')) expect(opened).toBeGreaterThan(7);
      for (const [address] of pagesOf(filled, 1))
        expect([403, 404], address).toContain((await get(role, address)).status);
    });

    test('changes nothing of the other half by any action', async () => {
      for (const [address, fields, need] of actionsOn(filled, 1)) {
        const { status } = await post(role, address, fields);
        const isAllowed = need === null ? roleOf(role).reach === 'agents' : may(role, need);
        if (!isAllowed || !may(role, 'quality')) expect(status, `${address} ${JSON.stringify(fields)}`).toBe(403);
        else expect([400, 404, 409], `${status} ${address} ${JSON.stringify(fields)}`).toContain(status);
      }
      for (const { id } of filled.reviews.filter((one) => one.part === 1).slice(0, 5))
        for (const end of ['draft', 'submit']) {
          const response = await fetch(`${server.baseUrl}/quality/reviews/${id}/${end}`, {
            method: 'POST',
            body: JSON.stringify({ revision: 0, content: {}, workedSeconds: 1 }),
            headers: { cookie: cookies.get(role) ?? '', origin: server.baseUrl, 'content-type': 'application/json' },
          });
          expect([403, 404], end).toContain(response.status);
        }
    });
  });

  test.each(['qa_lead', 'reviewer', 'vendor_manager', 'vendor_agent'] as const)(
    'nothing that a form or an address of a %s holds is an error of the server',
    async (role) => {
      const failed: string[] = [];
      const check = (response: Response, what: string) => {
        if (response.status >= 500) failed.push(`${response.status} ${what}`);
      };
      for (const folderOf of ['samples', 'reviews', 'calibrations', 'cards'])
        for (const id of ['0', '999999', 'abc', '99999999999', '-1', '%00', '%ED%A0%80'])
          check(await get(role, `/quality/${folderOf}/${id}`), `${role} ${folderOf}/${id}`);
      for (const [address, need] of qualityPages)
        if (may(role, need))
          for (const name of [
            'from',
            'until',
            'card',
            'criterion',
            'reviewer',
            'basis',
            'check',
            'page',
            'tag',
            'q',
            'state',
            'case',
          ])
            for (const value of ['', '0', 'x', '%00', '%ED%A0%80', '__proto__'])
              check(
                await get(role, `${address}${address.includes('?') ? '&' : '?'}${name}=${value}`),
                `${role} ${address} ${name}=${value}`,
              );
      for (const [address, fields] of actionsOn(filled, 0)) {
        check(await post(role, address, {}), `${role} ${address} without fields`);
        for (const name of Object.keys(fields))
          for (const value of garbage)
            check(
              await post(role, address, { ...fields, [name]: value }),
              `${role} ${address} ${name}=${JSON.stringify(value.slice(0, 20))}`,
            );
        const broken = await fetch(server.baseUrl + address, {
          method: 'POST',
          body: 'not a form',
          headers: {
            cookie: cookies.get(role) ?? '',
            origin: server.baseUrl,
            accept: 'text/html',
            'content-type': 'multipart/form-data; boundary=x',
          },
          redirect: 'manual',
        });
        check(broken, `${role} ${address} with a broken form`);
      }
      expect(failed).toEqual([]);
    },
  );

  test('a draft that no card allows or no database takes is refused, and its page opens still', async () => {
    const cookie = await signIn(server.baseUrl, 'ann@filled.example');
    const headers = { cookie, origin: server.baseUrl, 'content-type': 'application/json', accept: 'text/html' };
    const mine = filled.reviews.find((one) => one.state === 'assigned' && one.reviewerId === filled.reviewers[0]);
    const address = `${server.baseUrl}/quality/reviews/${mine?.id}`;
    const level = { kind: 'level', level: 1, rootCauses: [] };
    for (const content of [
      { comment: '\0' },
      { comment: '\ud800' },
      { quotes: [{ criterionId: '\0', messageId: 'a', text: 'b' }] },
      { answers: { nobody: level } },
      { answers: { promise_next_step: { ...level, level: 9 } } },
    ]) {
      const body = JSON.stringify({ revision: 0, content, workedSeconds: 1 });
      const { status } = await fetch(`${address}/draft`, { method: 'POST', body, headers });
      expect(status, body).toBe(400);
    }
    expect((await fetch(address, { headers })).status).toBe(200);
  });

  test('an appeal is decided with a rating that the card has, and made about a criterion that was rated', async () => {
    const [decided] = filled.appeals.filter((one) => one.part === 0).slice(-1);
    const fields = { id: String(decided?.id), text: 'as it was', level: '5' };
    expect((await post('qa_lead', '/quality/appeals?/decide', fields)).status).toBe(409);
    const own = filled.reviews.find((one) => one.part === 0 && one.kind === 'random' && one.state === 'submitted');
    const about = { criterion: 'nobody', argument: 'it was said' };
    expect((await post('vendor_manager', `/quality/reviews/${own?.id}?/appeal`, about)).status).toBe(404);
  });

  test('publishing twice, as a second click does, is no error', async () => {
    const published = await post('qa_lead', '/quality/cards?/publish', { card: filled.card, version: '1' });
    expect(published.status).toBe(303);
  });
});
