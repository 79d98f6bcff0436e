import type { Locale } from '#lib/i18n/locale.ts';
import type { Names } from '#lib/i18n/names.ts';
import { catalogues } from '#lib/i18n/translator.ts';
import { metrics } from '#lib/metrics/registry.ts';
import type { Config } from './config.ts';

/** Everything a page calls by name rather than by id, in one language. */
export function namesOf(config: Config, locale: Locale): Names {
  const declared = (list: readonly { id: string; name: Record<Locale, string> }[]) =>
    Object.fromEntries(list.map(({ id, name }) => [id, name[locale]]));
  const reasons = declared(config.reasons);
  const { platform, channel, requestType, severity, priority } = catalogues[locale];
  return {
    brand: declared(config.brands),
    vendor: declared(config.vendors),
    platform,
    channel,
    request_type: requestType,
    severity,
    priority,
    reason_agent: reasons,
    reason_buyer: reasons,
    reason_warehouse: reasons,
    metric: declared(metrics),
  };
}
