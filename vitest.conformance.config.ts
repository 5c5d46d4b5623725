import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Against the real things that this platform speaks with or stands in for; what is not installed is skipped, and said so. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['packages/*/{src,test}/**/*.conformance.test.ts'],
    exclude: ['**/node_modules/**'],
    fileParallelism: false,
  },
});
