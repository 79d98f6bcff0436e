import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '#lib/server/config.ts';
import { diffParts, fingerprintOf } from '#lib/server/config_fingerprint.ts';
import { SecretError, appSecret } from '#lib/server/secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'aftersight-config-web-'));
const path = join(folder, 'aftersight.yaml');
afterAll(() => rmSync(folder, { recursive: true }));

const env = { OIDC: 'told by the provider', SMTP: 'smtps://me:secret@smtp.example.com' };
const base = 'timezone: Asia/Shanghai\nbrands: [{ id: b1 }]\nvendors: [{ id: v1 }]\n';
const front = 'public_url: https://service.example.com/\nproxy: { address_header: X-Forwarded-For, hops: 2 }\n';
const oidc = (more = '') =>
  `sign_in: { oidc: { issuer: https://login.example.com/staff, client_id: us, label: SSO, client_secret: "\${OIDC}"${more} } }\n`;

async function web(yaml: string) {
  writeFileSync(path, base + yaml);
  return (await loadConfig(path, env)).web;
}

describe('public_url, proxy, sign_in and mail', () => {
  it('are off unless they are given', async () => {
    expect(await web('')).toEqual({ publicUrl: null, proxy: null, oidc: null, mail: null });
  });

  it('take secrets from the environment and nothing else', async () => {
    const mail = 'mail: { from: "Us <us@example.com>", smtp_url: "${SMTP}" }\n';
    const newAccounts = ', new_accounts: { domains: [Example.com], role: reviewer, brands: [b1], vendors: all }';
    expect(await web(front + oidc(newAccounts) + mail)).toEqual({
      publicUrl: 'https://service.example.com',
      proxy: { addressHeader: 'x-forwarded-for', hops: 2 },
      oidc: {
        issuer: 'https://login.example.com/staff',
        clientId: 'us',
        clientSecret: env.OIDC,
        label: { 'zh-CN': 'SSO', 'zh-TW': 'SSO', en: 'SSO' },
        newAccounts: { domains: ['example.com'], role: 'reviewer', brands: ['b1'], vendors: null, agents: null },
      },
      mail: { from: 'Us <us@example.com>', smtpUrl: env.SMTP },
    });
  });

  it.each([
    ['a path in the public URL', 'public_url: http://a.example/b', 'public_url: found "http://a.example/b"'],
    [
      'TLS without a proxy that tells who asks',
      'public_url: https://a.example',
      'https together with proxy: { address_header: x-forwarded-for }',
    ],
    [
      'a header that is none',
      'proxy: { address_header: "x y" }',
      'proxy.address_header: found "x y"; allowed: a header',
    ],
    [
      'an identity provider without a public URL',
      oidc(),
      'found the key "oidc"; allowed: oidc together with public_url',
    ],
    [
      'an identity provider without TLS',
      `${front}${oidc().replace('https://login', 'http://login')}`,
      'sign_in.oidc.issuer: found "http://login.example.com/staff"',
    ],
    [
      'a client secret in the file',
      front + oidc().replace('${OIDC}', 'hush'),
      'sign_in.oidc.client_secret: found a secret; allowed: a secret from the environment, as ${AFTERSIGHT_OIDC_SECRET}',
    ],
    [
      'a client secret that is not set',
      front + oidc().replace('OIDC', 'NOPE'),
      'sign_in.oidc.client_secret: found ${NOPE}, which is not set',
    ],
    ['no label', front + oidc().replace('label: SSO, ', ''), 'sign_in.oidc.label: found nothing'],
    [
      'new operators',
      front + oidc(', new_accounts: { domains: [a.example], role: operator }'),
      'sign_in.oidc.new_accounts.role: found "operator"; allowed: brand_manager, merchandiser, qa_lead, reviewer, vendor_manager',
    ],
    [
      'new reviewers of whatever there is, unsaid',
      front + oidc(', new_accounts: { domains: [a.example], role: reviewer, brands: [b1] }'),
      'sign_in.oidc.new_accounts.vendors: found nothing; allowed: all, or a list of ids',
    ],
    [
      'new brand managers of all brands',
      front + oidc(', new_accounts: { domains: [a.example], role: brand_manager, brands: all }'),
      'sign_in.oidc.new_accounts.brands: found "all"; allowed: a list of ids',
    ],
    [
      'new accounts of an unknown brand',
      front + oidc(', new_accounts: { domains: [a.example], role: brand_manager, brands: [b2] }'),
      'sign_in.oidc.new_accounts.brands[0]: found "b2"; allowed: b1',
    ],
    [
      'a mail server in the file',
      `${front}mail: { from: a@b.example, smtp_url: "smtp://me:hush@b.example" }`,
      'mail.smtp_url: found a secret; allowed: a secret from the environment',
    ],
    [
      'a mail server that is none',
      `${front}mail: { from: a@b.example, smtp_url: "\${OIDC}" }`,
      'mail.smtp_url: found "${OIDC}"; allowed: an address such as smtps://',
    ],
    [
      'a sender that is none',
      `${front}mail: { from: nobody, smtp_url: "\${SMTP}" }`,
      'mail.from: found "nobody"; allowed: a sender',
    ],
    [
      'mail without a public URL',
      'mail: { from: a@b.example, smtp_url: "${SMTP}" }',
      'allowed: mail together with public_url',
    ],
  ])('%s is an error that says what is allowed, and no secret', async (_name, yaml, ...said) => {
    const error = await web(yaml).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ConfigError);
    const message = error instanceof ConfigError ? error.message : '';
    for (const part of said) expect(message).toContain(part);
    for (const secret of ['hush', env.OIDC, env.SMTP]) expect(message).not.toContain(secret);
  });
});

describe('the fingerprint of a configuration', () => {
  async function of(yaml: string) {
    writeFileSync(path, yaml);
    return fingerprintOf(path);
  }

  it('names the parts that differ, down to single brands, sources and contracts', async () => {
    const contract = 'contracts: [{ vendor: v1, brand: b1, from: 2026-01-01, targets: {} }]\n';
    const before = await of(`${base}limits: { workbook_mb: 40 }\n${contract}`);
    const after = await of(
      `${base.replace('{ id: b1 }', '{ id: b1, name: B }, { id: b2 }')}${contract}keep_snapshots: 3`,
    );
    expect(diffParts(before.parts, after.parts)).toEqual({
      added: ['brands.b2', 'keep_snapshots'],
      removed: ['limits.workbook_mb'],
      changed: ['brands.b1'],
    });
    expect(Object.keys(before.parts)).toContain('contracts.v1/b1/2026-01-01');
  });

  it('tells another file from another meaning: comments change the hash and no part', async () => {
    const [plain, commented] = [await of(base), await of(`# why\n${base}`)];
    expect(commented.sha256).not.toBe(plain.sha256);
    expect(commented.parts).toEqual(plain.parts);
  });

  it('does not depend on what a secret is', async () => {
    const yaml = 'sources: [{ name: a, url: ${OIDC} }]';
    expect(await of(yaml)).toEqual(await of(yaml));
    expect((await of(yaml)).parts).not.toEqual((await of(yaml.replace('${OIDC}', env.OIDC))).parts);
  });
});

describe('the secret that signs cookies', () => {
  it.each([
    ['short', 'needs at least 32 characters'],
    ['change-me change-me change-me change-me', 'can be guessed'],
    ['a'.repeat(64), 'can be guessed'],
  ])('is refused where it can be guessed: %s', async (secret, why) => {
    const asked = appSecret(folder, { AFTERSIGHT_SECRET: secret });
    await expect(asked).rejects.toThrow(SecretError);
    await expect(asked).rejects.toThrow(why);
  });

  it.each(['5e0c9a71f4d2b86837ab1d90c65fe243', 'k3+Zq0vPp1bTtW8yXn5sLr7dGh2fJ9mC4aVeUiO6xQw='])(
    'is taken as hexadecimal or base64: %s',
    async (secret) => {
      expect(await appSecret(folder, { AFTERSIGHT_SECRET: secret })).toBe(secret);
    },
  );

  it('is made once where none is given, and is good enough', async () => {
    const made = await appSecret(folder, {});
    expect(await appSecret(folder, {})).toBe(made);
  });
});
