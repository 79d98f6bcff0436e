import { oidcRefusals } from '#lib/access/oidc_problems.ts';
import { type Role, isRole } from '#lib/access/roles.ts';
import { type Names, nameOfKey } from '#lib/i18n/names.ts';
import type { Translate } from '#lib/i18n/translate.ts';
import { keyDimensions } from '#lib/metrics/dimensions.ts';
import { scopeWords } from '../scope_words.ts';

interface Line {
  label: string;
  text: string;
}

type Detail = Readonly<Record<string, unknown>>;

/** What an entry says beyond who did what, in words; a key nobody wrote words for stays as it is. */
export function detailLines(t: Translate, names: Names, detail: Detail): Line[] {
  const { role, roleBefore, brands, vendors, agents, brandsBefore, vendorsBefore, agentsBefore, ...rest } = detail;
  const { address, by, why, issuer, search, message, reason, sha256, isFirst, added, removed, changed, ...others } =
    rest;
  const lines: Line[] = [];
  if (typeof address === 'string') lines.push({ label: t('access.audit.key.address'), text: address });
  if (typeof role === 'string' && isRole(role)) {
    const before = typeof roleBefore === 'string' && isRole(roleBefore) ? roleBefore : role;
    const sees = seesText(t, names, role, { brands, vendors, agents });
    // Entries from before scopes were kept tell the role alone.
    const saw =
      brandsBefore === undefined
        ? sees
        : seesText(t, names, before, { brands: brandsBefore, vendors: vendorsBefore, agents: agentsBefore });
    lines.push(
      { label: t('access.audit.key.role'), text: changeText(roleName(t, before), roleName(t, role)) },
      { label: t('access.audit.key.sees'), text: changeText(saw, sees) },
    );
  }
  if (typeof by === 'string') lines.push({ label: t('access.audit.key.by'), text: byText(t, by) });
  if (issuer !== undefined) lines.push({ label: t('access.audit.key.issuer'), text: plainText(issuer) });
  if (typeof why === 'string') lines.push({ label: t('access.audit.key.why'), text: whyText(t, why) });
  if (typeof search === 'string')
    lines.push({ label: t('access.audit.key.search'), text: searchText(t, names, search) });
  if (typeof message === 'string') lines.push({ label: t('access.audit.key.message'), text: message });
  if (typeof reason === 'string') lines.push({ label: t('access.audit.key.reason'), text: reason });
  if (typeof sha256 === 'string')
    lines.push(...configurationLines(t, { isFirst, added, removed, changed }), {
      label: 'SHA-256',
      text: sha256.slice(0, 16),
    });
  for (const [label, value] of Object.entries(others)) lines.push({ label, text: plainText(value) });
  return lines;
}

/** Which parts of the configuration differ; only comments or spaces where none does. */
function configurationLines(t: Translate, { isFirst, ...lists }: Detail): Line[] {
  if (isFirst === true) return [{ label: t('access.audit.key.content'), text: t('access.audit.firstSeen') }];
  const lines = (['added', 'removed', 'changed'] as const).flatMap((key) => {
    const names = idsOf(lists[key]) ?? [];
    return names.length === 0 ? [] : [{ label: t(`access.audit.key.${key}`), text: names.join(t('casesPage.and')) }];
  });
  return lines.length > 0 ? lines : [{ label: t('access.audit.key.content'), text: t('access.audit.onlyForm') }];
}

function changeText(before: string, after: string): string {
  return before === after ? after : `${before} → ${after}`;
}

function byText(t: Translate, by: string): string {
  switch (by) {
    case 'reset link':
      return t('access.audit.byReset');
    case 'mail':
      return t('access.audit.byMail');
    case 'oidc':
      return t('access.audit.byOidc');
    default:
      return by;
  }
}

function whyText(t: Translate, why: string): string {
  const known = oidcRefusals.find((one) => one === why);
  return known === undefined ? why : t(`access.audit.why.${known}`);
}

function roleName(t: Translate, role: string): string {
  return isRole(role) ? t(`access.role.${role}`) : role;
}

function seesText(t: Translate, names: Names, role: Role, lists: Record<'brands' | 'vendors' | 'agents', unknown>) {
  const { brands, vendors, agents } = lists;
  const grant = { role, brands: idsOf(brands), vendors: idsOf(vendors), agents: idsOf(agents) };
  return scopeWords(t, names, grant)?.join(' · ') ?? t('access.accounts.noScope');
}

function idsOf(value: unknown): string[] | null {
  return Array.isArray(value) ? value.map(String) : null;
}

/** The filters of an export as its URL had them: 品牌 北峰户外 · 开始日期 2026-10-01. */
function searchText(t: Translate, names: Names, search: string): string {
  const params = [...new URLSearchParams(search)];
  if (params.length === 0) return t('access.audit.everything');
  return params.map(([name, value]) => `${paramName(t, name)} ${paramValue(t, names, name, value)}`).join(' · ');
}

function paramName(t: Translate, name: string): string {
  if (name === 'from' || name === 'until') return t(`frame.filter.${name}`);
  if (name === 'metric') return t('kpi.metric');
  const dimension = keyDimensions.find((one) => one === name);
  return dimension === undefined ? name : t(`dimension.${dimension}`);
}

function paramValue(t: Translate, names: Names, name: string, value: string): string {
  if (name === 'metric') return nameOfKey(names, t, 'metric', value);
  const dimension = keyDimensions.find((one) => one === name);
  return dimension === undefined ? value : nameOfKey(names, t, dimension, value);
}

function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
