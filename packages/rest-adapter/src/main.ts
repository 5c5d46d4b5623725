import { enableCompileCache } from 'node:module';
import { ConfigError, readConfig } from '@kindred/api/config.ts';
import { DomainError } from '@kindred/api/errors.ts';

// The second start compiles nothing: that is half of the time until modules are loaded.
enableCompileCache();

try {
  // Settings are read before anything else is loaded, so that a wrong one is told at once.
  const config = readConfig();
  const { serve } = await import('./serve.ts');
  await serve(config, { demo: process.argv.includes('--demo') });
} catch (error) {
  // A wrong setting and a folder in use are the operator's to repair: a sentence helps, a stack does not.
  const expected = error instanceof ConfigError || error instanceof DomainError;
  console.error(expected ? error.message : error);
  process.exit(1);
}
