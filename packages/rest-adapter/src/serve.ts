import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureAdministrator } from '@kindred/api/access/first-administrator.ts';
import { type App, createApp } from '@kindred/api/app.ts';
import type { Config } from '@kindred/api/config.ts';
import { openServices } from '@kindred/api/graphql/services.ts';
import { openLogger } from '@kindred/api/logger.ts';
import { startTracing } from '@kindred/api/tracing/start-tracing.ts';
import { listenForProbes } from './probes.ts';
import { listen } from './server.ts';
import { firstPassword, welcome } from './welcome.ts';

const DEMO = fileURLToPath(new URL('../../demo/src/cli.ts', import.meta.url));

/**
 * Runs the service, or the part of it that its role names, until a signal ends it.
 *
 * @param options.demo streams a demo world into it, as a client would; a worker takes none.
 */
export async function serve(config: Config, options: { demo: boolean }): Promise<void> {
  const logger = openLogger(config);
  const tracing = await startTracing(config, logger);
  const app = await createApp(config, { logger });
  surviveStrayErrors(app);
  const services = config.role === 'worker' ? undefined : await openServices(app);
  // Before the doors open: whoever is told that the service is ready must not see it end because work could not start.
  await app.start();
  const madeUp = services && (await ensureAdministrator(app));
  const server = await (services ? listen(services) : listenForProbes(app));
  app.logger.info({ code: 'PROCESS_STARTED', role: config.role, url: server.url }, 'the doors are open');
  if (config.logLevel !== 'silent') console.log(welcome(server.url, config));
  // Whatever the log's level is: it is told this once.
  if (madeUp !== undefined) console.log(firstPassword(madeUp));
  const demo = options.demo && services ? streamDemo(app, server.url) : undefined;

  let stopping: Promise<void> | undefined;
  const stop = (signal: string) => {
    stopping ??= (async () => {
      app.logger.info({ signal }, 'stopping');
      demo?.kill();
      await server.close();
      await services?.close();
      await app.stop();
      // Last, because what is stopped has spans to end.
      await tracing?.stop();
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
}

/**
 * An error that nobody waited for must not end the service: what lasts is written in transactions and under leases, and
 * what serves is never changed in place, so neither can be left half done. The log tells where it came from.
 */
function surviveStrayErrors({ logger }: App): void {
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'a rejection that nobody handles'));
  process.on('uncaughtException', (error) => logger.error({ err: error }, 'an exception that nobody catches'));
}

function streamDemo({ config, logger }: App, url: string): ChildProcess {
  const token = config.restToken === undefined ? [] : ['--token', config.restToken];
  const demo = spawn(process.execPath, [DEMO, 'demo', '--url', url, ...token], { stdio: 'inherit' });
  demo.on('exit', (code) => {
    if (code) logger.error({ code }, 'the demo ended early; the service goes on');
  });
  return demo;
}
