import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findFromPypi } from './programs.ts';

const run = promisify(execFile);

/** The program `dvc`: by `KINDRED_DVC_PROGRAM`, on the PATH, or where `npm run test:conformance` installs it. */
export function findDvc(): string | undefined {
  return findFromPypi(process.env.KINDRED_DVC_PROGRAM, 'dvc', 'dvc');
}

/** Runs a program in a folder. @throws Error with all that it has written when it fails. */
export async function call(
  folder: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const options = { cwd: folder, env: { ...process.env, ...env }, maxBuffer: 64 * 2 ** 20 };
  try {
    return (await run(program, args, options)).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`, { cause: error });
  }
}
