import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import type { Config } from '#lib/server/config.ts';
import { withLock } from '../publish/lock.ts';
import { run, type RunResult } from '../run.ts';
import { showProgress } from './progress.ts';

/** Runs under the lock with its progress and warnings on stderr. Errors: those of run, LockError. */
export async function runLocked(
  config: Config,
  { asOf, full }: { asOf: Date | null; full: boolean },
): Promise<RunResult> {
  const progress = showProgress();
  const t = translator(detectLocale(process.env));
  const warn = (text: string): unknown => process.stderr.write(`${t('error.warning')}: ${text}\n`);
  const onKeyMade = (path: string): unknown => warn(t('run.keyMade', { path }));
  try {
    const result = await withLock(config.dataDir, () =>
      run({ config, now: new Date(), asOf, full, env: process.env, onKeyMade, onProgress: progress.update }),
    );
    progress.end();
    result.warnings.forEach(warn);
    for (const { source, table, pattern } of result.unmatched)
      warn(`${source}/${table}: ${t('check.noFile', { patterns: pattern })}`);
    return result;
  } finally {
    progress.clear();
  }
}
