import { isBuiltin } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

const domain = ['lib/metrics', 'lib/qa', 'lib/i18n', 'lib/access'];

/** Who may import whom (DESIGN §4). A layer may always import itself; one that is not listed may import nothing. */
export const mayImport = {
  'lib/metrics': [],
  'lib/qa': ['lib/metrics'],
  'lib/i18n': ['lib/metrics'],
  'lib/access': [],
  lib: ['lib/metrics'],
  'lib/charts': [...domain, 'lib'],
  'lib/components': [...domain, 'lib', 'lib/charts'],
  'lib/server': [...domain, 'lib'],
  reports: [...domain, 'lib', 'lib/server', 'lib/charts'],
  pipeline: [...domain, 'lib', 'lib/server'],
  'pipeline/commands': [...domain, 'lib', 'lib/server', 'pipeline', 'reports'],
  routes: [...domain, 'lib', 'lib/server', 'lib/charts', 'lib/components', 'reports'],
};

const knowsSvelteKit = new Set(['routes', 'lib/components']);

/** The layer of a file, null for files outside the product: tests and tool configuration. */
export function layerOf(file) {
  const [top, second, ...rest] = relative(root, file).split(sep);
  if (top === 'src') {
    if (second !== 'lib') return 'routes';
    return rest.length > 1 ? `lib/${rest[0]}` : 'lib';
  }
  if (top === 'pipeline') return second === 'commands' ? 'pipeline/commands' : 'pipeline';
  return top === 'reports' ? 'reports' : null;
}

function resolveImport(specifier, file) {
  if (specifier.startsWith('#lib/')) return resolve(root, 'src/lib', specifier.slice('#lib/'.length));
  return specifier.startsWith('.') ? resolve(dirname(file), specifier) : null;
}

function visitImports(check) {
  const visit = (node) => {
    if (node.source?.type === 'Literal' && typeof node.source.value === 'string') check(node.source, node.source.value);
  };
  return {
    ImportDeclaration: visit,
    ImportExpression: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
  };
}

const importRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      layer: '{{from}} must not import {{to}}. It may import: {{allowed}}.',
      test: '{{from}} must not import tests or tool configuration.',
      kit: '{{specifier}} stays in routes, hooks, context.ts and components: plain Node cannot resolve it.',
      alias: 'Import shared modules as #lib/….ts: plain Node cannot resolve $lib.',
    },
  },
  create(context) {
    const from = layerOf(context.filename);
    if (from === null) return {};
    const mayUseSvelteKit =
      knowsSvelteKit.has(from) || context.filename.endsWith(`${sep}lib${sep}server${sep}context.ts`);
    return visitImports((node, specifier) => {
      if (specifier === '$lib' || specifier.startsWith('$lib/')) return context.report({ node, messageId: 'alias' });
      if (/^\$(app|env)\//.test(specifier)) {
        return mayUseSvelteKit ? undefined : context.report({ node, messageId: 'kit', data: { specifier } });
      }
      const target = resolveImport(specifier, context.filename);
      if (target === null) return;
      const to = layerOf(target);
      if (to === null) return context.report({ node, messageId: 'test', data: { from } });
      const allowed = mayImport[from] ?? [];
      if (to === from || allowed.includes(to)) return;
      context.report({ node, messageId: 'layer', data: { from, to, allowed: allowed.join(', ') || 'itself only' } });
    });
  },
};

function nameOf(callee) {
  if (callee.type === 'Identifier') return callee.name;
  const isPlain = callee.type === 'MemberExpression' && callee.object.type === 'Identifier';
  if (!isPlain) return null;
  const property = callee.computed ? callee.property.value : callee.property.name;
  return `${callee.object.name}.${property}`;
}

const pureRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      io: 'lib/metrics and lib/qa do no IO: {{specifier}} is a module of Node.',
      clock: 'lib/metrics and lib/qa read no clock and roll no dice: take now and the seed as arguments, not {{call}}.',
    },
  },
  create(context) {
    const report = (node, call) => context.report({ node, messageId: 'clock', data: { call } });
    return {
      ...visitImports((node, specifier) => {
        if (isBuiltin(specifier)) context.report({ node, messageId: 'io', data: { specifier } });
      }),
      MemberExpression(node) {
        const name = nameOf(node);
        if (name === 'Date.now' || name === 'Math.random') report(node, name);
      },
      CallExpression(node) {
        if (nameOf(node.callee) === 'Date') report(node, 'Date()');
      },
      NewExpression(node) {
        if (nameOf(node.callee) === 'Date' && node.arguments.length === 0) report(node, 'new Date()');
      },
      'Identifier[name="Temporal"]'(node) {
        if (node.parent.type === 'MemberExpression' && node.parent.property.name === 'Now')
          report(node, 'Temporal.Now');
      },
    };
  },
};

/** The lint rules of this project, as an ESLint plugin. */
export const layers = { rules: { import: importRule, pure: pureRule } };
