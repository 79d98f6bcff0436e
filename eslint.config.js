import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { layers } from './eslint.layers.js';
import svelteConfig from './svelte.config.js';

const pureFolders = ['src/lib/metrics/**', 'src/lib/qa/**'];

const typeChecked = {
  files: ['**/*.ts', '**/*.svelte', '**/*.svelte.ts'],
  languageOptions: {
    parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
  },
  rules: {
    '@typescript-eslint/await-thenable': 'error',
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/no-unsafe-type-assertion': 'error',
    '@typescript-eslint/return-await': 'error',
  },
};

const style = {
  rules: {
    '@typescript-eslint/consistent-type-imports': 'error',
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: '^(\\.{1,2}/|#lib/)(?!.*\\.(ts|mjs|js|json|svelte|css|svg)$)(?!(.*/)?\\$types$)',
            message: 'Node resolves no missing extension: end the import in .ts.',
          },
        ],
      },
    ],
    'layers/import': 'error',
  },
};

const pure = {
  files: pureFolders,
  rules: {
    'layers/pure': 'error',
    'no-restricted-globals': [
      'error',
      ...[
        'process',
        'console',
        'fetch',
        'performance',
        'crypto',
        'setTimeout',
        'setInterval',
        'window',
        'document',
      ].map((name) => ({
        name,
        message: 'lib/metrics and lib/qa do no IO and read no clock: take it as an argument.',
      })),
    ],
  },
};

export default defineConfig(
  { ignores: ['.svelte-kit/', 'build/', 'data/', 'demo/', 'node_modules/', 'test/fixtures/'] },
  js.configs.recommended,
  tseslint.configs.recommended,
  svelte.configs.recommended,
  { languageOptions: { globals: globals.node } },
  { files: ['**/*.svelte', 'src/routes/**'], languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } },
  },
  // The app is served from the root, and its links are made by #lib/links.ts.
  { files: ['**/*.svelte'], rules: { 'svelte/no-navigation-without-resolve': 'off' } },
  typeChecked,
  { plugins: { layers } },
  style,
  pure,
  { files: ['**/*.ts', '**/*.svelte'], rules: { 'no-undef': 'off' } },
);
