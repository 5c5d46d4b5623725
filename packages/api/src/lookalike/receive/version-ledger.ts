import type { Core } from '../../core.ts';
import { ensureVersion, noteReceived } from '../../datasets/dataset.operations.ts';
import { DatasetVersion, type DatasetVersionStatus } from '../../datasets/dataset-version.entity.ts';
import { OPEN_GATE, PostgresGate, type ReceptionGate } from '../../datasets/reception-gate.ts';

/** Name of the data set, and of the pipeline that its versions run through. */
export const LOOKALIKE = 'lookalike';

export interface LedgerVersion {
  readonly id: string;
  readonly status: DatasetVersionStatus;
  readonly manifestHash: string | null;
}

/** What reception needs of the database: which versions there are, and whether they are still open. */
export class VersionLedger {
  readonly #core: Core;
  /** Other processes may receive and close the same versions. */
  readonly shared: boolean;
  readonly gate: ReceptionGate;

  constructor(core: Core) {
    this.#core = core;
    this.shared = core.database.kind === 'postgresql';
    this.gate = this.shared ? new PostgresGate(core.database) : OPEN_GATE;
  }

  /** The version's row, made where it is not there. */
  async open(name: string): Promise<LedgerVersion> {
    const { id, status, manifestHash } = await ensureVersion(this.#core, LOOKALIKE, name);
    return { id, status, manifestHash: manifestHash ?? null };
  }

  /** Names of open versions, oldest first. */
  async receiving(): Promise<string[]> {
    const where = { dataset: { name: LOOKALIKE, kind: LOOKALIKE }, status: 'receiving' as const };
    const versions = await this.#core.database.fork().find(DatasetVersion, where, { orderBy: { id: 'asc' } });
    return versions.map((version) => version.name);
  }

  /** @param records by table. */
  note(id: string, records: Readonly<Record<string, number>>): Promise<void> {
    return noteReceived(this.#core, id, Object.keys(records), { ...records });
  }
}
