import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** In Debian's Chromium, on the service as it is started; where there is no Chromium they are skipped, and say so. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['packages/*/{src,test}/**/*.browser.test.ts'],
    exclude: ['**/node_modules/**'],
    fileParallelism: false,
  },
});
