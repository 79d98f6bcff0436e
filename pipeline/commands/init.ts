import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { UsageError } from '../terminal/options.ts';

export function register(program: Command): void {
  program
    .command('init')
    .description('writes a commented configuration to start from, and an inbox with instructions')
    .option('--dir <dir>', 'the folder to write into', '.')
    .option('--json', 'print the answer as JSON', false)
    .action(execute);
}

async function execute({ dir, json }: { dir: string; json: boolean }): Promise<void> {
  const locale = detectLocale(process.env);
  const t = translator(locale);
  const config = join(dir, 'aftersight.yaml');
  const guide = join(dir, 'inbox', 'README.md');
  if (existsSync(config)) throw new UsageError(t('init.exists', { file: config }));
  const [{ starterConfig }, { inboxGuide }] = await Promise.all([
    import('../init/starter_config.ts'),
    import('../init/inbox_guide.ts'),
  ]);
  await mkdir(join(dir, 'inbox'), { recursive: true });
  const isGuideNew = !existsSync(guide);
  if (isGuideNew) await writeFile(guide, inboxGuide(locale), { flag: 'wx' });
  await writeFile(config, starterConfig(locale), { flag: 'wx' });
  const files = isGuideNew ? [config, guide] : [config];
  if (json) {
    process.stdout.write(`${JSON.stringify({ config, files })}\n`);
    return;
  }
  const option = config === 'aftersight.yaml' ? '' : ` --config ${config}`;
  const lines = [
    t('init.written'),
    ...files.map((file) => `  ${file}`),
    '',
    t('init.next'),
    `  1. ${t('init.edit', { file: config })}`,
    `  2. ${t('init.put', { folder: join(dir, 'inbox') })}`,
    `  3. ${t('init.check')}  npx aftersight check${option}`,
    `  4. ${t('init.run')}  npx aftersight run${option}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
