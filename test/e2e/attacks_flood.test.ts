import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadConfig } from '#lib/server/config.ts';
import { mostFailures } from '#lib/server/store/attempts.ts';
import { isThorough } from '../thorough.ts';
import { residentMib, serveBuilt } from './built_app.ts';
import { addAccount, cookiesOf, operator, password, postForm } from './session.ts';

const minutes = 10 * 60_000;
/** Ten thousand for a release. */
const attempts = isThorough ? 10_000 : 1000;
const attackers = 48;
const victim = 'victim@attacks.example';

let folder: string;
let server: Awaited<ReturnType<typeof serveBuilt>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aftersight-flood-'));
  const config = join(folder, 'aftersight.yaml');
  const sample = inject('configPath');
  await writeFile(config, await readFile(sample, 'utf8'));
  await cp(join((await loadConfig(sample)).dataDir, 'snapshots'), join(folder, 'data', 'snapshots'), {
    recursive: true,
  });
  // As behind a proxy that says where a request comes from.
  server = await serveBuilt(config, { ADDRESS_HEADER: 'x-forwarded-for', XFF_DEPTH: '1' });
  await fetch(`${server.baseUrl}/healthz`);
  await addAccount(config, operator, 'operator');
  await addAccount(config, victim, 'operator');
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** One attempt to sign in, as a program makes it: how it ended, and the session it opened. */
async function attempt(
  email: string,
  given: string,
  from: string,
  headers: Record<string, string> = {},
): Promise<{ kind: string; cookies: string; retryAfter: string | null }> {
  const response = await postForm(
    `${server.baseUrl}/sign-in?/password`,
    { email, password: given },
    { accept: 'application/json', 'x-forwarded-for': from, ...headers },
  );
  const body = await response.text();
  const kind =
    /"(wrong|locked|busy)\\?"/.exec(body)?.[1] ??
    (/"type":"redirect"/.test(body) ? 'in' : `${response.status} ${body.slice(0, 200)}`);
  return { kind, cookies: cookiesOf(response), retryAfter: response.headers.get('retry-after') };
}

/** Makes attempts at once, as many as attackers, while a colleague goes on working; what came of them, and how long the colleague waited. */
async function flood(
  make: (index: number) => Promise<string>,
  count: number,
  colleague: string,
): Promise<{ kinds: Record<string, number>; waitedMs: number[] }> {
  const kinds: Record<string, number> = {};
  const waitedMs: number[] = [];
  let next = 0;
  const attack = async (): Promise<void> => {
    while (next < count) {
      const kind = await make(next++);
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
  };
  const work = async (): Promise<void> => {
    while (next < count) {
      const startedMs = performance.now();
      const response = await fetch(`${server.baseUrl}/cases?from=2026-10-01&until=2026-10-31`, {
        headers: { cookie: colleague },
      });
      await response.text();
      expect(response.status).toBe(200);
      waitedMs.push(performance.now() - startedMs);
    }
  };
  await Promise.all([...Array.from({ length: attackers }, attack), work()]);
  return { kinds, waitedMs: waitedMs.sort((a, b) => a - b) };
}

test(
  `${attempts} sign-ins from one place and from everywhere open nothing, and leave the server to those who are in`,
  async () => {
    const { kind, cookies: known } = await attempt(victim, password, '10.0.0.1');
    expect(kind).toBe('in');
    const colleague = (await attempt(operator, password, '10.0.0.2')).cookies;
    await (await fetch(`${server.baseUrl}/cases`, { headers: { cookie: colleague } })).text();
    const before = await residentMib(server.process);

    // A list of passwords against one account, the right one among the first dozen.
    const list = (index: number) => (index === mostFailures.account + 3 ? password : `guess ${index}`);
    const one = await flood(
      async (index) => (await attempt(victim, list(index), '10.6.6.6')).kind,
      attempts / 2,
      colleague,
    );
    expect(one.kinds['in']).toBeUndefined();
    expect(one.kinds['wrong'] ?? 0).toBeLessThanOrEqual(mostFailures.account);

    // As many accounts from as many places: nothing to count, but only so many are tried at a time, and a known browser comes first.
    const many = await flood(
      async (index) =>
        index === attackers * 4
          ? `${(await attempt(victim, password, '10.6.6.6', { cookie: known })).kind}, known`
          : (await attempt(`user${index}@attacks.example`, 'guess', `10.${1 + (index >> 8)}.${index & 255}.1`)).kind,
      attempts / 2,
      colleague,
    );
    expect(Object.keys(many.kinds).sort()).toEqual(['busy', 'in, known', 'wrong']);

    for (const { waitedMs } of [one, many]) {
      expect(waitedMs.length).toBeGreaterThan(3);
      expect(waitedMs[Math.floor(waitedMs.length / 2)]).toBeLessThan(3000);
    }
    const after = await residentMib(server.process);
    if (before !== null && after !== null) expect(after).toBeLessThan(before + 300);

    // The account is shut to strangers for a while, though not to the browser it signed in from, nor to whoever has a link.
    expect((await attempt(victim, password, '10.7.7.7')).kind).toBe('locked');
    expect((await attempt(victim, password, '10.6.6.6', { cookie: known })).kind).toBe('in');
    expect((await attempt(operator, password, '10.6.6.6')).kind).toBe('in');
  },
  minutes,
);

test('one account that opens hundreds of pages at once is told to wait, and others are not', async () => {
  const [greedy, other] = await Promise.all(
    [operator, victim].map(async (email) => (await attempt(email, password, '10.0.0.3')).cookies),
  );
  const ask = async (cookie: string, index: number): Promise<number> => {
    const query = `from=2025-11-01&until=2026-10-31&q=${encodeURIComponent(`退款 ${index}`)}`;
    const response = await fetch(`${server.baseUrl}/cases?${query}`, { headers: { cookie, accept: 'text/html' } });
    await response.text();
    return response.status;
  };
  const asked = Promise.all(Array.from({ length: 300 }, (_, index) => ask(greedy ?? '', index)));
  expect(await ask(other ?? '', 1000)).toBe(200);
  expect(new Set(await asked)).toEqual(new Set([200, 429]));
  expect(await ask(greedy ?? '', 1001)).toBe(200);
});
