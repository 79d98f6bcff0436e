import type { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from '../terminal/options.ts';

export function register(program: Command): void {
  withCommonOptions(program.command('restore'))
    .description('puts a backup into an empty data folder, and verifies it')
    .argument('<folder>', 'a folder that backup wrote')
    .action(execute);
}

async function execute(folder: string, { config: path, json }: CommonOptions): Promise<void> {
  const [{ loadConfig }, { restoreTo }, { withLock }, { detectLocale }, { translator }] = await Promise.all([
    import('#lib/server/config.ts'),
    import('../backup/backup.ts'),
    import('../publish/lock.ts'),
    import('#lib/i18n/locale.ts'),
    import('#lib/i18n/translator.ts'),
  ]);
  const config = await loadConfig(path);
  const manifest = await withLock(config.dataDir, () => restoreTo(config.dataDir, folder));
  const t = translator(detectLocale(process.env));
  const text = t('access.cli.restored', { folder, snapshot: manifest.snapshot?.name ?? '—' });
  process.stdout.write(`${json ? JSON.stringify({ folder, ...manifest }) : text}\n`);
}
