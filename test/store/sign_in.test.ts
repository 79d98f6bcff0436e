import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Auth, hashPassword, makeAuth } from '#lib/server/auth.ts';
import { makeDevice } from '#lib/server/known_device.ts';
import { type SignInOutcome, signIn } from '#lib/server/sign_in.ts';
import { makeAccount } from '#lib/server/store/accounts.ts';
import { begin, codeCounts, lockedUntil, mostFailures, passwordCounts, succeeded } from '#lib/server/store/attempts.ts';
import { commandLine } from '#lib/server/store/audit.ts';
import { endSessions } from '#lib/server/store/sessions.ts';
import type { Store } from '#lib/server/store/store.ts';
import { type StoreHome, engines, openHome } from './stores.ts';

const secret = 'a secret of more than thirty-two characters';
const password = 'four words are enough';
const email = 'anna@test.example';
const quarter = 15 * 60_000;

describe.each(engines)('on %s', (engine) => {
  let home: StoreHome;
  let store: Store;
  let auth: Auth;
  let passwordHash: string;
  beforeAll(async () => {
    home = await openHome(engine);
    passwordHash = await hashPassword(password);
  });
  beforeEach(async () => {
    store = await home.fresh();
    auth = makeAuth({ store, secret, baseUrl: 'http://localhost' });
    const all = { brands: null, vendors: null, agents: null };
    await makeAccount(store, commandLine, { name: 'Anna', email, role: 'operator', ...all, passwordHash });
  });
  afterEach(() => store.close());
  afterAll(() => home.close());

  function attempt(given: string, { from = '10.0.0.1', device = null as string | null } = {}): Promise<SignInOutcome> {
    const request = { headers: new Headers(), address: from, requestId: 'r', device };
    return signIn(auth, store, { email, password: given }, request);
  }

  test('of a hundred attempts at once no more are made than of a hundred in a row', async () => {
    const counts = passwordCounts({ email, device: null, address: '10.0.0.1' });
    const begun = await Promise.all(Array.from({ length: 100 }, () => begin(store, counts)));
    const made = begun.filter(({ until }) => until === null).length;
    expect(made).toBe(mostFailures.account);
  });

  test('after too many wrong passwords the right one opens nothing either, from wherever, until a quarter of an hour later', async () => {
    for (let count = 1; count < mostFailures.account; count++)
      expect(await attempt('guess', { from: `10.0.0.${count}` })).toEqual({ kind: 'wrong' });
    expect(await attempt('guess')).toMatchObject({ kind: 'locked' });
    expect(await attempt(password, { from: '10.9.9.9' })).toMatchObject({ kind: 'locked' });
    const counts = passwordCounts({ email, device: null, address: '10.0.0.1' });
    expect(await lockedUntil(store.db, counts, new Date(Date.now() + quarter + 1000))).toBeNull();
  });

  test('who fails elsewhere shuts no browser out that the account signed in from', async () => {
    const outcome = await attempt(password);
    const device = outcome.kind === 'in' ? outcome.device : null;
    for (let count = 0; count < mostFailures.account; count++) await attempt('guess', { from: '10.6.6.6' });
    expect(await attempt(password)).toMatchObject({ kind: 'locked' });
    expect(await attempt(password, { from: '10.6.6.6', device })).toMatchObject({ kind: 'in' });
  });

  test('a browser is known to the account it signed in to, and only as long as it does not guess itself', async () => {
    for (let count = 0; count < mostFailures.account; count++) await attempt('guess');
    const made = makeDevice(secret, email);
    for (const device of [
      makeDevice(secret, 'ben@test.example'),
      makeDevice(`${secret}!`, email),
      made.replace(/^./, (first) => (first === 'a' ? 'b' : 'a')),
      `.${made.split('.')[1]}`,
      '',
      'x.y.z',
    ])
      expect(await attempt(password, { device }), device).toMatchObject({ kind: 'locked' });
    for (let count = 1; count < mostFailures.device; count++)
      expect(await attempt('guess', { device: made })).toEqual({ kind: 'wrong' });
    expect(await attempt('guess', { device: made })).toMatchObject({ kind: 'locked' });
  });

  test('one address fails for no more than so many accounts, and its own successes do not wash it clean', async () => {
    const counts = (name: string) => passwordCounts({ email: name, device: null, address: '10.0.0.1' });
    for (let count = 0; count < mostFailures.address - 1; count++) await begin(store, counts(`${count}@test.example`));
    const own = await begin(store, counts(email));
    if (own.until === null) await succeeded(store, counts(email), own.ids);
    expect(await begin(store, counts('next@test.example'))).toMatchObject({ until: null });
    expect(await begin(store, counts('last@test.example'))).toMatchObject({ until: expect.any(Date) });
  });

  test('a code is taken once, also of two that come together', async () => {
    const counts = codeCounts({ userId: 'anna', code: '123456' });
    const [one, other] = await Promise.all([begin(store, counts), begin(store, counts)]);
    expect([one.until, other.until].filter((until) => until === null)).toHaveLength(1);
    expect((await begin(store, counts)).until).not.toBeNull();
    expect((await begin(store, codeCounts({ userId: 'anna', code: '123457' }))).until).toBeNull();
    expect((await begin(store, codeCounts({ userId: 'ben', code: '123456' }))).until).toBeNull();
  });

  test('no account, a wrong password and a disabled account look alike and take as long', async () => {
    await store.db.updateTable('grants').set({ disabled_at: new Date() }).execute();
    const times = async (name: string): Promise<number> => {
      const startedMs = performance.now();
      const request = { headers: new Headers(), address: '10.0.0.1', requestId: 'r', device: null };
      expect(await signIn(auth, store, { email: name, password }, request)).toEqual({ kind: 'wrong' });
      return performance.now() - startedMs;
    };
    await times('warm@test.example');
    const [disabled, unknown] = [await times(email), await times('nobody@test.example')];
    const hashing: number[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const startedMs = performance.now();
      await hashPassword(password);
      hashing.push(performance.now() - startedMs);
    }
    expect(Math.min(disabled, unknown)).toBeGreaterThan(Math.min(...hashing) / 2);
  });

  test('behind TLS every cookie is for TLS alone', async () => {
    const secure = makeAuth({ store, secret, baseUrl: 'https://service.example.com' });
    const response = await secure.api.signInEmail({ body: { email, password }, asResponse: true });
    const set = response.headers.getSetCookie();
    expect(set).not.toEqual([]);
    for (const one of set) expect(one).toMatch(/^__Secure-(?=.*; HttpOnly)(?=.*; Secure)(?=.*; SameSite=Lax)/);
  });

  test('what a right password began is over with the password', async () => {
    const { id } = await store.db.selectFrom('users').select('id').executeTakeFirstOrThrow();
    const expiresAt = new Date(Date.now() + quarter);
    const challenge = { id: 'c', identifier: '2fa-x', value: id, expiresAt };
    await store.db.insertInto('verifications').values(challenge).execute();
    await endSessions(store.db, id);
    expect(await store.db.selectFrom('verifications').selectAll().execute()).toEqual([]);
  });
});
