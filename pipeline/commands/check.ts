import type { Command } from 'commander';
import { detectLocale } from '#lib/i18n/locale.ts';
import { type CommonOptions, withCommonOptions } from '../terminal/options.ts';

const sampleRows = 10_000;
const rejectExamples = 3;

export function register(program: Command): void {
  withCommonOptions(program.command('check'))
    .description(
      'validates the configuration, opens every source, shows how columns map and the first rejected rows; loads nothing',
    )
    .action(async (options: CommonOptions) => {
      process.exitCode = await execute(options);
    });
}

async function execute(options: CommonOptions): Promise<number> {
  const [{ loadConfig }, { inspect }, { checkAnswer, formatInspection }, { showProgress }] = await Promise.all([
    import('#lib/server/config.ts'),
    import('../check/inspect.ts'),
    import('../terminal/check_report.ts'),
    import('../terminal/progress.ts'),
  ]);
  const config = await loadConfig(options.config);
  const progress = showProgress();
  const inspection = await inspect(config, {
    rows: sampleRows,
    examples: rejectExamples,
    onProgress: ({ file, done, of }) => progress.update({ stage: 'extract', detail: file, rows: 0, done, of }),
  }).finally(() => progress.clear());
  const locale = detectLocale(process.env);
  const text = options.json
    ? JSON.stringify(checkAnswer(inspection, config, sampleRows, locale))
    : formatInspection(inspection, config, sampleRows, locale);
  process.stdout.write(`${text}\n`);
  return inspection.sources.every(({ problems }) => problems.length === 0) ? 0 : 1;
}
