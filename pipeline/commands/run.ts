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
  const [{ loadConfig }, { run }, { withLock }, { readCurrent }, { printRun }, { showProgress }] = await Promise.all([
    import('#lib/server/config.ts'),
    import('../run.ts'),
    import('../publish/lock.ts'),
    import('#lib/server/snapshot.ts'),
    import('../terminal/run_report.ts'),
    import('../terminal/progress.ts'),
  ]);
  const config = await loadConfig(options.config);
  const progress = showProgress();
  try {
    const result = await withLock(config.dataDir, () =>
      run({ config, now: new Date(), asOf: options.asOf ?? null, full: options.full, env: process.env, onProgress: progress.update }),
    );
    progress.end();
    printRun(result, await readCurrent(config.dataDir), options.json);
    return result.published ? 0 : 3;
  } finally {
    progress.end();
  }
}
