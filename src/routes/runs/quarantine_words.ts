import type { Translate } from '#lib/i18n/translate.ts';

const reasons = ['missing', 'unreadable', 'unknown', 'undeclared', 'rounded', 'unknown_ticket', 'malformed'] as const;

/** What kept a record out, in words; a reason nobody wrote words for stays as it is. */
export function reasonName(t: Translate, reason: string): string {
  const known = reasons.find((one) => one === reason);
  return known === undefined ? reason : t(`reason.${known}`);
}

/** The list of records in quarantine of one kind; what is left out or null takes everything. */
export function quarantineLink(asked: {
  source?: string | null;
  table?: string | null;
  column?: string | null;
  reason?: string | null;
  page?: number;
}): string {
  const { source, table, column, reason, page } = asked;
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ source, table, column, reason })) if (value) params.set(name, value);
  if (page !== undefined && page > 1) params.set('page', String(page));
  const query = params.toString();
  return query === '' ? '/runs/quarantine' : `/runs/quarantine?${query}`;
}
