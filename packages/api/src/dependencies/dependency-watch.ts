import type { Logger } from 'pino';
import type { Dependency } from './dependencies.ts';

export interface DependencyState {
  readonly up: boolean;
  /** How often it went away since the start. */
  readonly outages: number;
}

/** How often each is looked at. Requests and jobs do not wait for this: they try for themselves. */
const LOOK_MS = 2000;
const LONGEST_LOOK_MS = 2000;

interface Watched {
  readonly dependency: Dependency;
  up: boolean;
  outages: number;
  since: number;
  looking: boolean;
}

/** Knows what is away, for operators: one line in the log when it goes and one when it is back, and numbers for /metrics. */
export class DependencyWatch {
  readonly #watched: Watched[];
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;

  constructor(dependencies: readonly Dependency[], logger: Logger) {
    this.#logger = logger;
    this.#watched = dependencies.map((dependency) => ({
      dependency,
      up: true,
      outages: 0,
      since: performance.now(),
      looking: false,
    }));
  }

  get states(): ReadonlyMap<Dependency['name'], DependencyState> {
    return new Map(this.#watched.map(({ dependency, up, outages }) => [dependency.name, { up, outages }]));
  }

  start(): void {
    const look = () => {
      for (const watched of this.#watched) void this.#look(watched);
    };
    look();
    this.#timer = setInterval(look, LOOK_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(watched: Watched): Promise<void> {
    if (watched.looking) return;
    watched.looking = true;
    try {
      await inTime((signal) => watched.dependency.probe(signal));
      this.#tell(watched, true);
    } catch (error) {
      this.#tell(watched, false, error);
    } finally {
      watched.looking = false;
    }
  }

  #tell(watched: Watched, up: boolean, error?: unknown): void {
    if (up === watched.up) return;
    const seconds = Math.round((performance.now() - watched.since) / 100) / 10;
    Object.assign(watched, { up, since: performance.now() });
    const dependency = watched.dependency.name;
    if (up) {
      this.#logger.info({ code: 'DEPENDENCY_UP', dependency, seconds }, `${dependency} is back after ${seconds} s`);
      return;
    }
    watched.outages++;
    this.#logger.warn({ code: 'DEPENDENCY_DOWN', dependency, err: error }, `${dependency} is away`);
  }
}

async function inTime(probe: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const signal = AbortSignal.timeout(LONGEST_LOOK_MS);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`no answer within ${LONGEST_LOOK_MS} ms`)), { once: true });
  });
  await Promise.race([probe(signal), late]);
}
