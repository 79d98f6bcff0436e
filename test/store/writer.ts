import { commandLine, record } from '#lib/server/store/audit.ts';
import { openStore } from '#lib/server/store/store.ts';

/** Adds to the log of a store until it is killed, and says each entry on stdout once it is there. */
const [dataDir = ''] = process.argv.slice(2);
const store = await openStore(dataDir, process.env);
for (let count = 1; ; count++) {
  await record(store, { actor: commandLine, action: 'export', subject: `${process.pid} ${count}` });
  process.stdout.write(`${count}\n`);
}
