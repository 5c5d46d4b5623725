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

export class DeploymentFollower {
  readonly #core: Core;
  readonly #server: AudienceServer;
  #current: Catalogued | undefined;
  #refreshing: Promise<void> = Promise.resolve();
  #unsubscribe: (() => void) | undefined;

  constructor(core: Core, server: AudienceServer) {
    this.#core = core;
    this.#server = server;
  }

  /** What this process has taken up; behind the database for a moment after a deployment. */
  get current(): Catalogued | undefined {
    return this.#current;
  }

  async start(): Promise<void> {
    this.#unsubscribe = this.#core.events.subscribe('deploymentChanged', () => {
      void this.refresh().catch((error: unknown) => this.#core.logger.error({ err: error }, 'following a deployment'));
    });
    await this.refresh();
  }

  stop(): void {
    this.#unsubscribe?.();
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
