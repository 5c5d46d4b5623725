import { type ChildProcess, spawn } from 'node:child_process';
import { createApp } from '@kindred/api/app.ts';
import { type Config, ConfigError, readConfig } from '@kindred/api/config.ts';
import { DomainError } from '@kindred/api/errors.ts';
import { openServices } from '@kindred/api/graphql/services.ts';
import { listen } from './server.ts';
import { welcome } from './welcome.ts';

const DEMO = new URL('../../demo/src/cli.ts', import.meta.url);

try {
  await main(readConfig());
} catch (error) {
  // A wrong setting and a folder in use are the operator's to repair: a sentence helps, a stack does not.
  const expected = error instanceof ConfigError || error instanceof DomainError;
  console.error(expected ? error.message : error);
  process.exit(1);
}

async function main(config: Config): Promise<void> {
  const app = await createApp(config);
  const services = await openServices(app);
  const server = await listen(services);
  await app.start();
  if (config.logLevel !== 'silent') console.log(welcome(server.url, config));

  let demo: ChildProcess | undefined;
  let stopping: Promise<void> | undefined;
  const stop = (signal: string) => {
    stopping ??= (async () => {
      app.logger.info({ signal }, 'stopping');
      demo?.kill();
      await server.close();
      await services.close();
      await app.stop();
    })().then(
      () => process.exit(0),
      (error) => {
        app.logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('unhandledRejection', (error) => app.logger.error({ err: error }, 'unhandled rejection'));

  if (process.argv.includes('--demo')) {
    const token = config.restToken === undefined ? [] : ['--token', config.restToken];
    demo = spawn(process.execPath, [DEMO.pathname, 'demo', '--url', server.url, ...token], { stdio: 'inherit' });
    demo.on('exit', (code) => {
      if (code) app.logger.error({ code }, 'the demo ended early; the service goes on');
    });
  }
}
