import { type Latency, LatencyWindow } from './latency-window.ts';

/** A request as a door has answered it. */
export interface AnsweredRequest {
  readonly at: Date;
  readonly method: string;
  readonly path: string;
  /** The path of the list that it belongs to; undefined where it is none of ours. */
  readonly route: string | undefined;
  /** Of GraphQL: the operation's name, or the fields that it asks for. */
  readonly operation: string | undefined;
  readonly status: number;
  /** Why it was refused. */
  readonly code: string | undefined;
  readonly milliseconds: number;
  /** As the answer's header `X-Request-Id` has it. */
  readonly requestId: string;
}

export interface RecentRequest extends AnsweredRequest {
  readonly id: number;
  readonly refused: boolean;
}

export interface RequestFilter {
  readonly refused?: boolean | undefined;
  readonly method?: string | undefined;
  /** Part of the path or of the operation. */
  readonly text?: string | undefined;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly slowerThan?: number | undefined;
}

/** Of all, and of the refused ones beside: a flood of what is served must not wash those away. */
export const KEPT_REQUESTS = 1000;
/** Routes are of a list, but for what strangers try. */
const MOST_ROUTES = 500;
/** What machines ask every few seconds, and what pages load: counted, and no news. */
const QUIET = /^\/(?:live|ready|metrics)\/?$|^\/assets\//;

/** What this process was asked of late, and how fast it answered. Memory only: it begins anew with the process. */
export class RequestLog {
  readonly #all = new LatencyWindow();
  readonly #routes = new Map<string, LatencyWindow>();
  readonly #recent = new Ring();
  readonly #refused = new Ring();
  #serial = 0;

  record(request: AnsweredRequest): void {
    if (QUIET.test(request.path)) return;
    const refused = request.status >= 400 || request.code !== undefined;
    this.#all.record(request.milliseconds, refused);
    this.#window(request.route ?? 'other').record(request.milliseconds, refused);
    const kept = { ...request, id: ++this.#serial, refused };
    this.#recent.push(kept);
    if (refused) this.#refused.push(kept);
  }

  get latency(): Latency {
    return this.#all.summary();
  }

  /** By route, those that were asked for most in the last minute first. */
  get routes(): readonly (Latency & { readonly route: string })[] {
    return [...this.#routes]
      .map(([route, window]) => ({ route, ...window.summary() }))
      .filter(({ requests }) => requests > 0)
      .sort((a, b) => b.requests - a.requests);
  }

  /** Newest first. */
  find(filter: RequestFilter): readonly RecentRequest[] {
    const oldest = this.#recent.items[0]?.id ?? 0;
    // Refused ones that are older than all that is kept of the others.
    const older = this.#refused.items.filter(({ id }) => id < oldest);
    return [...older, ...this.#recent.items].filter((request) => passes(request, filter)).reverse();
  }

  #window(route: string): LatencyWindow {
    const key = this.#routes.has(route) || this.#routes.size < MOST_ROUTES ? route : 'other';
    const window = this.#routes.get(key) ?? new LatencyWindow();
    this.#routes.set(key, window);
    return window;
  }
}

/** The newest of what was pushed, oldest first. */
class Ring {
  #items: RecentRequest[] = [];

  get items(): readonly RecentRequest[] {
    return this.#items.slice(-KEPT_REQUESTS);
  }

  push(request: RecentRequest): void {
    this.#items.push(request);
    if (this.#items.length >= 2 * KEPT_REQUESTS) this.#items = this.#items.slice(-KEPT_REQUESTS);
  }
}

function passes(request: RecentRequest, filter: RequestFilter): boolean {
  const text = filter.text?.toLowerCase();
  return (
    (filter.refused === undefined || request.refused === filter.refused) &&
    (filter.method === undefined || request.method === filter.method.toUpperCase()) &&
    (filter.code === undefined || request.code === filter.code) &&
    (filter.requestId === undefined || request.requestId === filter.requestId) &&
    (filter.slowerThan === undefined || request.milliseconds > filter.slowerThan) &&
    (text === undefined || `${request.path} ${request.operation ?? ''}`.toLowerCase().includes(text))
  );
}
