import type { Locale } from '#lib/i18n/locale.ts';
import { catalogues, translator } from '#lib/i18n/translator.ts';
import type { Config } from '#lib/server/config.ts';
import type { Dimension } from '#lib/metrics/dimensions.ts';

/** Names a key of a dimension as people of this language call it, with the id where a command needs that. */
export function nameKey(config: Config, locale: Locale, dimension: Dimension, key: string | null): string {
  if (key === null) return translator(locale)('kpi.unknown');
  const messages = catalogues[locale];
  switch (dimension) {
    case 'brand':
      return nameDeclared(config.brands, locale, key);
    case 'vendor':
      return nameDeclared(config.vendors, locale, key);
    case 'reason_agent':
    case 'reason_buyer':
    case 'reason_warehouse':
      return config.reasons.find((reason) => reason.id === key)?.name[locale] ?? key;
    case 'platform':
      return nameIn(messages.platform, key);
    case 'channel':
      return nameIn(messages.channel, key);
    case 'request_type':
      return nameIn(messages.requestType, key);
    case 'severity':
      return nameIn(messages.severity, key);
    case 'priority':
      return nameIn(messages.priority, key);
    case 'agent':
    case 'sku':
    case 'day':
    case 'week':
    case 'month':
      return key;
  }
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

function nameIn(names: Readonly<Record<string, string>>, key: string): string {
  return names[key] ?? key;
}
