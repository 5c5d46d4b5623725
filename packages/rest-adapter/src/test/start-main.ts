import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** A running `main.ts` and all that it has printed. */
export type MainProcess = ChildProcess & { printed: string };

/** Starts the service as `npm start` does, on a free port of this machine alone. */
export function startMain(env: Record<string, string>, args: readonly string[] = []): MainProcess {
  const child = spawn(process.execPath, ['--no-memory-protection-keys', MAIN, ...args], {
    env: { PATH: process.env.PATH, KINDRED_LOG: 'warn', PORT: '0', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const watched = Object.assign(child, { printed: '' });
  const collect = (chunk: Buffer) => {
    watched.printed += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return watched;
}

/** The address that it prints when its doors are open; matches what `pattern` puts around it. */
export async function addressOf(child: MainProcess, pattern = /listens at (\S+)/): Promise<string> {
  for (const end = Date.now() + 55_000; Date.now() < end; ) {
    const [, address] = pattern.exec(child.printed) ?? [];
    if (address !== undefined) return address;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no address was printed: ${child.printed}`);
}
