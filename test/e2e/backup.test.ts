import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { everything } from '#lib/access/principal.ts';
import { listAudit, verifyAudit } from '#lib/server/store/audit.ts';
import { openStore } from '#lib/server/store/store.ts';
import { askCommand, serveBuilt } from './built_app.ts';
import { addAccount, codeOf, cookiesOf, password, postForm, signIn, turnOnSecondFactor } from './session.ts';

const baseUrl = inject('baseUrl');
const configPath = inject('configPath');
const cookie = inject('cookie');
const guarded = 'backup-guarded@test.example';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aftersight-backup-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a backup made while people work and restored elsewhere has every entry that was there, accounts, second factors and numbers', async () => {
  await addAccount(configPath, guarded, 'operator');
  const secret = await turnOnSecondFactor(baseUrl, await signIn(baseUrl, guarded));

  let isDone = false;
  let exported = 0;
  const work = async (): Promise<void> => {
    while (!isDone) {
      const response = await fetch(`${baseUrl}/cases/export.csv?vendor=suda`, { headers: { cookie } });
      await response.body?.cancel();
      expect(response.status).toBe(200);
      exported++;
    }
  };
  const working = Promise.all(Array.from({ length: 4 }, work));
  while (exported < 8) await new Promise((resolve) => setTimeout(resolve, 20));
  const before = exported;
  const backup = join(folder, 'backup');
  await askCommand(['backup', backup, '--config', configPath]);
  isDone = true;
  await working;

  const elsewhere = join(folder, 'elsewhere');
  await mkdir(elsewhere);
  const restored = join(elsewhere, 'aftersight.yaml');
  await copyFile(configPath, restored);
  await askCommand(['restore', backup, '--config', restored]);
  const store = await openStore(join(elsewhere, 'data'), {});
  const filter = { action: 'export', actorId: null, from: null, to: null, limit: 1, offset: 0 } as const;
  const { total } = await listAudit(store, { ...everything, userId: 'tests', role: 'operator' }, filter);
  expect(total).toBeGreaterThanOrEqual(before);
  expect((await verifyAudit(store)).isIntact).toBe(true);
  await store.close();

  const server = await serveBuilt(restored);
  try {
    const halfway = cookiesOf(await postForm(`${server.baseUrl}/sign-in?/password`, { email: guarded, password }));
    expect(halfway).toContain('two_factor=2fa-');
    const code = codeOf(secret, Date.now() + 30_000);
    const fields = { code, kind: 'app' };
    const session = cookiesOf(await postForm(`${server.baseUrl}/sign-in?/factor`, fields, { cookie: halfway }));
    const overview = async (at: string, as: string) => {
      const html = await (await fetch(`${at}/?from=2026-09-01&until=2026-10-31`, { headers: { cookie: as } })).text();
      return [...html.matchAll(/n=([\d,]+)/g)].map(([, n]) => n);
    };
    const here = await overview(baseUrl, cookie);
    expect(here.length).toBeGreaterThan(5);
    expect(await overview(server.baseUrl, session)).toEqual(here);
  } finally {
    await server.stop();
  }
});
