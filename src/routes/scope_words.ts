import { fieldsOf } from '#lib/access/grant_fields.ts';
import { type Scope, scopeOf } from '#lib/access/principal.ts';
import { type Role, roleOf } from '#lib/access/roles.ts';
import { type Names, nameOfKey } from '#lib/i18n/names.ts';
import type { Translate } from '#lib/i18n/translate.ts';

/** What an account sees, list by list: 全部品牌, 速达客服; null where it lacks what its role needs and sees nothing. */
export function scopeWords(t: Translate, names: Names, grant: Scope & { role: Role }): string[] | null {
  const needs = fieldsOf(roleOf(grant.role).reach);
  const { brands, vendors, agents } = scopeOf({ ...grant, userId: '' });
  if ([brands, vendors, agents].some((ids) => ids?.length === 0)) return null;
  const join = (texts: readonly string[]) => texts.join(t('casesPage.and'));
  const named = (dimension: 'brand' | 'vendor', ids: readonly string[]) =>
    join(ids.map((id) => nameOfKey(names, t, dimension, id)));
  const words = [
    ...(needs.brands === 'none' ? [] : [brands === null ? t('access.account.allBrands') : named('brand', brands)]),
    ...(needs.vendors === 'none' ? [] : [vendors === null ? t('access.account.allVendors') : named('vendor', vendors)]),
    ...(agents === null ? [] : [`${t('access.account.agents')} ${join(agents)}`]),
  ];
  return words.length === 0 ? [t('access.reach.everything')] : words;
}
