import type { Translate } from './translate.ts';

/** What may stand in a parameter of a URL. */
export type Allowed =
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'day' | 'order' | 'page' | 'link' }
  | { readonly kind: 'period' | 'characters' | 'words' | 'count'; readonly most: number };

/** Parameters of a URL that cannot be, as it gives them (`from=2026-11-01, until=2026-10-01`), and what may stand there. */
export interface ParameterFault {
  readonly found: string;
  readonly allowed: Allowed;
}

/** Says what may stand in a parameter. */
export function allowedText(t: Translate, allowed: Allowed): string {
  switch (allowed.kind) {
    case 'values':
      return t('frame.allowed.values', { values: allowed.values.join(', ') || '—' });
    case 'day':
    case 'order':
    case 'page':
    case 'link':
      return t(`frame.allowed.${allowed.kind}`);
    case 'period':
    case 'characters':
    case 'words':
    case 'count':
      return t(`frame.allowed.${allowed.kind}`, { most: allowed.most });
  }
}
