import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Role, roleOf, roles } from '#lib/access/roles.ts';
import { loadConfig } from '#lib/server/config.ts';
import { readCurrent, snapshotPath } from '#lib/server/snapshot.ts';
import { queriesFolder } from '#lib/server/queries_folder.ts';
import { serveBuilt } from './built_app.ts';
import { type Account, type Foreign, addresses, foreignTo, hitsIn, statusFor, textOf } from './matrix.ts';
import { type Halves, accountOf, halvesOf } from './halves.ts';
import { addAccount, signIn } from './session.ts';

const baseUrl = inject('baseUrl');
const configPath = inject('configPath');
const scoped = roles.filter((role) => roleOf(role).reach !== 'everything');

let halves: Halves;
let snapshot: string;

beforeAll(async () => {
  halves = await halvesOf(configPath);
  const current = await readCurrent((await loadConfig(configPath)).dataDir);
  snapshot = current?.snapshot ?? '';
});

async function signInAs(account: Account, at = baseUrl, path = configPath): Promise<string> {
  await addAccount(path, account.email, account.role, account);
  return signIn(at, account.email);
}

/** Everything foreign in the answers to an account, by address; checks each answer's status on the way. */
async function look(account: Account, cookie: string, foreign: Foreign, at = baseUrl): Promise<string[]> {
  const other = { brand: halves.brands[1], vendor: halves.vendors[1] };
  const hits: string[] = [];
  for (const [path, need] of addresses(other, snapshot)) {
    const response = await fetch(at + path, { headers: { cookie, accept: 'text/html', 'accept-language': 'zh-CN' } });
    const text = await textOf(response);
    const isForeignFilter = path.includes(`brand=${other.brand}`) && statusFor(account.role, need) === 200;
    if (isForeignFilter) expect([200, 400], path).toContain(response.status);
    else expect(response.status, `${account.role} ${path}`).toBe(statusFor(account.role, need));
    // An answer may repeat what was asked.
    const found = hitsIn(text, foreign).filter((hit) => !path.includes(`=${hit}`));
    hits.push(...found.map((hit) => `${path}: ${hit}`));
  }
  return hits;
}

describe.each(scoped)('a %s', (role) => {
  test('gets the pages of its role and no others, and finds nothing of the other half in any page, endpoint or export', async () => {
    const account = accountOf(halves, role, 0);
    const foreign = await foreignTo(configPath, account);
    expect(foreign.own.length).toBeGreaterThan(0);
    expect(foreign.words.size).toBeGreaterThan(1000);
    expect(await look(account, await signInAs(account), foreign)).toEqual([]);
  });

  test('opens its own cases and gets 404 for those of others, whatever id it tries', async () => {
    const account = accountOf(halves, role, 1);
    const foreign = await foreignTo(configPath, account);
    const cookie = await signInAs(account);
    const open = async (id: string): Promise<number> => {
      const response = await fetch(`${baseUrl}/cases/${id.split('/').map(encodeURIComponent).join('/')}`, {
        headers: { cookie },
      });
      const text = await response.text();
      if (response.status === 200) expect(hitsIn(text, foreign)).toEqual([]);
      return response.status;
    };
    for (const id of foreign.own.slice(0, 8)) expect(await open(id), id).toBe(200);
    for (const id of foreign.others.slice(0, 40)) expect(await open(id), id).toBe(404);
  });
});

test('nobody who is not signed in gets anything but the sign-in', async () => {
  for (const [path] of addresses({ brand: halves.brands[0], vendor: halves.vendors[0] }, snapshot)) {
    const page = await fetch(baseUrl + path, { headers: { accept: 'text/html' }, redirect: 'manual' });
    expect([page.status, page.headers.get('location')?.startsWith('/sign-in')], path).toEqual([303, true]);
    const [pathname = '', query = ''] = path.split('?');
    if (!/export|slice/.test(pathname)) {
      const next = await fetch(`${baseUrl}${pathname === '/' ? '' : pathname}/__data.json?${query}`, {
        redirect: 'manual',
      });
      expect(await next.text(), path).toMatch(/"type":"redirect","location":"\/sign-in/);
    }
    const data = await fetch(baseUrl + path, { headers: { accept: '*/*' }, redirect: 'manual' });
    expect(data.status, path).toBe(401);
    expect(await data.text()).not.toContain('helpdesk/');
  }
});

async function runOn(file: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(sql);
  await connection.run('checkpoint');
  connection.closeSync();
  instance.closeSync();
}

describe('the search for foreign rows', () => {
  let folder: string;
  let path: string;
  let dataDir: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aftersight-roles-'));
    path = join(folder, 'aftersight.yaml');
    dataDir = join(folder, 'data');
    await writeFile(path, await readFile(configPath, 'utf8'));
    const { dataDir: from } = await loadConfig(configPath);
    await cp(join(from, 'snapshots'), join(dataDir, 'snapshots'), { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each([
    ['cases', 'vendor_manager', 'vendor_id'],
    ['kpi_rows', 'brand_manager', 'brand_id'],
    ['refunds', 'vendor_manager', 'vendor_id'],
  ] as const)('finds them once scoped.%s lacks a predicate', async (macro, role, column) => {
    const sql = await readFile(join(queriesFolder, 'scoped', `${macro}.sql`), 'utf8');
    const predicate = new RegExp(
      `\\((\\w+)::varchar\\[\\] is null or list_contains\\(\\1::varchar\\[\\], ${column}\\)\\)`,
    );
    expect(sql).toMatch(predicate);
    await runOn(snapshotPath(dataDir, snapshot), sql.replace(predicate, 'true'));
    const server = await serveBuilt(path);
    try {
      const account = accountOf(halves, role, 0);
      const cookie = await signInAs({ ...account, email: `${macro}@test.example` }, server.baseUrl, path);
      expect(await look(account, cookie, await foreignTo(path, account), server.baseUrl)).not.toEqual([]);
    } finally {
      await server.stop();
      await runOn(snapshotPath(dataDir, snapshot), sql);
    }
  });
});
