import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openRunLog } from '#lib/server/runs.ts';
import { readAttempt } from '#lib/server/schedule_attempts.ts';
import { generate } from '../../pipeline/generate/generate.ts';
import { rollback } from '../../pipeline/publish/rollback.ts';
import { ensureApp } from '../../pipeline/serve/app_build.ts';
import { makeAccount, operator, password, signIn } from '../e2e/session.ts';
import { aftersight } from './command_line.ts';

const shim = new URL('../../pipeline/aftersight.mjs', import.meta.url).pathname;
const answerSchema = z.strictObject({ url: z.url(), pid: z.int() });
const minuteMs = 60_000;

interface Served {
  url: string;
  pid: number;
  child: ChildProcessByStdio<null, Readable, Readable>;
  stderr: Promise<string>;
}

let folder: string;
let config: string;
let dataDir: string;
let served: Served[];
/** The session of an operator; it outlives the server that gave it. */
let cookie: string;

beforeAll(async () => {
  await ensureApp();
}, 5 * minuteMs);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aftersight-serve-'));
  config = join(folder, 'aftersight.yaml');
  dataDir = join(folder, 'data');
  served = [];
  cookie = '';
  await generate({ cases: 60, seed: 3, out: folder });
  await writeFile(config, (await readFile(config, 'utf8')).replace(/^schedule:.*\n/m, ''));
});

afterEach(async () => {
  for (const one of served) await stop(one, 'SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** A schedule that is due once a year, so that nothing but making up for it ever starts. */
async function schedule(): Promise<void> {
  await writeFile(config, `${await readFile(config, 'utf8')}\nschedule: { run: "0 0 1 1 *" }\n`);
}

async function serve(...more: string[]): Promise<Served> {
  const args = [shim, 'serve', '--config', config, '--port', '0', '--json', ...more];
  const env = { PATH: process.env['PATH'], AFTERSIGHT_LANG: 'en', AFTERSIGHT_KEY: 'a key for tests' };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const stderr = text(child.stderr);
  const [line] = await Promise.race([
    once(child.stdout.setEncoding('utf8'), 'data'),
    once(child, 'exit').then(async () => Promise.reject(new Error(`serve ended: ${await stderr}`))),
  ]);
  const one = { ...answerSchema.parse(JSON.parse(z.string().parse(line))), child, stderr };
  served.push(one);
  if (cookie === '') {
    // Made while the server holds the store: the command line asks it.
    makeAccount(config, operator, 'operator');
    cookie = await signIn(one.url);
  }
  return one;
}

async function stop({ child }: Served, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await once(child, 'close');
  }
  return child.exitCode;
}

async function ask(url: string): Promise<{ status: number; body: string }> {
  const response = await fetch(url, { headers: { connection: 'close', 'accept-language': 'zh-CN', cookie } });
  return { status: response.status, body: await response.text() };
}

test('before the first snapshot pages say so, the runs page opens, and SIGTERM ends it cleanly', async () => {
  const one = await serve();
  expect(one.pid).toBe(one.child.pid);
  expect(await ask(`${one.url}/healthz`)).toMatchObject({ status: 503 });
  expect(await ask(one.url)).toMatchObject({ status: 503, body: expect.stringContaining('还没有数据') });
  expect(await ask(`${one.url}/runs`)).toMatchObject({ status: 200, body: expect.stringContaining('还没有运行过') });
  expect(await ask(`${one.url}/runs/quarantine`)).toMatchObject({ status: 503 });
  expect(await stop(one, 'SIGTERM')).toBe(0);
  expect(await one.stderr).not.toContain('Error');
});

test('a scheduled run that was missed is made up for, and what it publishes is there without a restart', async () => {
  await schedule();
  const one = await serve();
  await expect.poll(() => ask(`${one.url}/healthz`), { timeout: 2 * minuteMs }).toMatchObject({ status: 200 });
  const [run] = await openRunLog(dataDir).list();
  expect(await ask(`${one.url}/healthz`)).toMatchObject({
    body: expect.stringContaining(`"snapshot":"${run?.runId}"`),
  });
  expect(await ask(one.url)).toMatchObject({ status: 200 });
  await expect
    .poll(() => readAttempt(dataDir), { timeout: minuteMs })
    .toMatchObject({ exitCode: 0, wasStopped: false });
  for (const path of ['/runs', `/runs/${run?.runId}`, '/runs/quarantine', '/runs/quarantine?reason=unreadable'])
    expect(await ask(one.url + path), path).toMatchObject({ status: 200 });
  expect(await stop(one, 'SIGINT')).toBe(0);

  const again = await serve();
  expect(await ask(`${again.url}/runs`)).toMatchObject({ status: 200 });
  expect(await openRunLog(dataDir).list()).toHaveLength(1);
  expect(await stop(again, 'SIGTERM')).toBe(0);
});

test.each(['SIGTERM', 'SIGKILL'] as const)(
  '%s takes a run under way along; the next start makes up for it',
  async (signal) => {
    await schedule();
    const one = await serve();
    const list = () => openRunLog(dataDir).list();
    await expect.poll(list, { timeout: minuteMs }).toMatchObject([{ state: 'running' }]);
    await stop(one, signal);
    await expect.poll(list, { timeout: minuteMs }).toMatchObject([{ state: 'interrupted' }]);
    const again = await serve();
    await expect.poll(() => ask(`${again.url}/healthz`), { timeout: 2 * minuteMs }).toMatchObject({ status: 200 });
    expect(await list()).toMatchObject([{ state: 'published' }, { state: 'interrupted' }]);
  },
);

test('a run that fails shows on every page with its reason, beside the data of the last good one; a rollback says so', async () => {
  for (let night = 0; night < 2; night++)
    expect(await aftersight(['run', '--config', config])).toMatchObject({ exitCode: 0 });
  const one = await serve();
  expect((await ask(one.url)).body).not.toContain('没有发布');
  await writeFile(join(folder, 'inbox', 'tickets.csv'), 'no,known,column\n1,2,3\n');
  expect(await aftersight(['run', '--config', config])).toMatchObject({ exitCode: 1 });
  const page = await ask(one.url);
  expect(page).toMatchObject({ status: 200, body: expect.stringContaining('没有发布：来源无法读取') });
  const [failed] = await openRunLog(dataDir).list();
  expect((await ask(`${one.url}/runs/${failed?.runId}`)).body).toContain('tickets.csv');

  expect((await ask(`${one.url}/runs`)).body).not.toContain('已回退');
  const { snapshot } = await rollback(dataDir, null);
  expect((await ask(`${one.url}/healthz`)).body).toContain(snapshot);
  expect((await ask(`${one.url}/runs`)).body).toContain('已回退');
});

test('wrong parameters are answered with 4xx, an unknown run with 404', async () => {
  await aftersight(['run', '--config', config]);
  const { url } = await serve();
  const [run] = await openRunLog(dataDir).list();
  for (const path of [
    '/runs?all=2',
    '/runs/quarantine?page=0',
    '/runs/quarantine?page=9999999',
    '/runs/quarantine?source=%00',
    `/runs/quarantine?reason=${'x'.repeat(500)}`,
    `/runs/${run?.runId}?page=-1`,
  ])
    expect(await ask(url + path), path).toMatchObject({ status: 400 });
  for (const path of ['/runs/20200101T000000000Z', '/runs/..%2F..%2Fetc%2Fpasswd', '/runs/%00'])
    expect((await ask(url + path)).status, path).toBe(404);
  expect(await ask(`${url}/runs/quarantine?page=999`)).toMatchObject({ status: 200 });
});

test('requests that name another host are refused: a foreign page cannot read what is served here', async () => {
  const { url } = await serve();
  const { port } = new URL(url);
  const asked = request({ host: '127.0.0.1', port, path: '/healthz', headers: { host: 'evil.example' } }).end();
  const [response] = await once(asked, 'response');
  expect(response).toHaveProperty('statusCode', 403);
  asked.destroy();
});

test('a port in use is told with exit code 1, one that is none with 2', async () => {
  const { url } = await serve();
  const { port } = new URL(url);
  const taken = await aftersight(['serve', '--config', config, '--port', port]);
  expect(taken).toMatchObject({ exitCode: 1, stdout: '' });
  expect(taken.stderr).toContain(`port ${port} is in use`);
  expect(taken.stderr).not.toMatch(/^ +at /m);
  expect(await aftersight(['serve', '--config', config, '--port', '65536'])).toMatchObject({ exitCode: 2, stdout: '' });
});

test('other machines are let in by TLS in front alone, and with no secret that can be guessed', async () => {
  await writeFile(config, `${await readFile(config, 'utf8')}\npublic_url: http://service.example\n`);
  const refused = await aftersight(['serve', '--config', config, '--port', '0', '--host', '0.0.0.0']);
  expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
  expect(refused.stderr).toContain('public_url: https://');
  expect(refused.stderr).toContain('--insecure-http');
  const guessed = { AFTERSIGHT_SECRET: 'secret secret secret secret secret secret' };
  expect(await aftersight(['serve', '--config', config, '--port', '0'], guessed)).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('openssl rand'),
  });
  cookie = 'nobody signs in';
  const insecure = await serve('--host', '0.0.0.0', '--insecure-http');
  expect(await ask(`${insecure.url}/healthz`)).toMatchObject({ status: 503 });
  await stop(insecure, 'SIGTERM');
  expect(await insecure.stderr).toContain('passwords and sessions travel in the clear');
});

test('behind a proxy cookies are for TLS alone, and clients are told apart by the header that the proxy sets', async () => {
  const front = 'public_url: https://service.example\nproxy: { address_header: x-forwarded-for, hops: 1 }\n';
  await writeFile(config, `${await readFile(config, 'utf8')}\n${front}`);
  cookie = 'made below';
  const { url } = await serve('--host', '0.0.0.0');
  makeAccount(config, operator, 'operator');
  const { port } = new URL(url);
  const send = async (headers: Record<string, string>, given: string) => {
    const asking = request({
      port,
      method: 'POST',
      path: '/sign-in?/password',
      headers: {
        host: 'service.example',
        origin: 'https://service.example',
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'text/html',
        ...headers,
      },
    }).end(String(new URLSearchParams({ email: operator, password: given })));
    const [response] = z.tuple([z.instanceof(IncomingMessage)]).parse(await once(asking, 'response'));
    response.resume();
    return response;
  };
  expect((await send({ host: 'evil.example' }, password)).statusCode).toBe(403);
  expect((await send({ 'x-forwarded-for': 'forged, 10.1.1.1' }, 'wrong')).statusCode).toBe(401);
  const { headers } = await send({ 'x-forwarded-for': '10.2.2.2' }, password);
  expect(headers['strict-transport-security']).toMatch(/^max-age=\d{7,}/);
  const session = headers['set-cookie']?.find((one) => one.includes('session_token')) ?? '';
  expect(session).toMatch(/^__Secure-/);
  expect(session).toMatch(/; Secure/i);
  cookie = session.split(';')[0] ?? '';
  const { body } = await ask(`${url}/audit`);
  expect(body).toContain('10.1.1.1');
  expect(body).toContain('10.2.2.2');
  expect(body).not.toContain('forged');
});
