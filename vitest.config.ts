import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take graphql's `module` build while its dependents load the `main` one, and two copies refuse each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.conformance.test.ts', '**/*.browser.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // As the service is started: V8 may lose count of guarded pages where many threads compile WebAssembly.
    execArgv: ['--no-memory-protection-keys'],
  },
});
