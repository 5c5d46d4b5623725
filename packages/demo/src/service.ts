import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ADMIN_PASSWORD } from './admin-password.ts';
import { Client, until } from './client.ts';

const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const ROOT = resolve(import.meta.dirname, '../../..');

/** A running service, started here as a child process or somewhere else by its URL. */
export interface Service {
  readonly url: string;
  readonly pid: number | undefined;
  /** What the process wrote, the last part of it. */
  log(): string;
  /** Ends the process at once, as a power cut would, with every process that it started. */
  kill(): Promise<void>;
  /** Ends the process in order. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  /** Where the service keeps its state; a new temporary folder without it. */
  readonly data?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds until `/ready` must answer. */
  readonly readySeconds?: number;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `kindred-${name}-`));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => child.once('exit', () => done()));
}

/** Kills the whole process group of the child, so that compute processes die at the same moment. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

/** Starts the service and waits for `/ready`. Throws Error with the end of its log where it does not come up. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const port = options.port ?? (await freePort());
  const data = options.data ?? temporaryFolder('data');
  const child = spawn(
    process.execPath,
    ['--no-memory-protection-keys', join(ROOT, 'packages/rest-adapter/src/main.ts')],
    {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        KINDRED_LOG: 'warn',
        KINDRED_ADMIN_PASSWORD: ADMIN_PASSWORD,
        ...options.env,
        PORT: String(port),
        HOST: '127.0.0.1',
        KINDRED_DATA: data,
      },
    },
  );
  let log = '';
  const keep = (part: Buffer): void => {
    log = (log + part.toString('utf8')).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.once('exit', (code, signal) => {
    log += `\nthe service ended: code ${code}, signal ${signal}\n`;
  });
  const onExit = (): void => killGroup(child, 'SIGKILL');
  process.once('exit', onExit);
  // A client that is told to end must not leave its service behind; ending runs what is above.
  const onSignal = (): void => process.exit(1);
  for (const signal of ENDINGS) process.once(signal, onSignal);
  const forget = (): void => {
    process.off('exit', onExit);
    for (const signal of ENDINGS) process.off(signal, onSignal);
  };
  const url = `http://127.0.0.1:${port}`;
  const client = new Client(url, { timeoutMs: 5000 });
  try {
    await until('service ready', (options.readySeconds ?? 180) * 1000, async () => {
      if (child.exitCode !== null) throw new Error(`service ended with ${child.exitCode}`);
      return (await client.get('/ready')).status === 200;
    });
  } catch (error) {
    killGroup(child, 'SIGKILL');
    forget();
    throw new Error(`${error instanceof Error ? error.message : error}\n${log}`);
  } finally {
    client.close();
  }
  const finish = async (signal: NodeJS.Signals): Promise<void> => {
    if (signal === 'SIGKILL') killGroup(child, signal);
    else child.kill(signal);
    await ended(child);
    killGroup(child, 'SIGKILL');
    forget();
    if (options.data === undefined) removeFolder(data);
  };
  return { url, pid: child.pid, log: () => log, kill: () => finish('SIGKILL'), stop: () => finish('SIGTERM') };
}
