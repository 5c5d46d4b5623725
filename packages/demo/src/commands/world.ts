import { parseArgs } from 'node:util';
import type { Command } from '../cli.ts';
import { evaluate, summary } from '../world/evaluate.ts';
import { closedOffers } from '../world/truth.ts';
import { createVersion } from '../world/version.ts';
import { createWorld } from '../world/world.ts';
import { writeBatches } from '../world/write-batches.ts';
import { writeWorld } from '../world/write-world.ts';
import { wholeNumber } from './options.ts';
import { WORLD_OPTIONS, WORLD_USAGE, worldOptions } from './world-options.ts';

/**
 * Writes a version as NDJSON with its truth, and prints MAP@100 of the world's rankers; or, with `--batches`, writes it as
 * the batches and the manifest that the pipeline starts from.
 */
export const worldCommand: Command = {
  usage: `world ${WORLD_USAGE} [--step 0] [--out DIR] [--batches DIR [--version v1]]`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        ...WORLD_OPTIONS,
        step: { type: 'string', default: '0' },
        out: { type: 'string' },
        batches: { type: 'string' },
        version: { type: 'string', default: 'v1' },
      },
    });
    const { config, catalog } = worldOptions(values);
    const world = createWorld(config, catalog);
    const step = wholeNumber('step', values.step, 0);
    if (values.batches !== undefined) {
      const data = createVersion(world, step);
      const batches = writeBatches(data, values.version, values.batches);
      console.log({ version: values.version, records: data.records, batches });
      return 0;
    }
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
