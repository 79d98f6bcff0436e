import { join } from 'node:path';
import type { Command } from 'commander';
import { everything } from '#lib/access/principal.ts';
import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { metricIds } from '#lib/metrics/registry.ts';
import { UsageError } from '../terminal/options.ts';
import { type SampleCommandOptions, withSampleOptions } from '../terminal/sample_options.ts';
import { type ServeOptions, portDefault, withServeOptions } from '../terminal/serve_options.ts';

interface DemoOptions extends SampleCommandOptions, ServeOptions {
  dir: string;
  serve: boolean;
}

export function register(program: Command): void {
  withServeOptions(withSampleOptions(program.command('demo')))
    .description('generates a sample, runs it, prints the KPIs of every vendor and serves the dashboard')
    .option('--dir <dir>', 'the folder for sample and results', 'demo')
    .option('--force', 'replace another sample in that folder, with all that was computed from it', false)
    .option('--no-serve', 'end after the KPIs')
    .action(async (options: DemoOptions) => {
      process.exitCode = options.serve ? await showAndServe(options) : await show(options);
    });
}

/** The port is taken and the pages are built while the sample is made, so that nobody waits twice. */
async function showAndServe(options: DemoOptions): Promise<number> {
  const { port, dir } = options;
  const [{ ServeError, noFront, prepareApp, serveUntilSignal, takePort }, { ensureApp }, { loadConfig }] =
    await Promise.all([import('../serve/serve.ts'), import('../serve/app_build.ts'), import('#lib/server/config.ts')]);
  const server = await takePort(options, noFront).catch((error: unknown) => {
    if (error instanceof ServeError && port === portDefault) return takePort({ ...options, port: 0 }, noFront);
    throw error;
  });
  const building = new AbortController();
  try {
    void ensureApp({ signal: building.signal }).catch(() => undefined);
    const exitCode = await show(options);
    if (exitCode !== 0) return exitCode;
    await prepareApp();
    await serveUntilSignal(await loadConfig(configIn(dir)), server, options);
    return 0;
  } finally {
    building.abort();
    await server.close();
  }
}

function configIn(dir: string): string {
  return join(dir, 'aftersight.yaml');
}

async function show(options: DemoOptions): Promise<number> {
  const [{ loadConfig }, { runLocked }, { formatRun, runAnswer }, { formatCount, formatDuration }] = await Promise.all([
    import('#lib/server/config.ts'),
    import('../terminal/watched_run.ts'),
    import('../terminal/run_report.ts'),
    import('#lib/metrics/format.ts'),
  ]);
  const locale = detectLocale(process.env);
  const t = translator(locale);
  const startedMs = performance.now();
  await prepareSample(options);
  const path = configIn(options.dir);
  const config = await loadConfig(path);
  const result = await runLocked(config, { asOf: null, full: false });
  if (!result.published) {
    process.stdout.write(
      `${options.json ? JSON.stringify({ run: runAnswer(result) }) : formatRun(result, config, null, locale)}\n`,
    );
    return 3;
  }
  const [
    { openWarehouse },
    kpis,
    { formatOverview },
    { lastFullMonth, localDay },
    { makeDemoAccounts },
    { makeDemoReviews },
  ] = await Promise.all([
    import('#lib/server/warehouse.ts'),
    import('#lib/server/kpis.ts'),
    import('../terminal/kpi_overview.ts'),
    import('#lib/metrics/period.ts'),
    import('../demo/accounts.ts'),
    import('../demo/reviews.ts'),
  ]);
  const warehouse = await openWarehouse(config.dataDir);
  try {
    const { current } = warehouse;
    const period = lastFullMonth(localDay(current.asOf, config.timezone));
    const filter = { ...period, keys: {}, clock: null };
    const rows = await kpis.totals(warehouse, everything, { ...filter, metrics: metricIds, by: 'vendor' });
    const seconds = (performance.now() - startedMs) / 1000;
    const accounts = await makeDemoAccounts(config, warehouse, period, (role) => t(`access.role.${role}`));
    await makeDemoReviews(config, warehouse, period, t);
    if (options.json) {
      const { cases, seed, dir } = options;
      const answer = {
        dir,
        cases,
        seed,
        run: runAnswer(result),
        snapshot: current.snapshot,
        asOf: current.asOf,
        ...period,
        by: 'vendor',
        rows,
        accounts,
      };
      process.stdout.write(`${JSON.stringify(answer)}\n`);
      return 0;
    }
    const overall = await kpis.totals(warehouse, everything, { ...filter, metrics: metricIds, by: null });
    const report = { config, current, filter, metrics: metricIds, by: 'vendor' as const, rows, overall };
    const lines = [
      formatOverview(report, locale),
      '',
      t('demo.done', { cases: formatCount(options.cases, locale), duration: formatDuration(seconds, locale) }),
      '',
      t('access.cli.demo'),
      ...accounts.map(({ role, email, password }) => `  ${email}  ${password}  ${t(`access.role.${role}`)}`),
      '',
      ...(options.serve ? [] : [t('demo.next'), ...nextCommands(path, period, t)]),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    return 0;
  } finally {
    warehouse.close();
  }
}

async function prepareSample({ cases, seed, dir, force }: DemoOptions): Promise<void> {
  const [{ inspectFolder, replaceSample }, { showProgress }] = await Promise.all([
    import('../demo/sample_folder.ts'),
    import('../terminal/progress.ts'),
  ]);
  const t = translator(detectLocale(process.env));
  const content = await inspectFolder(dir);
  if (content.kind === 'other') throw new UsageError(t('generate.foreign', { out: dir }));
  if (content.kind === 'sample') {
    const isSame = content.options.cases === cases && content.options.seed === seed;
    if (isSame) process.stderr.write(`${t('generate.kept', { out: dir, cases, seed })}\n`);
    else if (!force)
      throw new UsageError(t('generate.other', { out: dir, found: t('generate.found', { ...content.options }) }));
    if (isSame) return;
  }
  const progress = showProgress();
  await replaceSample(dir, { cases, seed }, (done) =>
    progress.update({ stage: 'generate', detail: dir, rows: done, done, of: cases }),
  );
  progress.end();
}

function nextCommands(
  config: string,
  { from, to }: { from: string; to: string },
  t: ReturnType<typeof translator>,
): string[] {
  const period = `--from ${from} --to ${to} --config ${config}`;
  return [
    `  npx aftersight kpi first_response --by vendor ${period}`,
    `      ${t('demo.vendors')}`,
    `  npx aftersight cases dispute_rate --failing ${period}`,
    `      ${t('demo.failing')}`,
    `  npx aftersight kpi refund_dispute_rate --by reason_buyer ${period}`,
    `      ${t('demo.reasons')}`,
    `  npx aftersight check --config ${config}`,
    `      ${t('demo.check')}`,
  ];
}
