import { type ScopeField, fieldsOf, scopeFields } from '#lib/access/grant_fields.ts';
import { isRole, roleOf } from '#lib/access/roles.ts';
import type { Config } from './config.ts';
import type { Grant } from './store/accounts.ts';

/** What is wrong with a grant as a form gives it. */
export type GrantProblem =
  | { kind: 'invalid'; fields: 'role'[] }
  | { kind: 'scopeMissing'; fields: ScopeField[] }
  | { kind: 'unknown'; ids: string[] };

const longestId = 200;
const mostIds = 500;

const allFields = { brands: 'allBrands', vendors: 'allVendors', agents: null } as const;

/**
 * Reads a grant from the fields role, brands, vendors (each as often as picked, or allBrands and allVendors where the role may have all) and agents
 * (separated by commas). Lists that the role does not go by are left out; nothing picked never means all. Brands and vendors must be configured,
 * or among those the account has already.
 */
export function readGrant(form: FormData, config: Config, had: Grant | null = null): Grant | GrantProblem {
  const role = form.get('role');
  if (typeof role !== 'string' || !isRole(role)) return { kind: 'invalid', fields: ['role'] };
  const needs = fieldsOf(roleOf(role).reach);
  const isAll = (field: ScopeField) => {
    const all = allFields[field];
    return needs[field] === 'optional' && all !== null && form.has(all);
  };
  const given = (field: ScopeField) => (needs[field] === 'none' || isAll(field) ? [] : idsOf(form, field));
  const lists = { brands: given('brands'), vendors: given('vendors'), agents: given('agents') };

  const missing = scopeFields.filter((field) => needs[field] !== 'none' && !isAll(field) && lists[field].length === 0);
  if (missing.length > 0) return { kind: 'scopeMissing', fields: missing };
  const known = {
    brands: [...config.brands.map(({ id }) => id), ...(had?.brands ?? [])],
    vendors: [...config.vendors.map(({ id }) => id), ...(had?.vendors ?? [])],
  };
  const unknown = [
    ...lists.brands.filter((id) => !known.brands.includes(id)),
    ...lists.vendors.filter((id) => !known.vendors.includes(id)),
    ...lists.agents.filter((id) => id.length > longestId),
    ...lists.agents.slice(mostIds),
  ];
  if (unknown.length > 0) return { kind: 'unknown', ids: unknown.map((id) => id.slice(0, longestId)) };
  const orAll = (ids: string[]) => (ids.length === 0 ? null : ids);
  return { role, brands: orAll(lists.brands), vendors: orAll(lists.vendors), agents: orAll(lists.agents) };
}

function idsOf(form: FormData, field: ScopeField): string[] {
  const texts = form.getAll(field).filter((value) => typeof value === 'string');
  const ids = field === 'agents' ? texts.flatMap((text) => text.split(/[,，、;；\s]+/)) : texts;
  return [...new Set(ids.map((id) => id.trim()).filter((id) => id !== '' && !id.includes('\0')))];
}
