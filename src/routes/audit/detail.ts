import { type Role, isRole } from '#lib/access/roles.ts';
import { type Names, nameOfKey } from '#lib/i18n/names.ts';
import type { Translate } from '#lib/i18n/translate.ts';
import { keyDimensions } from '#lib/metrics/dimensions.ts';
import { scopeWords } from '../scope_words.ts';

interface Line {
  label: string;
  text: string;
}

/** What an entry says beyond who did what, in words; a key nobody wrote words for stays as it is. */
export function detailLines(t: Translate, names: Names, detail: Readonly<Record<string, unknown>>): Line[] {
  const { role, roleBefore, brands, vendors, agents, address, by, search, message, reason, ...rest } = detail;
  const lines: Line[] = [];
  if (typeof address === 'string') lines.push({ label: t('access.audit.key.address'), text: address });
  if (typeof role === 'string' && isRole(role)) {
    const before = typeof roleBefore === 'string' && roleBefore !== role ? `${roleName(t, roleBefore)} → ` : '';
    lines.push({ label: t('access.audit.key.role'), text: before + roleName(t, role) });
    lines.push({ label: t('access.audit.key.sees'), text: seesText(t, names, role, { brands, vendors, agents }) });
  }
  if (typeof by === 'string')
    lines.push({ label: t('access.audit.key.by'), text: by === 'reset link' ? t('access.audit.byReset') : by });
  if (typeof search === 'string')
    lines.push({ label: t('access.audit.key.search'), text: searchText(t, names, search) });
  if (typeof message === 'string') lines.push({ label: t('access.audit.key.message'), text: message });
  if (typeof reason === 'string') lines.push({ label: t('access.audit.key.reason'), text: reason });
  for (const [label, value] of Object.entries(rest)) lines.push({ label, text: plainText(value) });
  return lines;
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
