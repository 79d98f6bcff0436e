import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

const minuteMs = 60_000;

/** The suite `test/<name>`; every file runs in its own process, since DuckDB and PostgreSQL are real ones. */
function suite(name: string, options: { testTimeout: number; hookTimeout?: number; globalSetup?: string }) {
  return {
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      environment: 'node' as const,
      pool: 'forks' as const,
      hookTimeout: options.testTimeout,
      ...options,
    },
  };
}

export default defineConfig({
  plugins: process.env.VITEST === undefined ? [sveltekit()] : [],
  test: {
    maxWorkers: 2,
    passWithNoTests: true,
    projects: [
      suite('unit', { testTimeout: minuteMs / 2 }),
      suite('warehouse', { testTimeout: 3 * minuteMs }),
      suite('store', { testTimeout: 2 * minuteMs }),
      suite('faults', { testTimeout: 10 * minuteMs }),
      suite('e2e', { testTimeout: minuteMs, hookTimeout: 2 * minuteMs, globalSetup: './test/e2e/server.ts' }),
    ],
  },
});
