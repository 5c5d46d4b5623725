import { parseArgs } from 'node:util';
import type { Command } from '../cli.ts';
import { failureDrill } from '../drill/failures/run.ts';
import { missingServers } from '../drill/failures/stack.ts';
import { offencesOf, table } from '../drill/failures/table.ts';
import { killDrill } from '../drill/kill.ts';
import { wholeNumber } from './options.ts';

/**
 * `drill kill`: kill -9 at seeded moments of ingest and pipeline; the state at the end must be as without.
 * `drill failures`: what a whole stack stands on goes away, one after the other, while it is at work.
 */
export const drillCommand: Command = {
  usage:
    'drill kill [--seed 1] [--kills 50] [--users 400] | drill failures [--seed 1] [--users 1500] [--rate 20] [--only text] [--logs folder]',
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        seed: { type: 'string', default: '1' },
        kills: { type: 'string', default: '50' },
        users: { type: 'string' },
        rate: { type: 'string', default: '20' },
        only: { type: 'string' },
        logs: { type: 'string' },
      },
    });
    const seed = wholeNumber('seed', values.seed, 0);
    const users = (least: number) => (values.users === undefined ? least : wholeNumber('users', values.users, 1));
    if (positionals[0] === 'kill') return kill(seed, wholeNumber('kills', values.kills, 1), users(400));
    if (positionals[0] === 'failures') {
      const { only, logs } = values;
      return failures({ seed, users: users(1500), rate: wholeNumber('rate', values.rate, 1), only, logs });
    }
    console.error(`usage: cli.ts ${drillCommand.usage}`);
    return 2;
  },
};

async function kill(seed: number, kills: number, users: number): Promise<number> {
  const report = await killDrill({ seed, kills, users }, console.log);
  console.log(
    `${report.kills} kills in ${report.rounds} rounds; ${report.differences.length === 0 ? 'every round ended in the same state as the uninterrupted run' : report.differences.join('\n')}`,
  );
  return report.differences.length === 0 ? 0 : 1;
}

async function failures(options: Parameters<typeof failureDrill>[0]): Promise<number> {
  const missing = missingServers();
  if (missing.length > 0) {
    console.log(`SKIPPED: not installed: ${missing.join(', ')}`);
    return 0;
  }
  const { struck, offences, asked } = await failureDrill(options, console.log);
  const all = [...struck.flatMap(offencesOf), ...offences];
  console.log(`\n${table(struck)}\n`);
  const not200 = asked.filter(({ status }) => status !== 200).length;
  console.log(`${asked.length} questions, ${not200} not answered with 200`);
  console.log(
    all.length === 0
      ? 'no offence: nothing was lost, and the state is that of the undisturbed run'
      : `OFFENCES\n${all.join('\n')}`,
  );
  return all.length === 0 ? 0 : 1;
}
