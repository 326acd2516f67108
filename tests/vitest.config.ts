import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The project's root: unit tests stand beside the code. */
const root = fileURLToPath(new URL('..', import.meta.url));
/** `@diemnong/charts/draw` from its sources: only plain Node, which reads no JSX, takes the built one. */
const conditions = ['source', 'module', 'node', 'development|production'];
const fromSources = { resolve: { conditions }, ssr: { resolve: { conditions } } };

export default defineConfig({
  root,
  test: {
    // Embedded engines and browsers are heavy, and the machines have two cores.
    maxWorkers: 2,
    projects: [
      {
        root,
        ...fromSources,
        test: {
          name: 'unit',
          include: ['{client,server,tiles,data}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          setupFiles: ['tests/support/property-seed.ts'],
          testTimeout: 60_000,
        },
      },
      {
        root,
        ...fromSources,
        test: {
          name: 'api',
          include: ['tests/{api,tiles}/**/*.test.ts'],
          setupFiles: ['tests/support/property-seed.ts'],
          globalSetup: ['tests/support/database-templates.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        root,
        ...fromSources,
        test: {
          name: 'browser',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/support/database-templates.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
