import { parseArgs } from 'node:util';
import { accept } from '../accept/run.ts';
import type { Command } from '../cli.ts';
import { WrongOption, wholeNumber } from './options.ts';
import { WORLD_OPTIONS, WORLD_USAGE, worldOptions } from './world-options.ts';

/** Goes through all 100 checks of the seed on a series of versions, for three seeds where none is named. */
export const acceptCommand: Command = {
  usage: `accept [--url URL] [--token T] [--quiet] ${WORLD_USAGE}`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        ...WORLD_OPTIONS,
        url: { type: 'string' },
        token: { type: 'string' },
        quiet: { type: 'boolean', default: false },
      },
    });
    const { config, catalog } = worldOptions({ ...values, seed: undefined });
    const { steps, ...world } = config;
    const seeds =
      values.seed === undefined ? [1, 2, 3] : values.seed.split(',').map((seed) => wholeNumber('seed', seed, 0));
    if (values.url !== undefined && seeds.length > 1)
      throw new WrongOption('a running service takes one series: name one --seed');
    let failures = 0;
    for (const seed of seeds) {
      console.log(`acceptance, seed ${seed}${values['real-catalog'] ? ', real catalog' : ''}`);
      const verdicts = await accept({
        seed,
        url: values.url,
        token: values.token,
        world,
        catalog,
        steps,
        say: values.quiet ? () => {} : console.log,
      });
      console.log(verdicts.table());
      failures += verdicts.count('failed');
      console.log(
        `seed ${seed}: ${verdicts.count('passed')} passed, ${verdicts.count('failed')} failed, ${verdicts.count('skipped')} skipped\n`,
      );
    }
    return failures === 0 ? 0 : 1;
  },
};
