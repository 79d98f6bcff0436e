import { join } from 'node:path';
import type { Command } from 'commander';
import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { UsageError } from '../terminal/options.ts';
import { type SampleCommandOptions, withSampleOptions } from '../terminal/sample_options.ts';

export function register(program: Command): void {
  withSampleOptions(program.command('generate'))
    .description('writes a realistic sample data set with its configuration and a truth file')
    .requiredOption('--out <dir>', 'the folder to write into')
    .option('--force', 'also into a folder that is not empty, replacing files of the same names', false)
    .action(execute);
}

async function execute(options: SampleCommandOptions & { out: string }): Promise<void> {
  const locale = detectLocale(process.env);
  const t = translator(locale);
  const { cases, seed, out } = options;
  const [
    { inspectFolder },
    { generate },
    { FILES },
    { showProgress },
    { formatTable },
    { formatCount, formatDuration },
  ] = await Promise.all([
    import('../demo/sample_folder.ts'),
    import('../generate/generate.ts'),
    import('../generate/sample_files.ts'),
    import('../terminal/progress.ts'),
    import('../terminal/table.ts'),
    import('#lib/metrics/format.ts'),
  ]);
  const { kind } = await inspectFolder(out);
  if (kind !== 'nothing' && !options.force) throw new UsageError(t('generate.notEmpty', { out }));
  const startedMs = performance.now();
  const progress = showProgress();
  const { rows } = await generate({
    cases,
    seed,
    out,
    onProgress: (done) => progress.update({ stage: 'generate', detail: out, rows: done, done, of: cases }),
  });
  progress.end();
  const files = Object.entries(FILES).map(([name, { path }]) => ({
    file: path,
    records: new Map(Object.entries(rows)).get(name) ?? 0,
  }));
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ out, cases, seed, config: join(out, 'aftersight.yaml'), truth: join(out, 'truth.json'), files })}\n`,
    );
    return;
  }
  const duration = formatDuration((performance.now() - startedMs) / 1000, locale);
  const table = formatTable(
    [{ head: t('files.file') }, { head: t('files.records'), align: 'right' }],
    files.map(({ file, records }) => ({ cells: [file, formatCount(records, locale)] })),
  );
  const next = `npx aftersight run --config ${join(out, 'aftersight.yaml')}`;
  process.stdout.write(
    `${[t('generate.written', { cases: formatCount(cases, locale), seed, out, duration }), '', table, '', t('generate.truth', { file: join(out, 'truth.json') }), `${t('init.next')} ${next}`].join('\n')}\n`,
  );
}
