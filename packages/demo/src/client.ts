import { Agent, request as httpRequest } from 'node:http';
import { z } from 'zod';
import { ADMIN_PASSWORD } from './admin-password.ts';

/** What came back: status, the bytes as text, and the JSON in them (undefined where it is none). */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
  /** That it sets, as it goes back. */
  readonly cookie?: string | undefined;
  /** Milliseconds from sending to the last byte. */
  readonly ms: number;
}

export const lookalikeReply = z.object({
  merchant_id: z.int(),
  offer_id: z.int(),
  audience: z.array(z.object({ user_id: z.int(), score: z.number().min(0).max(1) })),
  audience_size: z.int().min(0),
  model_version: z.string().min(1),
  reasons: z.array(z.object({ feature: z.string().min(1), impact: z.number() })).min(1),
});
export type LookalikeReply = z.infer<typeof lookalikeReply>;

export const statusReply = z.object({
  ready: z.boolean(),
  model_version: z.string().nullable(),
  data_version: z.string().nullable(),
  pipeline_status: z.enum(['idle', 'running', 'failed']),
});
export type StatusReply = z.infer<typeof statusReply>;

export const driftReply = z.object({
  drift_detected: z.boolean(),
  drift_score: z.number().min(0).max(1),
  action_taken: z.enum(['retrained', 'none', 'skipped']),
});

export const qualityReply = z.object({
  version: z.string(),
  valid: z.boolean(),
  checks_total: z.int().min(0),
  checks_passed: z.int().min(0),
  checks_failed: z.int().min(0),
  failed_checks: z.array(z.object({ table: z.string(), check: z.string(), details: z.string() })),
});

export const modelReply = z.looseObject({
  model_name: z.string().min(1),
  model_version: z.string().min(1),
  trained_on: z.string().min(1),
  features_count: z.int().optional(),
  train_metrics: z.record(z.string(), z.number()).optional(),
});

export const experimentsReply = z.object({
  experiments: z.array(
    z.object({
      run_id: z.string().min(1),
      data_version: z.string(),
      model_version: z.string(),
      metrics: z.record(z.string(), z.number()),
      params: z.record(z.string(), z.string()).optional(),
      dvc_hash: z.string().optional(),
      dvc_revision: z.string().optional(),
      timestamp: z.string(),
    }),
  ),
});

export interface ClientOptions {
  /** Connections held open at once. */
  readonly connections?: number;
  readonly token?: string | undefined;
  readonly timeoutMs?: number;
}

/** A kept connection turned out to be closed before anything was answered on it. */
class StaleConnection extends Error {}

/** A REST client of the look-alike contract; it knows nothing else of the service. */
export class Client {
  readonly url: URL;
  readonly #agent: Agent;
  readonly #headers: Record<string, string>;
  readonly #timeoutMs: number;
  #cookie = '';
  #signedIn: Promise<string> | undefined;

  constructor(url: string, options: ClientOptions = {}) {
    this.url = new URL(url);
    this.#agent = new Agent({ keepAlive: true, maxSockets: options.connections ?? 8 });
    this.#headers = options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
    this.#timeoutMs = options.timeoutMs ?? 120_000;
  }

  /**
   * Sends any method, path and body; rejects only where no HTTP answer comes. A kept connection that the service had
   * closed meanwhile is no answer: the request goes out once more, on another one.
   */
  async send(
    method: string,
    path: string,
    body?: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    while (true) {
      try {
        return await this.#sendOnce(method, path, body, headers);
      } catch (error) {
        if (!(error instanceof StaleConnection)) throw error;
      }
    }
  }

  #sendOnce(
    method: string,
    path: string,
    body: string | Buffer | undefined,
    headers: Record<string, string>,
  ): Promise<Reply> {
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        {
          host: this.url.hostname,
          port: this.url.port,
          path,
          method,
          agent: this.#agent,
          timeout: this.#timeoutMs,
          headers: {
            ...this.#headers,
            ...(path.startsWith('/graphql') && this.#cookie !== '' ? { cookie: this.#cookie } : {}),
            ...(body === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
            ...headers,
          },
        },
        (incoming) => {
          const parts: Buffer[] = [];
          incoming.on('data', (part: Buffer) => parts.push(part));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const text = Buffer.concat(parts).toString('utf8');
            const [cookie] = incoming.headers['set-cookie']?.[0]?.split(';', 1) ?? [];
            resolve(replyOf(incoming.statusCode ?? 0, text, cookie, performance.now() - started));
          });
        },
      );
      outgoing.on('timeout', () =>
        outgoing.destroy(new Error(`no answer within ${this.#timeoutMs} ms: ${method} ${path}`)),
      );
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        const stale = error.code === 'ECONNRESET' || error.code === 'EPIPE';
        reject(outgoing.reusedSocket && stale ? new StaleConnection() : error);
      });
      outgoing.end(body);
    });
  }

  get(path: string): Promise<Reply> {
    return this.send('GET', path);
  }

  post(path: string, body: unknown): Promise<Reply> {
    return this.send('POST', path, JSON.stringify(body));
  }

  /** Asks a document of the service, as its administrator. */
  async graphql(query: string): Promise<Reply> {
    await this.signIn();
    return this.post('/graphql', { query });
  }

  /** Once; what comes from the path of GraphQL is the administrator's from then on. @returns the cookie, empty where a token says who asks. */
  signIn(): Promise<string> {
    this.#signedIn ??= this.#signIn().catch((error: unknown) => {
      this.#signedIn = undefined;
      throw error;
    });
    return this.#signedIn;
  }

  async #signIn(): Promise<string> {
    if (this.#headers.authorization !== undefined) return '';
    const query =
      'mutation($p: String!) { signIn(name: "admin", password: $p) { __typename ... on DomainError { message } } }';
    const reply = await this.post('/graphql', { query, variables: { p: ADMIN_PASSWORD } });
    const { cookie = '' } = reply;
    if (cookie === '') throw new Error(`KINDRED_ADMIN_PASSWORD does not let admin in: ${reply.text.slice(0, 200)}`);
    this.#cookie = cookie;
    return cookie;
  }

  /** Sends a batch whose records are given as the text of a JSON array. */
  batch(version: string, table: string, batchId: number, totalBatches: number, records: string): Promise<Reply> {
    const head = JSON.stringify({ version, table, batch_id: batchId, total_batches: totalBatches }).slice(0, -1);
    return this.send('POST', '/data/batch', `${head},"records":${records}}`);
  }

  commit(version: string): Promise<Reply> {
    return this.post('/data/commit', { version });
  }

  lookalike(merchantId: number, offerId: number, topN: number): Promise<Reply> {
    return this.post('/lookalike', { merchant_id: merchantId, offer_id: offerId, top_n: topN });
  }

  async status(): Promise<StatusReply> {
    return statusReply.parse((await this.get('/status')).json);
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** A reply whose JSON is parsed when it is first looked at: load tests never do. */
function replyOf(status: number, text: string, cookie: string | undefined, ms: number): Reply {
  let value: { json: unknown } | undefined;
  return {
    status,
    text,
    cookie,
    ms,
    get json() {
      value ??= { json: parsed(text) };
      return value.json;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Waits until `ask` says yes. Throws Error with the last trouble after `timeoutMs`. */
export async function until(what: string, timeoutMs: number, ask: () => Promise<boolean>, everyMs = 50): Promise<void> {
  const end = performance.now() + timeoutMs;
  let trouble = '';
  while (performance.now() < end) {
    try {
      if (await ask()) return;
    } catch (error) {
      trouble = error instanceof Error ? `: ${error.message}` : '';
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error(`${what}: not within ${timeoutMs} ms${trouble}`);
}

/** Runs `work` over the items with a bounded number at once; the first failure ends it. */
export async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      await work(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
