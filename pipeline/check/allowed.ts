import type { DuckDBConnection } from '@duckdb/node-api';
import type { Config } from '#lib/server/config.ts';
import type { Translate } from '#lib/i18n/translator.ts';

const listOf = {
  platform: 'platform',
  channel: 'channel',
  request_type: 'request_type',
  severity: 'severity',
  status: 'status',
  sender: 'sender',
  kind: 'event_kind',
  judged_for: 'judgement',
  decided_by: 'decider',
  goods_status: 'goods_status',
} as const;

/** The words that each column with a closed list allows. */
export type Vocabulary = ReadonlyMap<string, readonly string[]>;

/** Reads the closed lists from the types that the warehouse checks against. */
export async function readVocabulary(connection: DuckDBConnection): Promise<Vocabulary> {
  const entries = Object.entries(listOf);
  const lists = entries.map(([, type]) => `enum_range(null::vocabulary.${type})::varchar[]`).join(', ');
  const [row] = (await connection.runAndReadAll(`select ${lists}`)).getRowsJson();
  return new Map(
    entries.map(([column], index) => {
      const words = row?.[index];
      return [column, Array.isArray(words) ? words.map(String) : []];
    }),
  );
}

/** Says what would have been allowed where a value was rejected. */
export function describeAllowed(
  reject: { table: string; column: string | null; reason: string },
  { config, vocabulary, t }: { config: Config; vocabulary: Vocabulary; t: Translate },
): string {
  const column = reject.column ?? '';
  if (reject.reason === 'malformed') return t('allowed.record');
  if (reject.reason === 'rounded') return t('allowed.digits');
  if (reject.reason === 'unknown_ticket') return t('allowed.ticket');
  if (column === 'brand_id') return config.brands.map(({ id }) => id).join(', ');
  if (column === 'vendor_id') return config.vendors.map(({ id }) => id).join(', ');
  if (column === 'detail') return [...(vocabulary.get('judged_for') ?? []), '1', '2', '3'].join(', ');
  const words = vocabulary.get(column);
  if (words) return words.join(', ');
  if (/(^|_)at$/.test(column)) return t('allowed.instant');
  if (column === 'day') return t('allowed.day');
  if (column.startsWith('is_')) return t('allowed.truth');
  if (column === 'priority') return '1, 2, 3';
  if (column === 'csat_score') return t('allowed.score');
  if (column === 'attributes') return t('allowed.object');
  if (/_minor$|^(units|orders|seq)$/.test(column)) return t('allowed.integer');
  return t('allowed.anything');
}
