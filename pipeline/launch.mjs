// Plain JavaScript without dependencies: it runs before any package is installed, on Node versions that cannot read TypeScript.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const isWindows = process.platform === 'win32';
const bundledNode = join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');

/** Whether a Node version such as "22.18.0" runs TypeScript as it is. */
export function readsTypeScript(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

/**
 * Lists the packages of `package-lock.json` in `folder` that are not installed in the locked version. Packages for other
 * platforms do not count, nor development packages unless `withDevelopment` is set.
 */
export function listMissingPackages(folder, withDevelopment) {
  const installed = readPackages(join(folder, 'node_modules', '.package-lock.json'));
  const locked = Object.entries(readPackages(join(folder, 'package-lock.json')));
  return locked
    .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && !entry.link)
    .filter(([, entry]) => withDevelopment || !entry.dev)
    .filter(([path, entry]) => installed[path]?.version !== entry.version)
    .map(([path]) => path);
}

function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

function setUp(withDevelopment) {
  const mustBringNode = !readsTypeScript(process.versions.node);
  const needsAll = withDevelopment || mustBringNode;
  if (listMissingPackages(root, needsAll).length > 0) installPackages();
  if (mustBringNode && !existsSync(bundledNode)) {
    throw new Error(
      `Node ${process.versions.node} is too old (22.18 or newer is needed) and ${bundledNode} is not there. ` +
        'Run "npm ci --include=dev" with install scripts allowed for the package "node", or install a newer Node.',
    );
  }
}

function installPackages() {
  const release = lockInstallation();
  try {
    if (listMissingPackages(root, true).length === 0) return;
    process.stderr.write('Installing the packages of package-lock.json (npm ci), once, in about a minute …\n');
    const flags = ['--loglevel=error', '--no-audit', '--no-fund', '--include=dev'];
    const npm = spawnSync('npm', ['ci', '--prefix', root, ...flags], {
      cwd: root,
      shell: isWindows,
      stdio: ['ignore', 2, 2],
    });
    if (npm.error) throw new Error(`npm could not be started: ${npm.error.message}`);
    if (npm.status !== 0) throw new Error(`npm ci failed in ${root}: see its messages above.`);
  } finally {
    release();
  }
}

function lockInstallation() {
  const lock = join(root, '.installing');
  const staleAfterMs = 15 * 60_000;
  for (;;) {
    try {
      mkdirSync(lock);
      return () => rmSync(lock, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0);
      if (age > staleAfterMs) rmSync(lock, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
}

/**
 * Installs missing packages, then runs a script of this project with a Node that reads TypeScript. `script` is relative to
 * the project's root. A new Node replaces this process; an old one waits for the child, which dies with it.
 */
export function launch(script, args, { withDevelopment }) {
  try {
    setUp(withDevelopment);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  const node = readsTypeScript(process.versions.node) ? process.execPath : bundledNode;
  const argv = [join(root, script), ...args];
  if (node === process.execPath && process.execve && !isWindows) process.execve(node, [node, ...argv], process.env);
  spawnBound(node, argv);
}

/** Runs Node with these arguments and ends with its exit code; killing this process, however hard, kills that one too. */
export function spawnBound(node, argv) {
  const child = spawn(node, ['--import', new URL('bound.mjs', import.meta.url).href, ...argv], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${node} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [script, ...args] = process.argv.slice(2);
  launch(script, args, { withDevelopment: true });
}
