import { fieldsOf } from '#lib/access/grant_fields.ts';
import { type Role, roleOf, roles } from '#lib/access/roles.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import type { z } from 'zod';
import type { Findings } from './config_findings.ts';
import { type oidcSchema, mailSchema, proxySchema, publicUrlSchema, signInSchema } from './config_schema.ts';

/** What somebody is given who signs in with an address of these domains and has neither account nor invitation; null stands for all. */
export interface NewAccounts {
  domains: readonly string[];
  role: Role;
  brands: readonly string[] | null;
  vendors: readonly string[] | null;
  agents: null;
}

/** An OpenID Connect provider that people may sign in with. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  /** Null for a client that has none and proves itself by PKCE alone. */
  clientSecret: string | null;
  label: Record<Locale, string>;
  /** Null: only accounts and invitations that are there. */
  newAccounts: NewAccounts | null;
}

export interface MailSettings {
  from: string;
  smtpUrl: string;
}

/** How the dashboard is reached from outside, and what it reaches. */
export interface WebSettings {
  /** The origin in browsers' address bars; null where only this machine reaches it. */
  publicUrl: string | null;
  /** Which header of the proxy in front names the client, lower case; null without one. */
  proxy: { addressHeader: string; hops: number } | null;
  oidc: OidcSettings | null;
  mail: MailSettings | null;
}

interface Declared {
  brands: readonly string[];
  vendors: readonly string[];
}

/** Resolves public_url, proxy, sign_in and mail; secrets that stand in the file and links without a public address are problems. */
export function resolveWeb(findings: Findings, top: Record<string, unknown>, declared: Declared): WebSettings {
  const parse = <S extends z.ZodType>(schema: S, key: string) =>
    top[key] === undefined ? null : findings.parse(schema, top[key], [key]);
  const publicUrl = parse(publicUrlSchema, 'public_url');
  const proxy = parse(proxySchema, 'proxy');
  const oidc = parse(signInSchema, 'sign_in')?.oidc;
  const mail = parse(mailSchema, 'mail');

  if (publicUrl?.startsWith('https:') && top['proxy'] === undefined)
    findings.add(
      ['public_url'],
      'https together with proxy: { address_header: x-forwarded-for }, since TLS ends in a proxy, behind which all clients have one address',
    );
  if (top['public_url'] === undefined && oidc) findings.addKey(['sign_in', 'oidc'], 'oidc together with public_url');
  if (top['public_url'] === undefined && mail)
    findings.addKey(['mail'], 'mail together with public_url, for its links');
  if (oidc?.client_secret !== undefined)
    findings.expectReference(['sign_in', 'oidc', 'client_secret'], '${AFTERSIGHT_OIDC_SECRET}');
  if (mail) findings.expectReference(['mail', 'smtp_url'], '${AFTERSIGHT_SMTP_URL}');
  return {
    publicUrl,
    proxy: proxy && { addressHeader: proxy.address_header, hops: proxy.hops ?? 1 },
    oidc: oidc ? resolveOidc(findings, oidc, declared) : null,
    mail: mail && { from: mail.from, smtpUrl: mail.smtp_url },
  };
}

function resolveOidc(findings: Findings, given: z.output<typeof oidcSchema>, declared: Declared): OidcSettings {
  const { issuer, client_id: clientId, client_secret: clientSecret, label, new_accounts: newAccounts } = given;
  return {
    issuer,
    clientId,
    clientSecret: clientSecret ?? null,
    label,
    newAccounts: newAccounts ? resolveNewAccounts(findings, newAccounts, declared) : null,
  };
}

function resolveNewAccounts(
  findings: Findings,
  given: NonNullable<z.output<typeof oidcSchema>['new_accounts']>,
  declared: Declared,
): NewAccounts {
  const path = ['sign_in', 'oidc', 'new_accounts'];
  const { reach } = roleOf(given.role);
  const isForAll = reach === 'everything' || reach === 'agents';
  if (isForAll)
    findings.add(
      [...path, 'role'],
      roles.filter((role) => !['everything', 'agents'].includes(roleOf(role).reach)).join(', '),
    );
  for (const field of ['brands', 'vendors'] as const) {
    const ids = given[field];
    const need = fieldsOf(reach)[field];
    if (isForAll) continue;
    if (need === 'none' && ids !== undefined) findings.addKey([...path, field], `no ${field} for a ${given.role}`);
    if (need === 'optional' && ids === undefined) findings.add([...path, field], 'all, or a list of ids');
    if (need === 'required' && (ids === undefined || ids === 'all')) findings.add([...path, field], 'a list of ids');
    if (Array.isArray(ids)) ids.forEach((id, index) => findings.expect([...path, field, index], id, declared[field]));
  }
  const listOf = (ids: readonly string[] | 'all' | undefined) => (ids === undefined || ids === 'all' ? null : ids);
  const { domains, role } = given;
  return { domains, role, brands: listOf(given.brands), vendors: listOf(given.vendors), agents: null };
}
