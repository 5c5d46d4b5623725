import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ADMIN_PASSWORD } from '../../admin-password.ts';
import { Client, until } from '../../client.ts';

const ROOT = resolve(import.meta.dirname, '../../../../..');

const logLine = z.looseObject({
  level: z.number(),
  time: z.number(),
  msg: z.string().optional(),
  code: z.string().optional(),
  dependency: z.string().optional(),
  job: z.string().optional(),
});
export type LogLine = z.infer<typeof logLine>;

export interface ProcessOptions {
  readonly name: string;
  readonly role: 'api' | 'worker';
  readonly port: number;
  readonly data: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Ended with the drill, however that ends: one listener for all, of however many lives. */
const RUNNING = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of RUNNING) child.kill('SIGKILL');
});

/** One process of the service: started, killed and started again at the same address, with all that it logged in its lives. */
export class ServiceProcess {
  readonly name: string;
  readonly role: 'api' | 'worker';
  readonly url: string;
  readonly data: string;
  readonly lines: LogLine[] = [];
  /** What it printed besides: start-up sentences, stacks. */
  other = '';
  /** Ends that nobody asked for. */
  crashes = 0;
  readonly #options: ProcessOptions;
  #child: ChildProcess | undefined;

  constructor(options: ProcessOptions) {
    this.#options = options;
    this.name = options.name;
    this.role = options.role;
    this.data = options.data;
    this.url = `http://127.0.0.1:${options.port}`;
  }

  async start(): Promise<void> {
    const { env, port, data, role } = this.#options;
    const child = spawn(
      process.execPath,
      ['--no-memory-protection-keys', join(ROOT, 'packages/rest-adapter/src/main.ts')],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          ...env,
          KINDRED_ADMIN_PASSWORD: ADMIN_PASSWORD,
          KINDRED_LOG: 'info',
          KINDRED_ROLE: role,
          KINDRED_DATA: data,
          PORT: String(port),
          HOST: '127.0.0.1',
        },
      },
    );
    this.#child = child;
    const crashed = () => {
      if (this.#child === child) this.crashes++;
    };
    child.once('exit', crashed);
    RUNNING.add(child);
    child.once('exit', () => RUNNING.delete(child));
    for (const stream of [child.stdout, child.stderr]) this.#collect(stream);
    const client = new Client(this.url, { timeoutMs: 3000 });
    try {
      await until(`${this.name} ready`, 120_000, async () => {
        if (child.exitCode !== null) throw new Error(`${this.name} ended with ${child.exitCode}: ${this.other}`);
        return (await client.get('/ready')).status === 200;
      });
    } finally {
      client.close();
    }
  }

  /** Ends the process alone, as the kernel does when memory runs out. @returns what it had started, by process id. */
  async kill(): Promise<number[]> {
    const child = this.#child;
    if (child?.pid === undefined) return [];
    const started = childrenOf(child.pid);
    this.#child = undefined;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    return started;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await exit;
    clearTimeout(late);
  }

  #collect(stream: NodeJS.ReadableStream | null): void {
    let rest = '';
    stream?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) {
        const line = logLine.safeParse(parsed(text));
        if (line.success) this.lines.push(line.data);
        else this.other = `${this.other}${text}\n`.slice(-20_000);
      }
    });
  }
}

export function alive(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
