import type { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from '../terminal/options.ts';
import { type ServeOptions, withServeOptions } from '../terminal/serve_options.ts';

export function register(program: Command): void {
  withServeOptions(withCommonOptions(program.command('serve')))
    .description('the dashboard, and the nightly run where a schedule is configured, until it is stopped')
    .action(execute);
}

async function execute({ config: path, json, ...options }: CommonOptions & ServeOptions): Promise<void> {
  const [{ loadConfig }, { appSecret }, { frontOf, prepareApp, serveUntilSignal, takePort }] = await Promise.all([
    import('#lib/server/config.ts'),
    import('#lib/server/secret.ts'),
    import('../serve/serve.ts'),
  ]);
  const config = await loadConfig(path);
  await appSecret(config.dataDir, process.env);
  const server = await takePort(options, frontOf(config, process.env));
  await prepareApp().catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  await serveUntilSignal(config, server, { json });
}
