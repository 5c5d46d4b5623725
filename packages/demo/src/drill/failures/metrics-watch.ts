import { Client } from '../../client.ts';
import type { ServiceProcess } from './service-process.ts';

const EVERY_MS = 1000;

export interface MetricsPage {
  readonly at: number;
  readonly process: string;
  readonly text: string;
}

/** Reads `/metrics` of every process each second, as Prometheus would, and keeps what the drill's own metrics said. */
export class MetricsWatch {
  readonly pages: MetricsPage[] = [];
  /** Pages that were no 200. */
  readonly failures: string[] = [];
  readonly #clients: readonly { name: string; client: Client }[];
  readonly #timer: NodeJS.Timeout;

  constructor(processes: readonly ServiceProcess[]) {
    this.#clients = processes.map(({ name, url }) => ({ name, client: new Client(url, { timeoutMs: 5000 }) }));
    this.#timer = setInterval(() => {
      for (const { name, client } of this.#clients) void this.#read(name, client);
    }, EVERY_MS);
  }

  /** The last value of a metric of one process, by its name with labels. */
  last(process: string, metric: string): number | undefined {
    const text = this.pages.findLast((sample) => sample.process === process)?.text ?? '';
    const line = text.split('\n').find((each) => each.startsWith(`${metric} `));
    return line === undefined ? undefined : Number(line.slice(metric.length + 1));
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const { client } of this.#clients) client.close();
  }

  async #read(process: string, client: Client): Promise<void> {
    // One that is being killed does not answer, which is what Prometheus's `up` says.
    const reply = await client.get('/metrics').catch(() => undefined);
    if (!reply) return;
    if (reply.status !== 200) this.failures.push(`${process}: ${reply.status} ${reply.text.slice(0, 100)}`);
    const lines = reply.text.split('\n').filter((line) => /^(kindred_|process_start_time)/.test(line));
    this.pages.push({ at: performance.now(), process, text: lines.join('\n') });
  }
}
