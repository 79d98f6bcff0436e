import type { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from '../terminal/options.ts';

export function register(program: Command): void {
  withCommonOptions(program.command('backup'))
    .description(
      'writes the accounts and what people did, the keys of the data folder and the snapshot in service into a new folder; also while serving',
    )
    .argument('<folder>', 'where to write; it must not exist')
    .action(execute);
}

async function execute(folder: string, { config: path, json }: CommonOptions): Promise<void> {
  const [{ loadConfig }, { backUpTo }, { detectLocale }, { translator }] = await Promise.all([
    import('#lib/server/config.ts'),
    import('../backup/backup.ts'),
    import('#lib/i18n/locale.ts'),
    import('#lib/i18n/translator.ts'),
  ]);
  const config = await loadConfig(path);
  const manifest = await backUpTo(config.dataDir, folder);
  const t = translator(detectLocale(process.env));
  const text = t('access.cli.backedUp', { folder, snapshot: manifest.snapshot?.name ?? '—' });
  process.stdout.write(`${json ? JSON.stringify({ folder, ...manifest }) : text}\n`);
}
