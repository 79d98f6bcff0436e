import type { Command } from 'commander';
import { type CommonOptions, parseInstant, withCommonOptions } from '../terminal/options.ts';

interface RunCommandOptions extends CommonOptions {
  asOf?: Date;
  full: boolean;
}

export function register(program: Command): void {
  withCommonOptions(program.command('run'))
    .description('the nightly run: load what is new, compute every KPI, check, publish')
    .option('--as-of <instant>', 'nothing after this instant exists (default: what the data reaches)', parseInstant)
    .option('--full', 'read every file again, also those already loaded', false)
    .action(async (options: RunCommandOptions) => {
      process.exitCode = await execute(options);
    });
}

async function execute(options: RunCommandOptions): Promise<number> {
  const [{ loadConfig }, { runLocked }, { readCurrent }, { formatRun, runAnswer }, { detectLocale }] =
    await Promise.all([
      import('#lib/server/config.ts'),
      import('../terminal/watched_run.ts'),
      import('#lib/server/snapshot.ts'),
      import('../terminal/run_report.ts'),
      import('#lib/i18n/locale.ts'),
    ]);
  const config = await loadConfig(options.config);
  const result = await runLocked(config, { asOf: options.asOf ?? null, full: options.full });
  const answer = options.json
    ? JSON.stringify(runAnswer(result))
    : formatRun(result, config, await readCurrent(config.dataDir), detectLocale(process.env));
  process.stdout.write(`${answer}\n`);
  return result.published ? 0 : 3;
}
