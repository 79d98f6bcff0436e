import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Principal } from '#lib/access/principal.ts';
import { roles } from '#lib/access/roles.ts';
import { hashPassword, makeAuth } from '#lib/server/auth.ts';
import type { NewAccounts } from '#lib/server/config.ts';
import { signIn, whoIs } from '#lib/server/sign_in.ts';
import { AccessError } from '#lib/server/store/access_error.ts';
import * as accounts from '#lib/server/store/accounts.ts';
import { commandLine, listAudit, record, verifyAudit } from '#lib/server/store/audit.ts';
import { backUp, restoreFrom } from '#lib/server/store/backup.ts';
import { recordConfiguration } from '#lib/server/store/configuration.ts';
import { ownerOf, unlinkIdentity } from '#lib/server/store/identities.ts';
import * as links from '#lib/server/store/links.ts';
import { keepCheck, takeCheck } from '#lib/server/store/oidc_checks.ts';
import { resetSecondFactor } from '#lib/server/store/second_factors.ts';
import { type Store, StoreError } from '#lib/server/store/store.ts';
import { type StoreHome, engines, openHome } from './stores.ts';

const all = { brands: null, vendors: null, agents: null };
const anna = { name: 'Anna', email: 'anna@test.example', role: 'operator', ...all } as const;
const ben = { name: 'Ben', email: 'ben@test.example', role: 'vendor_manager', ...all, vendors: ['suda'] } as const;
const filter = { action: null, actorId: null, from: null, to: null, limit: 100, offset: 0 };
const day = 86_400_000;

/** Somebody with a name who may do what a role may. */
function by(userId: string, role: Principal['role'] = 'operator'): Principal & { name: string } {
  return { userId, role, name: 'Anna', ...all };
}

describe.each(engines)('on %s', (engine) => {
  let home: StoreHome;
  let store: Store;
  let operatorId: string;
  beforeAll(async () => {
    home = await openHome(engine);
  });
  beforeEach(async () => {
    store = await home.fresh();
    operatorId = await accounts.makeAccount(store, commandLine, { ...anna, passwordHash: 'x' });
  });
  afterEach(() => store.close());
  afterAll(() => home.close());

  test('the tables are those that better-auth wants, and no migration of its own is left', async () => {
    const auth = makeAuth({
      store,
      secret: 'a secret of more than thirty-two characters',
      baseUrl: 'http://localhost',
    });
    const { toBeAdded, toBeCreated } = await getMigrations(auth.options);
    expect({ toBeAdded, toBeCreated }).toEqual({ toBeAdded: [], toBeCreated: [] });
  });

  test('an account is who it was made, until it is disabled', async () => {
    const userId = await accounts.makeAccount(store, commandLine, {
      ...ben,
      email: ' Ben@Test.example ',
      passwordHash: 'x',
    });
    expect(await accounts.principalOf(store, userId)).toEqual({
      name: 'Ben',
      email: 'ben@test.example',
      principal: { userId, role: 'vendor_manager', brands: null, vendors: ['suda'], agents: null },
    });
    await accounts.setDisabled(store, by(operatorId), userId, true);
    expect(await accounts.principalOf(store, userId)).toBeNull();
    await accounts.setDisabled(store, by(operatorId), userId, false);
    expect(await accounts.principalOf(store, userId)).not.toBeNull();
  });

  test('an address has one account, also of two made at once', async () => {
    const making = await Promise.allSettled(
      [1, 2, 3].map(() => accounts.makeAccount(store, commandLine, { ...ben, passwordHash: 'x' })),
    );
    expect(making.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await accounts.countAccounts(store)).toBe(2);
  });

  test('the last operator can be neither disabled nor given another role, also of two who try it on each other at once', async () => {
    await expect(accounts.setDisabled(store, by(operatorId), operatorId, true)).rejects.toThrow(accounts.AccountError);
    const otherId = await accounts.makeAccount(store, commandLine, {
      ...anna,
      email: 'other@test.example',
      passwordHash: 'x',
    });
    const trying = await Promise.allSettled([
      accounts.setDisabled(store, by(operatorId), otherId, true),
      accounts.changeGrant(store, by(otherId), operatorId, { role: 'reviewer', ...all }),
    ]);
    expect(trying.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });

  test.each(roles.filter((role) => role !== 'operator'))('a %s manages no accounts and reads no log', async (role) => {
    const asking = [
      accounts.listAccounts(store, by(operatorId, role)),
      accounts.changeGrant(store, by(operatorId, role), operatorId, { role, ...all }),
      accounts.setDisabled(store, by(operatorId, role), operatorId, true),
      links.invite(store, by(operatorId, role), { ...ben }),
      links.listInvitations(store, by(operatorId, role)),
      links.withdrawInvitation(store, by(operatorId, role), ben.email),
      resetSecondFactor(store, by(operatorId, role), 'somebody'),
      unlinkIdentity(store, by(operatorId, role), 'somebody'),
      links.makeResetLink(store, by(operatorId, role), anna.email),
      listAudit(store, by(operatorId, role), filter),
    ];
    for (const one of asking) await expect(one).rejects.toThrow(AccessError);
  });

  test('an invitation makes its account once, whoever else uses the link, and not after a week', async () => {
    const token = await links.invite(store, by(operatorId), ben);
    expect(await links.openLink(store, 'invitation', token)).toMatchObject({ email: ben.email, role: ben.role });
    const late = new Date(Date.now() + 8 * day);
    await expect(links.openLink(store, 'invitation', token, late)).rejects.toThrow(links.LinkError);
    await expect(links.openLink(store, 'reset', token)).rejects.toThrow(links.LinkError);
    const using = await Promise.allSettled(
      [1, 2].map(() => links.acceptInvitation(store, token, { name: 'Ben', passwordHash: 'x' })),
    );
    expect(using.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(links.openLink(store, 'invitation', token)).rejects.toThrow(links.LinkError);
    const { rows } = await sql<{ text: string }>`select string_agg(links::text, '') as text from links`.execute(
      store.db,
    );
    expect(rows[0]?.text).not.toContain(token);
  });

  test('a newer invitation or reset link ends the one before', async () => {
    const first = await links.invite(store, by(operatorId), ben);
    await links.invite(store, by(operatorId), ben);
    await expect(links.openLink(store, 'invitation', first)).rejects.toThrow(links.LinkError);
    const reset = await links.makeResetLink(store, by(operatorId), anna.email);
    await links.makeResetLink(store, by(operatorId), anna.email);
    await expect(links.openLink(store, 'reset', reset)).rejects.toThrow(links.LinkError);
  });

  test('an invitation is listed until it is taken back, used or over', async () => {
    const token = await links.invite(store, by(operatorId), ben);
    await links.invite(store, by(operatorId), { ...ben, email: 'second@test.example' });
    const list = async (now = new Date()) =>
      (await links.listInvitations(store, by(operatorId), now)).map(({ email }) => email);
    expect(await list()).toEqual(['second@test.example', ben.email]);
    expect(await list(new Date(Date.now() + 8 * day))).toEqual([]);
    expect(await links.withdrawInvitation(store, by(operatorId), 'Second@test.example')).toBe(true);
    expect(await links.withdrawInvitation(store, by(operatorId), 'second@test.example')).toBe(false);
    await links.acceptInvitation(store, token, { name: 'Ben', passwordHash: 'x' });
    expect(await list()).toEqual([]);
    const { rows } = await listAudit(store, by(operatorId), { ...filter, action: 'invitation_withdrawn' });
    expect(rows.map(({ actor, subject }) => [actor, subject])).toEqual([['Anna', 'second@test.example']]);
  });

  test('a change of an account is logged with what it was, what it is and by which request', async () => {
    const userId = await accounts.makeAccount(store, commandLine, { ...ben, passwordHash: 'x' });
    const administrator = { ...by(operatorId), requestId: 'request1' };
    await accounts.changeGrant(store, administrator, userId, { role: 'reviewer', ...all, brands: ['northpeak'] });
    const { rows } = await listAudit(store, by(operatorId), { ...filter, action: 'account_changed' });
    expect(rows).toMatchObject([
      {
        requestId: 'request1',
        detail: {
          role: 'reviewer',
          brands: ['northpeak'],
          vendors: null,
          agents: null,
          roleBefore: 'vendor_manager',
          brandsBefore: null,
          vendorsBefore: ['suda'],
          agentsBefore: null,
        },
      },
    ]);
  });

  test("an operator takes somebody's second factor away with every session of theirs, but not their own", async () => {
    const userId = await accounts.makeAccount(store, commandLine, { ...ben, passwordHash: 'x' });
    expect(await resetSecondFactor(store, by(operatorId), userId)).toBe(false);
    await store.db.updateTable('users').set({ twoFactorEnabled: true }).execute();
    await store.db
      .insertInto('second_factors')
      .values({ id: 'f', secret: 's', backupCodes: 'b', userId, verified: true })
      .execute();
    await store.db
      .insertInto('sessions')
      .values({ id: 's', token: 't', userId, expiresAt: new Date(Date.now() + day), updatedAt: new Date() })
      .execute();
    expect(await resetSecondFactor(store, by(operatorId), userId)).toBe(true);
    for (const table of ['second_factors', 'sessions'] as const)
      expect(await store.db.selectFrom(table).selectAll().execute()).toEqual([]);
    await expect(resetSecondFactor(store, by(operatorId), operatorId)).rejects.toThrow(accounts.AccountError);
    const factors = (await accounts.listAccounts(store, by(operatorId))).map((one) => [one.name, one.hasSecondFactor]);
    expect(factors).toEqual([
      ['Anna', true],
      ['Ben', false],
    ]);
    expect(await listAudit(store, by(operatorId), { ...filter, action: 'second_factor_reset' })).toMatchObject({
      total: 1,
    });
  });

  describe('an identity', () => {
    const issuer = 'https://login.example.com';
    const origin = { address: '10.0.0.1', requestId: 'request1' };
    const identity = (subject: string, verifiedEmail: string | null) => ({
      issuer,
      subject,
      verifiedEmail,
      name: 'B. Ben',
    });
    const find = (subject: string, email: string | null, newAccounts: NewAccounts | null = null) =>
      ownerOf(store, identity(subject, email), newAccounts, origin);

    test('leads to the account of its verified address, and stays with it when the address changes', async () => {
      const userId = await accounts.makeAccount(store, commandLine, { ...ben, passwordHash: 'x' });
      expect(await find('1', null)).toEqual({ kind: 'unverified', email: null });
      expect(await find('1', 'Ben@Test.example')).toMatchObject({ kind: 'known', userId, name: 'Ben' });
      expect(await find('1', 'other@test.example')).toMatchObject({ kind: 'known', userId });
      expect(await find('1', null)).toMatchObject({ kind: 'known', userId });
      const { rows } = await listAudit(store, by(operatorId), { ...filter, action: 'identity_linked' });
      expect(rows).toMatchObject([{ actorId: userId, subject: ben.email, requestId: 'request1', detail: { issuer } }]);
    });

    test('is refused where the account is disabled, linked to another identity or not there', async () => {
      const userId = await accounts.makeAccount(store, commandLine, { ...ben, passwordHash: 'x' });
      expect(await find('9', 'nobody@test.example')).toEqual({ kind: 'unknown', email: 'nobody@test.example' });
      await find('1', ben.email);
      expect(await find('2', ben.email)).toEqual({ kind: 'linked_otherwise', email: ben.email });
      await accounts.setDisabled(store, by(operatorId), userId, true);
      expect(await find('1', ben.email)).toEqual({ kind: 'disabled', email: ben.email });
      await accounts.setDisabled(store, by(operatorId), userId, false);
      expect(await unlinkIdentity(store, by(operatorId), userId)).toBe(true);
      expect(await unlinkIdentity(store, by(operatorId), userId)).toBe(false);
      expect(await find('2', ben.email)).toMatchObject({ kind: 'known', userId });
    });

    test('takes an open invitation to its address, and has a password once it uses a reset link', async () => {
      const token = await links.invite(store, by(operatorId), ben);
      const owner = await find('1', ben.email);
      expect(owner).toMatchObject({ kind: 'known', name: 'B. Ben', email: ben.email });
      await expect(links.openLink(store, 'invitation', token)).rejects.toThrow(links.LinkError);
      const [, made] = await accounts.listAccounts(store, by(operatorId));
      expect(made).toMatchObject({ role: ben.role, vendors: ben.vendors, hasIdentity: true });
      const passwords = store.db.selectFrom('credentials').select('userId').where('password', 'is not', null);
      expect(await passwords.execute()).toHaveLength(1);
      await links.useResetLink(store, await links.makeResetLink(store, by(operatorId), ben.email), 'x');
      expect(await passwords.execute()).toHaveLength(2);
    });

    test('gets an account of its own where its domain is configured to, and only there', async () => {
      const newAccounts = {
        domains: ['test.example'],
        role: 'reviewer',
        ...all,
        brands: ['northpeak'],
        agents: null,
      } as const;
      expect(await find('1', 'x@test.example.evil.example', newAccounts)).toMatchObject({ kind: 'unknown' });
      expect(await find('1', 'new@test.example', newAccounts)).toMatchObject({ kind: 'known' });
      expect(await accounts.listAccounts(store, by(operatorId))).toMatchObject([
        { role: 'operator' },
        { role: 'reviewer', brands: ['northpeak'], vendors: null },
      ]);
    });
  });

  test('what must come back from an identity provider serves once, within ten minutes, and is kept of sixty from one place', async () => {
    const check = { state: 'state', nonce: 'nonce', codeVerifier: 'verifier' };
    const from = (address: string, to: string | null = null) => ({ address, to });
    await keepCheck(store, check, from('10.0.0.1', '/cases'));
    const taking = await Promise.all([takeCheck(store, 'state'), takeCheck(store, 'state')]);
    expect(taking.filter((taken) => taken !== null)).toEqual([{ check, to: '/cases' }]);
    await keepCheck(store, check, from('10.0.0.1'));
    expect(await takeCheck(store, 'state', new Date(Date.now() + 11 * 60_000))).toBeNull();
    await keepCheck(store, { ...check, state: 'forgotten' }, from('10.0.0.1'), new Date(0));
    const kept: boolean[] = [];
    for (let count = 0; count < 61; count++)
      kept.push(await keepCheck(store, { ...check, state: `${count}` }, from('10.0.0.1')));
    expect(kept.filter(Boolean)).toHaveLength(60);
    expect(await keepCheck(store, check, from('10.0.0.2'))).toBe(true);
    expect(await store.db.selectFrom('verifications').selectAll().execute()).toHaveLength(61);
  });

  test('another configuration is logged once, by what differs in it, also of two servers that see it at once', async () => {
    const first = { path: '/a.yaml', sha256: 'one', parts: { timezone: '1', 'brands.a': '1' } };
    const second = { path: '/a.yaml', sha256: 'two', parts: { timezone: '2', 'brands.b': '1' } };
    for (const seen of [first, second])
      expect((await Promise.all([1, 2].map(() => recordConfiguration(store, seen)))).sort()).toEqual([false, true]);
    expect(await recordConfiguration(store, second)).toBe(false);
    const { rows } = await listAudit(store, by(operatorId), { ...filter, action: 'configuration_changed' });
    expect(rows.map(({ detail }) => detail)).toEqual([
      { sha256: 'two', isFirst: false, added: ['brands.b'], removed: ['brands.a'], changed: ['timezone'] },
      { sha256: 'one', isFirst: true, added: [], removed: [], changed: [] },
    ]);
  });

  test('a new password by a link works and ends every session', async () => {
    const auth = makeAuth({
      store,
      secret: 'a secret of more than thirty-two characters',
      baseUrl: 'http://localhost',
    });
    const request = { headers: new Headers(), address: '127.0.0.1', requestId: 'r', device: null };
    await links.useResetLink(
      store,
      await links.makeResetLink(store, by(operatorId), anna.email),
      await hashPassword('first password'),
    );
    expect(await signIn(auth, store, { email: anna.email, password: 'first password' }, request)).toMatchObject({
      kind: 'in',
    });
    const [session] = await store.db.selectFrom('sessions').select('token').execute();
    expect(session).toBeDefined();
    await links.useResetLink(
      store,
      await links.makeResetLink(store, by(operatorId), anna.email),
      await hashPassword('second password'),
    );
    expect(await store.db.selectFrom('sessions').selectAll().execute()).toEqual([]);
    expect(await signIn(auth, store, { email: anna.email, password: 'first password' }, request)).toEqual({
      kind: 'wrong',
    });
  });

  test('a forged or a missing cookie is nobody', async () => {
    const auth = makeAuth({
      store,
      secret: 'a secret of more than thirty-two characters',
      baseUrl: 'http://localhost',
    });
    for (const cookie of [
      '',
      'aftersight.session_token=',
      'aftersight.session_token=abc.def',
      "aftersight.session_token=' or 1=1 --",
    ])
      expect(await whoIs(auth, store, new Headers({ cookie }))).toBeNull();
  });

  describe('the audit log', () => {
    test('tells of every change of accounts, newest first, and filters', async () => {
      await links.invite(store, by(operatorId), ben);
      await accounts.changeGrant(store, by(operatorId), operatorId, { role: 'operator', ...all });
      const { rows, total } = await listAudit(store, by(operatorId), filter);
      expect(rows.map(({ action, actor }) => [action, actor])).toEqual([
        ['account_changed', 'Anna'],
        ['account_invited', 'Anna'],
        ['account_made', commandLine.name],
      ]);
      expect(total).toBe(3);
      expect(await listAudit(store, by(operatorId), { ...filter, action: 'account_invited' })).toMatchObject({
        total: 1,
      });
      expect(await listAudit(store, by(operatorId), { ...filter, to: '2000-01-01T00:00:00Z' })).toMatchObject({
        total: 0,
      });
    });

    test('is a chain, whoever writes at once', async () => {
      const writing = Array.from({ length: 20 }, (_, index) =>
        record(store, {
          actor: null,
          action: 'export',
          subject: `file ${index}`,
          detail: { b: [1].map(String), a: null },
        }),
      );
      await Promise.all(writing);
      expect(await verifyAudit(store)).toEqual({ isIntact: true, rows: 21 });
    });

    test('only grows, and shows a row that was changed, removed or cut off behind its back', async () => {
      for (const subject of ['a', 'b', 'c', 'd']) await record(store, { actor: null, action: 'export', subject });
      for (const statement of ['update audit_log set subject = $$x$$', 'delete from audit_log', 'truncate audit_log'])
        await expect(sql.raw(statement).execute(store.db)).rejects.toThrow('only grows');
      await sql`alter table audit_log disable trigger audit_log_only_grows`.execute(store.db);
      await sql`update audit_log set subject = 'x' where seq = 3`.execute(store.db);
      expect(await verifyAudit(store)).toEqual({ isIntact: false, seq: 3 });
      await sql`update audit_log set subject = 'b' where seq = 3`.execute(store.db);
      expect(await verifyAudit(store)).toEqual({ isIntact: true, rows: 5 });
      await sql`delete from audit_log where seq = 5`.execute(store.db);
      expect(await verifyAudit(store)).toEqual({ isIntact: false, seq: 5 });
      await sql`delete from audit_log where seq = 2`.execute(store.db);
      expect(await verifyAudit(store)).toEqual({ isIntact: false, seq: 2 });
    });
  });

  describe('a backup', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'aftersight-backup-'));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    test('restores every row into an empty store, and the chain goes on', async () => {
      await accounts.makeAccount(store, commandLine, { ...ben, name: "O'Brien 名字", passwordHash: 'x' });
      await links.invite(store, by(operatorId), { ...ben, email: 'new@test.example' });
      const file = join(folder, 'store.gz');
      const { tables } = await backUp(store, file);
      expect(tables).toMatchObject({ users: 2, grants: 2, credentials: 2, links: 1, audit_log: 4 });
      const other = await home.fresh();
      try {
        expect(await restoreFrom(other, file)).toEqual({ tables });
        expect(await accounts.listAccounts(other, by(operatorId))).toEqual(
          await accounts.listAccounts(store, by(operatorId)),
        );
        expect(await verifyAudit(other)).toEqual({ isIntact: true, rows: 5 });
      } finally {
        await other.close();
      }
    });

    test('that is cut off, of another kind or for a store with accounts is refused, and leaves nothing', async () => {
      const file = join(folder, 'store.gz');
      await backUp(store, file);
      await expect(restoreFrom(store, file)).rejects.toThrow(StoreError);
      const lines = gunzipSync(await readFile(file))
        .toString()
        .split('\n');
      await writeFile(file, gzipSync(lines.slice(0, -2).join('\n')));
      const other = await home.fresh();
      try {
        await expect(restoreFrom(other, file)).rejects.toThrow('cut off');
        await writeFile(file, gzipSync('{"format":"something else"}\n'));
        await expect(restoreFrom(other, file)).rejects.toThrow('not a backup');
        expect(await accounts.countAccounts(other)).toBe(0);
        expect(await verifyAudit(other)).toEqual({ isIntact: true, rows: 0 });
      } finally {
        await other.close();
      }
    });
  });
});
