import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Command } from '../cli.ts';
import { Client, until } from '../client.ts';
import { fuzz } from '../fuzz/run.ts';
import { fuzzSockets } from '../fuzz/sockets.ts';
import { startService } from '../service.ts';
import { commitAndWait, sendVersion } from '../stream.ts';
import { SIZES } from '../world/config.ts';
import { closedOffers } from '../world/truth.ts';
import { createVersion } from '../world/version.ts';
import { createWorld } from '../world/world.ts';
import { wholeNumber } from './options.ts';

/** Ten thousand seeded odd requests at a service that holds a small world: no 500, no crash, nothing but JSON. */
export const fuzzCommand: Command = {
  usage: 'fuzz [--url URL] [--seed 1] [--count 10000]',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        url: { type: 'string' },
        seed: { type: 'string', default: '1' },
        count: { type: 'string', default: '10000' },
      },
    });
    const seed = wholeNumber('seed', values.seed, 0);
    const count = wholeNumber('count', values.count, 1);
    const world = createWorld({ ...SIZES.tiny, seed });
    const service = values.url === undefined ? await startService() : null;
    const client = new Client(values.url ?? service?.url ?? '', {
      connections: 16,
      token: process.env.KINDRED_REST_TOKEN,
    });
    try {
      const data = createVersion(world, 0, { size: 2000 });
      await sendVersion(client, `before fuzzing ${seed}`, data, { seed });
      await commitAndWait(client, `before fuzzing ${seed}`);
      const offers = closedOffers(world, 0);
      const cookie = await client.signIn();
      const report = await fuzz(client, seed, count, offers);
      await fuzzSockets(values.url ?? service?.url ?? '', cookie, seed, Math.ceil(count / 100));
      await until('idle after fuzzing', 300_000, async () => (await client.status()).pipeline_status !== 'running');
      const failed = await failedJobs(client);
      const ready = await client.get('/ready');
      const [offer] = offers;
      const served = offer === undefined ? null : await client.lookalike(offer.merchantId, offer.id, 10);
      const alive = ready.status === 200 && served?.status === 200;
      for (const line of report.offences) console.log(line);
      console.log(
        `${report.sent} requests, answers by status ${JSON.stringify(report.statuses)}; ${report.offenceCount} offences, ${failed} failed jobs; afterwards ${alive ? 'ready and serving' : 'NOT SERVING'}`,
      );
      return report.offenceCount === 0 && failed === 0 && alive ? 0 : 1;
    } finally {
      client.close();
      await service?.stop();
    }
  },
};

const jobs = z.object({ data: z.object({ jobs: z.object({ nodes: z.array(z.unknown()) }) }) });

/** Whatever a version holds, its pipeline says what is wrong with it and does not break. */
async function failedJobs(client: Client): Promise<number> {
  const { json } = await client.graphql('{ jobs(status: [failed], first: 100) { nodes { id } } }');
  return jobs.parse(json).data.jobs.nodes.length;
}
