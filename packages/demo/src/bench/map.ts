/** `pnpm bench map [--seed 1,2,3]`: MAP@100 of the service beside the world's rankers, on the base version of each seed. */
import { parseArgs } from 'node:util';
import { audiencesOf, servedMap } from '../accept/session.ts';
import { Client } from '../client.ts';
import { WORLD_OPTIONS, worldOptions } from '../commands/world-options.ts';
import { startService } from '../service.ts';
import { commitAndWait, sendVersion } from '../stream.ts';
import { evaluate, summary } from '../world/evaluate.ts';
import { mean } from '../world/rankers.ts';
import { closedOffers } from '../world/truth.ts';
import { createVersion } from '../world/version.ts';
import { createWorld } from '../world/world.ts';

const { values } = parseArgs({ options: WORLD_OPTIONS });
const { config } = worldOptions({ ...values, seed: undefined });
const shares: number[] = [];
for (const seed of (values.seed ?? '1,2,3').split(',').map(Number)) {
  const world = createWorld({ ...config, seed });
  const evaluation = evaluate(world, 0, closedOffers(world, 0));
  const service = await startService();
  const client = new Client(service.url);
  try {
    const data = createVersion(world, 0);
    await sendVersion(client, 'base', data, { seed });
    data.dispose();
    await commitAndWait(client, 'base');
    const served = servedMap(
      evaluation,
      await audiencesOf(
        client,
        evaluation.truths.map((entry) => entry.offer),
      ),
    );
    const maps = summary(evaluation);
    shares.push(served / maps.informed);
    const figures = Object.entries({ served, ...maps }).map(([name, value]) => `${name} ${value.toFixed(3)}`);
    console.log(
      `seed ${seed}: ${figures.join('  ')}  (${evaluation.truths.length} offers)  served / informed ${(served / maps.informed).toFixed(3)}`,
    );
  } finally {
    client.close();
    await service.stop();
  }
}
console.log(`mean share of the informed ranker: ${mean(shares).toFixed(3)} (asked 0.9, aim 0.95)`);
