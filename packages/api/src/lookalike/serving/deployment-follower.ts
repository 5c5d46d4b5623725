/** Keeps the audience server on the newest deployment: at start, and whenever one is made, by any process. */
import type { Core } from '../../core.ts';
import { currentDeployment } from '../../models/model.operations.ts';
import { sharedBytes } from '../engine/shared-bytes.ts';
import { LOOKALIKE } from '../receive/version-ledger.ts';
import type { AudienceServer } from './audience-server.ts';

export interface Catalogued {
  readonly deploymentId: number;
  readonly dataVersion: string;
  readonly modelVersion: string | null;
}

/** How often a process that is not alone looks for deployments that no event told of. */
const LOOK_MS = 500;

export class DeploymentFollower {
  readonly #core: Core;
  readonly #server: AudienceServer;
  #current: Catalogued | undefined;
  #refreshing: Promise<void> = Promise.resolve();
  #unsubscribe: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failing = false;
  #looking = false;

  constructor(core: Core, server: AudienceServer) {
    this.#core = core;
    this.#server = server;
  }

  /** What this process has taken up; behind the database for a moment after a deployment. */
  get current(): Catalogued | undefined {
    return this.#current;
  }

  async start(): Promise<void> {
    this.#unsubscribe = this.#core.events.subscribe('deploymentChanged', () => void this.#follow());
    await this.refresh();
    if (this.#core.database.kind === 'pglite') return;
    // Events come sooner, but Redis may be away, or not be configured.
    this.#timer = setInterval(() => {
      // While a store is away a look takes seconds; more of them would only stand in line.
      if (!this.#looking) void this.#follow();
    }, LOOK_MS);
    this.#timer.unref();
  }

  async #follow(): Promise<void> {
    this.#looking = true;
    try {
      await this.refresh();
      this.#failing = false;
    } catch (error) {
      // Said once: a database that is away for a minute would be asked, and say no, a hundred times.
      if (!this.#failing) this.#core.logger.error({ err: error }, 'following a deployment');
      this.#failing = true;
    } finally {
      this.#looking = false;
    }
  }

  stop(): void {
    this.#unsubscribe?.();
    clearInterval(this.#timer);
  }

  /** Takes up the newest deployment, one call after the other. */
  refresh(): Promise<void> {
    this.#refreshing = this.#refreshing.catch(() => undefined).then(() => this.#take());
    return this.#refreshing;
  }

  async #take(): Promise<void> {
    const newest = await currentDeployment(this.#core.database.fork(), LOOKALIKE);
    if (!newest || newest.id === this.#current?.deploymentId) return;
    const dataVersion = newest.datasetVersion.getEntity().name;
    const modelVersion = newest.modelVersion?.getEntity().version ?? null;
    if (modelVersion !== null && newest.modelKey) {
      const [world, model] = await Promise.all([this.#shared(newest.worldKey), this.#shared(newest.modelKey)]);
      await this.#server.serve({ id: newest.id, dataVersion, modelVersion }, world, model);
    }
    this.#current = { deploymentId: newest.id, dataVersion, modelVersion };
  }

  async #shared(key: string): Promise<SharedArrayBuffer> {
    return sharedBytes(await this.#core.objects.get(key));
  }
}
