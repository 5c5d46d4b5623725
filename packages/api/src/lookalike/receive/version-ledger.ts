import type { Dataset } from '../../datasets/dataset.entity.ts';
import { DatasetVersion, type DatasetVersionStatus } from '../../datasets/dataset-version.entity.ts';
import { newId } from '../../db/ids.ts';
import type { Database } from '../../db/orm.ts';
import { type EventBus, event } from '../../events/events.ts';

export interface LedgerVersion {
  readonly id: string;
  readonly status: DatasetVersionStatus;
  readonly manifestHash: string | null;
}

/** What reception needs of the database: which versions there are, and whether they are still open. */
export class VersionLedger {
  readonly #database: Database;
  readonly #datasetId: string;
  readonly #events: EventBus;

  constructor(database: Database, dataset: Pick<Dataset, 'id'>, events: EventBus) {
    this.#database = database;
    this.#datasetId = dataset.id;
    this.#events = events;
  }

  async find(name: string): Promise<LedgerVersion | undefined> {
    const found = await this.#database.fork().findOne(DatasetVersion, { dataset: this.#datasetId, name });
    return found ? { id: found.id, status: found.status, manifestHash: found.manifestHash ?? null } : undefined;
  }

  /** The version's row, made where it is not there; of two that make it at once both get the same. */
  async open(name: string): Promise<LedgerVersion> {
    const known = await this.find(name);
    if (known) return known;
    const em = this.#database.fork();
    const now = new Date();
    await em.upsert(
      DatasetVersion,
      {
        id: newId(),
        dataset: this.#datasetId,
        name,
        status: 'receiving' as const,
        tablesReceived: [],
        rowCounts: {},
        createdAt: now,
      },
      { onConflictFields: ['dataset', 'name'], onConflictAction: 'ignore' },
    );
    const made = await this.find(name);
    if (!made) throw new Error(`The version ${JSON.stringify(name)} vanished while it was made`);
    this.#publish(made.id, name, made.status);
    return made;
  }

  async receiving(): Promise<string[]> {
    const versions = await this.#database
      .fork()
      .find(DatasetVersion, { dataset: this.#datasetId, status: 'receiving' }, { orderBy: { id: 'asc' } });
    return versions.map((version) => version.name);
  }

  async noteTables(name: string, tables: readonly string[]): Promise<void> {
    const em = this.#database.fork();
    const version = await em.findOne(DatasetVersion, { dataset: this.#datasetId, name, status: 'receiving' });
    if (!version) return;
    version.tablesReceived = [...tables];
    await em.flush();
    this.#publish(version.id, name, version.status);
  }

  #publish(datasetVersionId: string, name: string, status: DatasetVersionStatus): void {
    this.#events.publish(event('versionUpdated', { datasetVersionId, datasetId: this.#datasetId, name, status }));
  }
}
