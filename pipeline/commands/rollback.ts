import type { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from '../terminal/options.ts';

export function register(program: Command): void {
  withCommonOptions(program.command('rollback'))
    .description('puts an older snapshot back into service')
    .argument('[snapshot]', 'its name (default: the one before the current)')
    .action(execute);
}

async function execute(snapshot: string | undefined, options: CommonOptions): Promise<void> {
  const [{ loadConfig }, { withLock }, { rollback }, { detectLocale }, { translator }] = await Promise.all([
    import('#lib/server/config.ts'),
    import('../publish/lock.ts'),
    import('../publish/rollback.ts'),
    import('#lib/i18n/locale.ts'),
    import('#lib/i18n/translator.ts'),
  ]);
  const config = await loadConfig(options.config);
  const current = await withLock(config.dataDir, () => rollback(config.dataDir, snapshot ?? null));
  if (options.json) process.stdout.write(`${JSON.stringify(current)}\n`);
  else
    process.stdout.write(
      `${translator(detectLocale(process.env))('run.rolledBack', { snapshot: current.snapshot })}\n`,
    );
}
