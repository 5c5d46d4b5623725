import { parseArgs } from 'node:util';
import type { Command } from '../cli.ts';
import { killDrill } from '../drill/kill.ts';
import { wholeNumber } from './options.ts';

/** `drill kill`: kill -9 at seeded moments of ingest and pipeline; the state at the end must be as without. */
export const drillCommand: Command = {
  usage: 'drill kill [--seed 1] [--kills 50] [--users 400]',
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        seed: { type: 'string', default: '1' },
        kills: { type: 'string', default: '50' },
        users: { type: 'string', default: '400' },
      },
    });
    if (positionals[0] !== 'kill') {
      console.error(`usage: cli.ts ${drillCommand.usage}`);
      return 2;
    }
    const report = await killDrill(
      {
        seed: wholeNumber('seed', values.seed, 0),
        kills: wholeNumber('kills', values.kills, 1),
        users: wholeNumber('users', values.users, 1),
      },
      console.log,
    );
    console.log(
      `${report.kills} kills in ${report.rounds} rounds; ${report.differences.length === 0 ? 'every round ended in the same state as the uninterrupted run' : report.differences.join('\n')}`,
    );
    return report.differences.length === 0 ? 0 : 1;
  },
};
