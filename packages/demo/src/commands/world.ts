import { parseArgs } from 'node:util';
import type { Command } from '../cli.ts';
import { evaluate, summary } from '../world/evaluate.ts';
import { closedOffers } from '../world/truth.ts';
import { createWorld } from '../world/world.ts';
import { writeWorld } from '../world/write-world.ts';
import { WORLD_OPTIONS, WORLD_USAGE, worldOptions } from './world-options.ts';

/** Writes a version as NDJSON with its truth, and prints MAP@100 of the world's rankers. */
export const worldCommand: Command = {
  usage: `world ${WORLD_USAGE} [--step 0] [--out DIR]`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { ...WORLD_OPTIONS, step: { type: 'string', default: '0' }, out: { type: 'string' } },
    });
    const { config, catalog } = worldOptions(values);
    const world = createWorld(config, catalog);
    const step = Number(values.step);
    const evaluation = evaluate(world, step, closedOffers(world, step));
    if (values.out !== undefined) console.log(await writeWorld(world, step, evaluation, values.out));
    const positives = evaluation.truths.map((entry) => entry.positives.length).sort((a, b) => a - b);
    console.log({
      closedOffers: positives.length,
      positives: { fewest: positives[0], median: positives[positives.length >> 1], most: positives.at(-1) },
    });
    console.log('MAP@100', summary(evaluation));
    return 0;
  },
};
