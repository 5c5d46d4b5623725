import { freemem, hostname, totalmem } from 'node:os';
import type { Core } from '../core.ts';
import type { Readiness, ReadinessReport } from '../health/readiness.ts';
import { type QueueDepth, queueDepth } from './queue-depth.ts';
import type { RequestLog } from './request-log.ts';
import { ServiceProcess } from './service-process.entity.ts';

/** However many watch, the database is asked once in so long. */
const KEEP_MS = 500;

/** How the service is: the process that answers, and what the database knows of all of them. Each part is looked up when asked for. */
export class SystemStatus {
  readonly core: Core;
  readonly requests: RequestLog;
  readonly #readiness: Readiness;
  readonly #kept = new Map<string, Promise<unknown>>();
  readonly host = hostname();

  constructor(core: Core, readiness: Readiness, requests: RequestLog) {
    this.core = core;
    this.requests = requests;
    this.#readiness = readiness;
  }

  get startedAt(): Date {
    return this.core.processes.startedAt;
  }

  get memory() {
    const { rss, heapUsed, heapTotal } = process.memoryUsage();
    return { rss, heapUsed, heapTotal, machineFree: freemem(), machineTotal: totalmem() };
  }

  get dependencies() {
    return [...this.core.dependencies.states].map(([name, state]) => ({ name, ...state }));
  }

  readiness(): Promise<ReadinessReport> {
    return this.#readiness.check();
  }

  queue(): Promise<QueueDepth> {
    return this.#keep('queue', () => queueDepth(this.core.database));
  }

  /** Those that started last first. */
  processes(): Promise<ServiceProcess[]> {
    return this.#keep('processes', () =>
      this.core.database.fork().find(ServiceProcess, {}, { orderBy: { startedAt: 'desc', id: 'desc' }, limit: 200 }),
    );
  }

  #keep<T>(name: string, look: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(name) as Promise<T> | undefined;
    if (known) return known;
    const looking = look().finally(() => setTimeout(() => this.#kept.delete(name), KEEP_MS).unref());
    this.#kept.set(name, looking);
    return looking;
  }
}
