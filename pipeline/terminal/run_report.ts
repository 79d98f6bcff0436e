import type { Locale } from '#lib/i18n/locale.ts';
import { type Translate, translator } from '#lib/i18n/translator.ts';
import { formatCount, formatDuration } from '#lib/metrics/format.ts';
import type { Config } from '#lib/server/config.ts';
import type { Current } from '#lib/server/snapshot.ts';
import type { RunResult } from '../run.ts';
import { formatInstant } from './period.ts';
import { formatTable } from './table.ts';

const mergeProblemCount = 5;

/** The answer of a run for machines (DESIGN §7). */
export function runAnswer({ runId, asOf, published, files, checks }: RunResult): object {
  return { runId, asOf, published, files, checks: checks.map(({ name, rows }) => ({ name, rows })) };
}

/** Writes what a run did: every file's accounts, the checks, what is in service now. */
export function formatRun(result: RunResult, config: Config, current: Current | null, locale: Locale): string {
  const t = translator(locale);
  const count = (value: number): string => formatCount(value, locale);
  const { files, checks, stages, mergeProblems, newLoads } = result;
  const texts = (['source', 'table', 'file'] as const).map((key) => ({ head: t(`files.${key}`) }));
  const counts = (['records', 'loaded', 'superseded', 'ignored', 'quarantined'] as const).map((key) => ({
    key,
    head: t(`files.${key}`),
    align: 'right' as const,
  }));
  const rows = files.map((file) => ({
    cells: [file.source, file.table, file.file, ...counts.map(({ key }) => count(file[key]))],
  }));
  const failed = checks.filter((check) => check.rows > 0);
  const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  const lines = [
    ...(files.length === 0 ? [t('run.noData')] : [t('files.title'), '', formatTable([...texts, ...counts], rows)]),
    '',
    ...(newLoads === 0 && files.length > 0 ? [t('run.unchanged')] : []),
    failed.length === 0
      ? t('checks.allPassed', { count: checks.length })
      : t('checks.someFailed', { failed: failed.length, count: checks.length }),
    ...failed.map((check) => `  ✗ ${check.name}: ${count(check.rows)}  ${JSON.stringify(check.examples[0])}`),
    ...mergeProblems
      .slice(0, mergeProblemCount)
      .map(
        (merge) =>
          `${t('error.warning')}: ${t('run.mergeIgnored', { ticket: `${merge.source}/${merge.ticketId}`, into: merge.mergedInto })}: ${reasonOf(merge.reason, t)}`,
      ),
    ...(mergeProblems.length > mergeProblemCount
      ? [`  ${t('check.more', { rows: count(mergeProblems.length - mergeProblemCount) })}`]
      : []),
    `${published(result, config, current, t)} ${t('run.elapsed', { duration: formatDuration(seconds, locale) })}`,
  ];
  return lines.join('\n');
}

function reasonOf(reason: string, t: Translate): string {
  const reasons = {
    unknown_ticket: t('merge.unknown_ticket'),
    other_brand: t('merge.other_brand'),
    circle: t('merge.circle'),
  };
  return new Map(Object.entries(reasons)).get(reason) ?? reason;
}

function published(result: RunResult, config: Config, current: Current | null, t: Translate): string {
  if (result.published)
    return t('run.published', { snapshot: result.runId, asOf: formatInstant(result.asOf, config.timezone) });
  return current ? t('run.notPublished', { snapshot: current.snapshot }) : t('run.notPublishedFirst');
}
