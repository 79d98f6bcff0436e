import type { Locale } from '#lib/i18n/locale.ts';
import { nameOfKey } from '#lib/i18n/names.ts';
import { translator } from '#lib/i18n/translator.ts';
import type { Dimension } from '#lib/metrics/dimensions.ts';
import type { Config } from '#lib/server/config.ts';
import { namesOf } from '#lib/server/names.ts';

/** Names a key of a dimension as people of this language call it, with the id where a command needs that. */
export function nameKey(config: Config, locale: Locale, dimension: Dimension, key: string | null): string {
  if (dimension === 'brand' && key !== null) return nameDeclared(config.brands, locale, key);
  if (dimension === 'vendor' && key !== null) return nameDeclared(config.vendors, locale, key);
  return nameOfKey(namesOf(config, locale), translator(locale), dimension, key);
}

interface Declared {
  id: string;
  name: Record<Locale, string>;
}

/** Writes the name of a brand or vendor and its id, as in 速达客服 (suda); the id alone where it has no other name. */
export function nameDeclared(declared: readonly Declared[], locale: Locale, id: string): string {
  const name = declared.find((one) => one.id === id)?.name[locale] ?? id;
  return name === id ? id : `${name} (${id})`;
}
