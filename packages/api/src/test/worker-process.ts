import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';

/** Starts crash-worker.ts on the data and the database of the settings. */
export function startWorkerProcess(config: Config, env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [fileURLToPath(new URL('./crash-worker.ts', import.meta.url))], {
    env: {
      ...process.env,
      KINDRED_DATA: config.dataDir,
      KINDRED_LOG: 'error',
      NODE_OPTIONS: '',
      ...(config.databaseUrl === undefined ? {} : { DATABASE_URL: config.databaseUrl }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Resolves when the process has printed such a line; rejects when it ends before. */
export function lineOf(worker: ChildProcess, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    worker.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.split('\n').some((line) => pattern.test(line))) resolve();
    });
    worker.once('exit', (code) => reject(new Error(`the worker ended with ${code}: ${text}`)));
  });
}
