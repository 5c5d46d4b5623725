import { enableCompileCache } from 'node:module';
import { type Config, ConfigError, readConfig } from '@kindred/api/config.ts';
import { DomainError } from '@kindred/api/errors.ts';
import { explainStartError } from './start-error.ts';

// The second start compiles nothing: that is half of the time until modules are loaded.
enableCompileCache();

let config: Config | undefined;
try {
  // Settings are read before anything else is loaded, so that a wrong one is told at once.
  config = readConfig();
  const reset = process.argv.indexOf('--reset-password');
  if (reset >= 0) {
    const { resetFromTerminal } = await import('./recover.ts');
    await resetFromTerminal(config, process.argv[reset + 1] ?? 'admin');
    process.exit(0);
  }
  const { serve } = await import('./serve.ts');
  await serve(config, { demo: process.argv.includes('--demo') });
} catch (error) {
  // A wrong setting, a port or a folder in use are the operator's to repair: a sentence helps, a stack does not.
  const expected = error instanceof ConfigError || error instanceof DomainError ? error.message : undefined;
  console.error(expected ?? (config && explainStartError(error, config)) ?? error);
  process.exit(1);
}
