import { Client } from '@kindred/demo/client.ts';
import { type Service, startService } from '@kindred/demo/service.ts';
import { commitAndWait, sendVersion } from '@kindred/demo/stream.ts';
import { SIZES } from '@kindred/demo/world/config.ts';
import { createVersion } from '@kindred/demo/world/version.ts';
import { createWorld } from '@kindred/demo/world/world.ts';
import { buildConsole } from '../scripts/build.ts';
import { type ConsoleTest, openBrowser, PASSWORD } from './open-console.ts';

/** Versions in the order of the demo world's steps: one that trains, one that has drifted, one that is damaged, one that stays open. */
export const VERSIONS = { first: '2025-08', drifted: '2025-09', damaged: '2025-10', open: '2025-11' } as const;
const STEPS = ['base', 'drift:amount', 'corrupt:null-keys', 'same'];

export interface DemoConsole extends ConsoleTest {
  readonly url: string;
  /** Sends the three versions that are committed, and a part of the open one. */
  stream(): Promise<void>;
  /** The batch of the open version's transactions that was held back. */
  sendMissing(): Promise<void>;
}

/** The service as `npm start` starts it, with its console and a browser on it; a small demo world is streamed into it over REST. */
export async function openDemoConsole(): Promise<DemoConsole> {
  await buildConsole();
  const service: Service = await startService({ env: { KINDRED_ADMIN_PASSWORD: PASSWORD } });
  const test = await openBrowser(service.url);
  const client = new Client(service.url, {});
  const world = createWorld({ ...SIZES.tiny, steps: STEPS });
  const open = createVersion(world, 3);
  const transactions = open.tables.get('transaction');
  if (!transactions) throw new Error('the demo world has no transactions');
  const send = (batch: number) =>
    client.batch(VERSIONS.open, 'transaction', batch, transactions.total, open.read('transaction', batch));
  return {
    ...test,
    url: service.url,
    async stream() {
      for (const [step, version] of [VERSIONS.first, VERSIONS.drifted, VERSIONS.damaged].entries()) {
        const data = createVersion(world, step);
        await sendVersion(client, version, data, { seed: 1 });
        await commitAndWait(client, version);
        data.dispose();
      }
      for (let batch = 2; batch <= transactions.total; batch++) await send(batch);
    },
    async sendMissing() {
      await send(1);
    },
    async dispose() {
      open.dispose();
      client.close();
      await test.dispose();
      await service.stop();
    },
  };
}
