import { Client } from '../../client.ts';
import { Random } from '../../random.ts';

export interface Asked {
  /** When it was sent, as `performance.now`. */
  readonly at: number;
  /** 0 where no replica answered. */
  readonly status: number;
  readonly ms: number;
  /** The first replica did not take the connection, and the other was asked, as a load balancer does. */
  readonly failedOver: boolean;
  readonly code: string | undefined;
}

/** Asks for audiences at a steady rate, of both replicas in turn, whether or not earlier questions are answered. */
export class Load {
  readonly asked: Asked[] = [];
  readonly #clients: readonly Client[];
  readonly #offers: readonly { id: number; merchantId: number }[];
  readonly #random: Random;
  readonly #timer: NodeJS.Timeout;
  readonly #open = new Set<Promise<void>>();

  constructor(
    urls: readonly string[],
    offers: readonly { id: number; merchantId: number }[],
    seed: number,
    rate: number,
  ) {
    this.#clients = urls.map((url) => new Client(url, { timeoutMs: 10_000, connections: 32 }));
    this.#offers = offers;
    this.#random = new Random(seed, 0x10ad);
    let turn = 0;
    this.#timer = setInterval(() => {
      const asking = this.#ask(turn++).finally(() => this.#open.delete(asking));
      this.#open.add(asking);
    }, 1000 / rate);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#open);
    for (const client of this.#clients) client.close();
  }

  async #ask(turn: number): Promise<void> {
    const at = performance.now();
    const { merchantId, id } = this.#random.pick(this.#offers);
    const topN = this.#random.between(50, 150);
    for (let attempt = 0; attempt < this.#clients.length; attempt++) {
      const client = this.#clients[(turn + attempt) % this.#clients.length] as Client;
      try {
        const { status, text } = await client.lookalike(merchantId, id, topN);
        const code = status === 200 ? undefined : /"code":"(\w+)"/.exec(text)?.[1];
        this.asked.push({ at, status, ms: performance.now() - at, failedOver: attempt > 0, code });
        return;
      } catch {
        // The connection was refused or broke: nothing was answered.
      }
    }
    this.asked.push({ at, status: 0, ms: performance.now() - at, failedOver: true, code: undefined });
  }
}
