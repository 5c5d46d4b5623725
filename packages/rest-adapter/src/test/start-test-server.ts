import { SYSTEM } from '@kindred/api/access/caller.ts';
import type { App, AppParts } from '@kindred/api/app.ts';
import { type OpenServices, openServices } from '@kindred/api/graphql/services.ts';
import { LOOKALIKE } from '@kindred/api/lookalike/receive/version-ledger.ts';
import { definePipeline } from '@kindred/api/pipelines/pipeline.ts';
import { createTestApp } from '@kindred/api/test/create-test-app.ts';
import { toyPipeline } from '@kindred/api/test/toy-pipeline.ts';
import type { AccessOptions } from '../authenticate.ts';
import { listen, type RunningServer } from '../server.ts';

export interface TestServer {
  readonly url: string;
  readonly app: App;
  readonly services: OpenServices;
  dispose(): Promise<void>;
}

/** Jobs of it are queued and stay so: the doors are tested here, not the pipeline. */
const waitingPipeline = definePipeline({ ...toyPipeline, name: LOOKALIKE });

/** What tests of something else than access start with: strangers may do everything. */
const OPEN: AccessOptions = { strangers: SYSTEM };

/**
 * The whole service on a random port, with a database of its own.
 *
 * @param access `{}` for what `npm start` has.
 */
export async function startTestServer(
  env: Record<string, string> = {},
  parts: AppParts = { pipelines: [waitingPipeline] },
  access: AccessOptions = OPEN,
): Promise<TestServer> {
  const test = await createTestApp(parts, { HOST: '127.0.0.1', ...env });
  const services = await openServices(test.app);
  const server: RunningServer = await listen(services, access);
  return {
    url: server.url,
    app: test.app,
    services,
    async dispose() {
      await server.close();
      await services.close();
      await test.dispose();
    },
  };
}
