import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { formatCount } from '#lib/metrics/format.ts';
import type { Current } from '#lib/server/snapshot.ts';
import type { RunResult } from '../run.ts';
import { formatTable } from './table.ts';

/** Prints what a run did: every file's accounts, the checks, what is in service now. */
export function printRun(result: RunResult, current: Current | null, json: boolean): void {
  if (json) {
    const { runId, asOf, published, files } = result;
    const checks = result.checks.map(({ name, rows }) => ({ name, rows }));
    process.stdout.write(`${JSON.stringify({ runId, asOf, published, files, checks })}\n`);
    return;
  }
  const locale = detectLocale(process.env);
  const t = translator(locale);
  const count = (value: number): string => formatCount(value, locale);
  const files = result.files.map((file) => [
    file.source, file.table, file.file, ...[file.records, file.loaded, file.superseded, file.ignored, file.quarantined].map(count),
  ]);
  const head = (['source', 'table', 'file', 'records', 'loaded', 'superseded', 'ignored', 'quarantined'] as const).map((key) => t(`files.${key}`));
  const failed = result.checks.filter((check) => check.rows > 0);
  const lines = [
    t('files.title'),
    formatTable(head, files, head.map((_, index) => index > 2)),
    '',
    failed.length === 0
      ? t('checks.allPassed', { count: result.checks.length })
      : t('checks.someFailed', { failed: failed.length, count: result.checks.length }),
    ...failed.map((check) => `  ${check.name}: ${count(check.rows)}  ${JSON.stringify(check.examples[0])}`),
    ...result.warnings.map((warning) => `${t('error.warning')}: ${warning}`),
    ...result.mergeProblems.slice(0, 5).map((merge) => `${t('error.warning')}: ${merge.source}/${merge.ticketId} → ${merge.mergedInto}: ${merge.reason}`),
    published(result, current, t),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function published(result: RunResult, current: Current | null, t: ReturnType<typeof translator>): string {
  if (result.published) return t('run.published', { snapshot: result.runId, asOf: result.asOf });
  return current ? t('run.notPublished', { snapshot: current.snapshot }) : t('run.notPublishedFirst');
}
