/** `cli.ts <command> [options]`: the demo world and the black-box clients of the service. */
import { acceptCommand } from './commands/accept.ts';
import { demoCommand } from './commands/demo.ts';
import { drillCommand } from './commands/drill.ts';
import { fuzzCommand } from './commands/fuzz.ts';
import { WrongOption } from './commands/options.ts';
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
  process.exitCode = await runCommand(command, rest);
}

/** A wrong option is told in a sentence, with the usage; anything else that fails keeps its stack. */
async function runCommand(command: Command, args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(`usage: cli.ts ${command.usage}`);
    return 0;
  }
  try {
    return await command.run(args.filter((arg) => arg !== '--'));
  } catch (error) {
    if (!isWrongOption(error)) throw error;
    console.error(`${error.message}\nusage: cli.ts ${command.usage}`);
    return 2;
  }
}

function isWrongOption(error: unknown): error is Error {
  if (error instanceof WrongOption) return true;
  return (
    error instanceof TypeError &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS')
  );
}
