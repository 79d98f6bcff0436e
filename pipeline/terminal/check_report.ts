import type { Locale } from '#lib/i18n/locale.ts';
import { type Translate, translator } from '#lib/i18n/translator.ts';
import { formatCount } from '#lib/metrics/format.ts';
import type { Config } from '#lib/server/config.ts';
import { describeAllowed } from '../check/allowed.ts';
import type { ColumnUse } from '../check/columns.ts';
import type { InspectedFile, InspectedSource, Inspection } from '../check/inspect.ts';
import type { RejectRow } from '../check/rejects.ts';
import { fitWidth, formatTable, style, wrapWords } from './table.ts';

const lineWidth = 110;
const valueWidth = 60;

/** The answer of check for machines; `rows` is how many records of each file were looked at. */
export function checkAnswer({ sources, vocabulary }: Inspection, config: Config, rows: number, locale: Locale): object {
  const t = translator(locale);
  return {
    config: config.path,
    usable: sources.every(({ problems }) => problems.length === 0),
    sampled: rows,
    warnings: config.warnings,
    sources: sources.map(({ source, files, problems, unmatched }) => ({
      source: source.name,
      kind: source.kind,
      transport: source.transport,
      problems: problems.map(({ table, file, message, remedy }) => ({ table, file, message, remedy })),
      unmatched,
      files: files.map(({ rejects, ...file }) => ({
        ...file,
        loaded: usable(file),
        rejects: rejects.map(({ table, record, column, value, reason, records }) => ({
          table,
          record,
          column,
          value,
          reason,
          records,
          allowed: describeAllowed({ table, column, reason }, { config, vocabulary, t }),
        })),
      })),
    })),
  };
}

/** Writes what check found: per source and table how columns map, what is missing, and the first rejected records. */
export function formatInspection(inspection: Inspection, config: Config, rows: number, locale: Locale): string {
  const t = translator(locale);
  const isSampled = inspection.sources.some(({ files }) => files.some((file) => file.isSampled));
  const isUsable = inspection.sources.every(({ problems }) => problems.length === 0);
  const isEmpty = isUsable && inspection.sources.every(({ files }) => files.length === 0);
  return [
    ...config.warnings.map((warning) => `${t('error.warning')}: ${warning}\n`),
    ...inspection.sources.map((source) => formatSource(source, inspection, config, locale)),
    isSampled ? t('check.sampled', { rows: formatCount(rows, locale) }) : t('check.whole'),
    isEmpty ? t('run.noData') : t(isUsable ? 'check.usable' : 'check.unusable'),
  ].join('\n');
}

function formatSource(
  { source, files, problems, unmatched }: InspectedSource,
  inspection: Inspection,
  config: Config,
  locale: Locale,
): string {
  const t = translator(locale);
  const tables = Map.groupBy(files, (file) => JSON.stringify([file.table, file.columns, file.required, file.absent]));
  const lines = [
    style('bold', `${t('files.source')} ${source.name}`) + `  ${source.kind}, ${source.timezone}`,
    ...[...tables.values()].flatMap((group) => formatGroup(group, inspection, config, locale)),
    ...problems.flatMap(({ table, message, remedy }) => ['', `  ✗ ${table}  ${message}`, `    → ${remedy}`]),
    ...(unmatched.length > 0 ? [''] : []),
    ...unmatched.map(({ table, globs }) => `  ○ ${table}  ${t('check.noFile', { patterns: globs.join(', ') })}`),
    '',
  ];
  return lines.join('\n');
}

/** Files of one table with the same columns: the mapping once, then each file with its rejects. */
function formatGroup(
  files: readonly InspectedFile[],
  inspection: Inspection,
  config: Config,
  locale: Locale,
): string[] {
  const t = translator(locale);
  const [first] = files;
  if (!first) return [];
  const lines = [
    '',
    `  ${style('bold', first.table)}`,
    ...formatColumns(first.columns, t),
    ...(first.fromConfig.length > 0
      ? [
          `    ${t('check.fromConfig', { values: first.fromConfig.map(({ column, value }) => `${column} = ${value}`).join(', ') })}`,
        ]
      : []),
    ...(first.absent.length > 0
      ? wrapWords(t('check.absent', { columns: first.absent.join(', ') }), lineWidth, '    ')
      : []),
    ...(first.required.length > 0 ? [`    ! ${t('check.required', { columns: first.required.join(', ') })}`] : []),
  ];
  return [...lines, ...files.flatMap((file) => formatFile(file, inspection, config, locale))];
}

function formatColumns(columns: readonly ColumnUse[], t: Translate): string[] {
  const isPlain = ({ column, canonical, treatment }: ColumnUse): boolean =>
    treatment === 'kept' && canonical.length === 1 && shorten(canonical) === column;
  const plain = columns.filter(isPlain).map(({ column }) => column);
  const others = columns.filter((use) => !isPlain(use));
  const table = formatTable(
    [{ head: t('mapping.column') }, { head: t('mapping.canonical') }, { head: t('mapping.treatment') }],
    others.map(({ column, canonical, treatment, perhaps }) => ({
      cells: [
        column,
        shorten(canonical) || (treatment === 'dropped' ? '—' : t('mapping.joined')),
        `${t(`mapping.${treatment}`)}${perhaps === null ? '' : `  ${t('check.perhaps', { column: perhaps })}`}`,
      ],
    })),
  );
  return [
    ...(plain.length > 0 ? wrapWords(t('mapping.same', { columns: plain.join(', ') }), lineWidth, '    ') : []),
    ...(others.length > 0 ? table.split('\n').map((line) => `    ${line}`) : []),
  ];
}

/** Canonical columns without their table, where they are of one table only. */
function shorten(canonical: readonly string[]): string {
  const tables = new Set(canonical.map((name) => name.split('.')[0]));
  return (tables.size === 1 ? canonical.map((name) => name.slice(name.indexOf('.') + 1)) : canonical).join(', ');
}

function formatFile(file: InspectedFile, { vocabulary }: Inspection, config: Config, locale: Locale): string[] {
  const t = translator(locale);
  const count = (value: number): string => formatCount(value, locale);
  const { format, encoding, superseded, ignored, quarantined } = file;
  const facts = t(file.isSampled ? 'check.fileFactsSampled' : 'check.fileFacts', {
    format,
    encoding,
    records: count(file.records),
  });
  const accounts = [
    t('check.loaded', { rows: count(usable(file)) }),
    ...(superseded > 0 ? [t('check.superseded', { rows: count(superseded) })] : []),
    ...(ignored > 0 ? [t('check.ignored', { rows: count(ignored) })] : []),
    ...(quarantined > 0 ? [t('check.quarantined', { rows: count(quarantined) })] : []),
    ...(quarantined > 0 && usable(file) === 0 ? [t('check.allRejected')] : []),
  ];
  const groups = Map.groupBy(file.rejects, ({ table, column, reason }) => `${table} ${column} ${reason}`);
  return [
    `    ${quarantined === 0 ? '✓' : '!'} ${file.file}  ${facts}`,
    `      ${accounts.join(' · ')}`,
    ...(file.skippedSheets.length > 0
      ? [`      ${t('check.skippedSheets', { sheets: file.skippedSheets.join(', ') })}`]
      : []),
    ...[...groups.values()].flatMap((group) => formatRejects(group)),
  ];

  function formatRejects(group: readonly RejectRow[]): string[] {
    const [first] = group;
    if (!first) return [];
    const { column, reason, records } = first;
    const named = [column, nameReason(reason, t)].filter((part) => part !== null).join('  ');
    const allowed = describeAllowed(first, { config, vocabulary, t });
    return [
      `      ${named}${records > 1 ? ` × ${count(records)}` : ''}`,
      ...wrapWords(t('check.allowed', { values: allowed }), lineWidth, '        '),
      ...group.map(({ record, value }) => {
        const shown = value === null ? t('mapping.empty') : quote(value, reason);
        return `        ${t('check.at', { record: count(record), value: shown })}`;
      }),
      ...(records > group.length ? [`        ${t('check.more', { rows: count(records - group.length) })}`] : []),
    ];
  }
}

function quote(value: string, reason: string): string {
  return reason === 'malformed' ? fitWidth(value, lineWidth) : JSON.stringify(fitWidth(value, valueWidth));
}

function nameReason(reason: string, t: Translate): string {
  const names = {
    missing: t('reason.missing'),
    unreadable: t('reason.unreadable'),
    unknown: t('reason.unknown'),
    undeclared: t('reason.undeclared'),
    rounded: t('reason.rounded'),
    unknown_ticket: t('reason.unknown_ticket'),
    malformed: t('reason.malformed'),
  };
  return new Map(Object.entries(names)).get(reason) ?? reason;
}

function usable({
  records,
  superseded,
  ignored,
  quarantined,
}: Pick<InspectedFile, 'records' | 'superseded' | 'ignored' | 'quarantined'>): number {
  return Math.max(0, records - superseded - ignored - quarantined);
}
