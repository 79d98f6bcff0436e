import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isThorough } from '../thorough.ts';
import { rollback } from '../../pipeline/publish/rollback.ts';
import { listSnapshots } from '#lib/server/snapshot.ts';
import { makeAccount, operator, signIn } from './session.ts';
import { residentMib, runCommand, serveBuilt } from './built_app.ts';

const minutes = 5 * 60_000;
const users = 50;
const publishes = isThorough ? 20 : 8;
const paths = ['/', '/metrics/first_response?by=vendor', '/explore', '/cases', '/refunds', '/runs'];

let folder: string;
let headers: { cookie: string };
let server: Awaited<ReturnType<typeof serveBuilt>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aftersight-publishing-'));
  const config = join(folder, 'aftersight.yaml');
  runCommand(['generate', '--cases', '1500', '--seed', '4', '--out', folder, '--force']);
  runCommand(['run', '--config', config, '--as-of', '2026-10-20T00:00:00Z']);
  runCommand(['run', '--config', config]);
  makeAccount(config, operator, 'operator');
  server = await serveBuilt(config);
  headers = { cookie: await signIn(server.baseUrl) };
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

test(
  'snapshots published under 50 users give no error, no page of two snapshots and no growing memory',
  async () => {
    const dataDir = join(folder, 'data');
    const snapshots = await listSnapshots(dataDir);
    expect(snapshots).toHaveLength(2);
    const query = 'from=2026-10-01&until=2026-10-31';
    const seen = new Map<string, Set<string>>();
    let isDone = false;
    let answers = 0;

    const click = async (user: number): Promise<void> => {
      for (let turn = user; !isDone; turn++) {
        const path = paths[turn % paths.length] ?? '/';
        const response = await fetch(`${server.baseUrl}${path}${path.includes('?') ? '&' : '?'}${query}`, { headers });
        const html = await response.text();
        expect(response.status, path).toBe(200);
        answers++;
        if (path !== '/') continue;
        const snapshot = /\d{8}T\d{9}Z/.exec(html)?.[0] ?? 'none';
        const counted = [...html.matchAll(/n=([\d,]+)/g)].map(([, n]) => n).join(' ');
        seen.set(snapshot, (seen.get(snapshot) ?? new Set()).add(counted));
      }
    };
    const clicking = Promise.all(Array.from({ length: users }, (_, user) => click(user)));

    let early: number | null = null;
    for (let index = 0; index < publishes; index++) {
      const before = answers;
      await rollback(dataDir, snapshots[index % 2] ?? null);
      while (answers < before + users) await new Promise((resolve) => setImmediate(resolve));
      if (index === 4) early = await residentMib(server.process);
    }
    const late = await residentMib(server.process);
    isDone = true;
    await clicking;

    expect([...seen.keys()].sort()).toEqual([...snapshots].sort());
    for (const [snapshot, contents] of seen) expect([...contents], snapshot).toHaveLength(1);
    if (early !== null && late !== null) expect(late).toBeLessThan(early * 1.5);
  },
  minutes,
);

test('a snapshot that cannot be opened keeps nobody out once it can', async () => {
  const current = join(folder, 'data', 'snapshots', 'current.json');
  const good = await readFile(current, 'utf8');
  const ask = async (): Promise<number> => {
    const response = await fetch(`${server.baseUrl}/refunds`, { headers });
    await response.body?.cancel();
    return response.status;
  };
  await writeFile(current, '{');
  // More than one account may ask at a time: each must leave again.
  for (let count = 0; count < 70; count++) expect(await ask()).toBe(500);
  await writeFile(current, good);
  expect(await ask()).toBe(200);
});
