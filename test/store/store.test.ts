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
import { signIn, whoIs } from '#lib/server/sign_in.ts';
import { AccessError } from '#lib/server/store/access_error.ts';
import * as accounts from '#lib/server/store/accounts.ts';
import { commandLine, listAudit, record, verifyAudit } from '#lib/server/store/audit.ts';
import { backUp, restoreFrom } from '#lib/server/store/backup.ts';
import * as links from '#lib/server/store/links.ts';
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
