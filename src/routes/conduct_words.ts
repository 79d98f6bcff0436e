import type { ConductCheck } from '#lib/qa/conduct.ts';
import type { Translate } from '#lib/i18n/translate.ts';

const plain = ['no_answer', 'no_greeting', 'never', 'order', 'evidence', 'outcome'] as const;

/** Puts into words why a check failed. */
export function conductDetail(t: Translate, check: ConductCheck, detail: string | null): string {
  if (check === 'closing') return t('conduct.detail.no_goodbye');
  if (detail === null) return '';
  if (check === 'forbidden') return t('conduct.detail.phrase', { what: detail });
  if (check === 'promise') return t('conduct.detail.promise', { what: detail });
  if (check === 'repeated') return t('conduct.detail.repeated', { count: detail });
  if (check === 'return_address' && detail === 'late') return t('conduct.detail.address_late');
  if (detail === 'late') return t('conduct.detail.late');
  const [kind, what = ''] = detail.split(':');
  if (kind === 'asked' || kind === 'exposed') return t(`conduct.detail.${kind}`, { what });
  return detail
    .split(',')
    .map((part) => {
      const known = plain.find((one) => one === part);
      return known ? t(`conduct.detail.${known}`) : part;
    })
    .join(t('usage.separator'));
}
