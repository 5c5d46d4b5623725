/** `cli.ts <command> [options]`: the demo world and the black-box clients of the service. */
import { acceptCommand } from './commands/accept.ts';
import { demoCommand } from './commands/demo.ts';
import { drillCommand } from './commands/drill.ts';
import { fuzzCommand } from './commands/fuzz.ts';
import { worldCommand } from './commands/world.ts';

/** One command: what it is called with and what it does; it gives the exit code. */
export interface Command {
  readonly usage: string;
  run(args: string[]): Promise<number>;
}

/** THE LIST. */
const COMMANDS: Readonly<Record<string, Command>> = {
  world: worldCommand,
  demo: demoCommand,
  accept: acceptCommand,
  fuzz: fuzzCommand,
  drill: drillCommand,
};

const [name = '', ...rest] = process.argv.slice(2);
const command = COMMANDS[name];
if (command === undefined) {
  console.error(
    `usage:\n${Object.values(COMMANDS)
      .map((each) => `  cli.ts ${each.usage}`)
      .join('\n')}`,
  );
  process.exitCode = 2;
} else {
  process.exitCode = await command.run(rest.filter((arg) => arg !== '--'));
}
