import { type Manifest, manifestSchema } from '../../datasets/manifest.ts';
import { DomainError } from '../../errors.ts';
import { contentKey, type ObjectStore } from '../../objects/object-store.ts';
import { TABLE_NAMES, type TableName } from '../tables.ts';
import { type CheckedBatch, checkVersionName } from './envelope.ts';
import { EnvelopePool } from './envelope-pool.ts';
import { Intake, type Slot, type TableIntake } from './intake.ts';
import { type BatchEntry, buildManifest } from './manifest.ts';
import type { VersionLedger } from './version-ledger.ts';

export interface BatchReceipt {
  readonly version: string;
  readonly table: TableName;
  readonly batchId: number;
  /** Records of this call. */
  readonly records: number;
  /** The same batch was there already: nothing was written. */
  readonly duplicate: boolean;
}

export interface ReceiverOptions {
  readonly objects: ObjectStore;
  readonly ledger: VersionLedger;
  /** How many threads check bodies. */
  readonly threads?: number;
  /** How often the database learns which tables have arrived. A few times a second is all that a reader can see. */
  readonly noteEveryMs?: number;
  readonly onError?: (error: unknown) => void;
}

/** What a commit must answer: the version, closed. */
interface Closed {
  readonly version: { readonly manifestHash?: string | null | undefined };
}

/** Closed versions whose batches stay in memory, for senders that repeat themselves. */
const CLOSED_KEPT = 4;

/**
 * Receives batches: each is one immutable object, durable before the answer. A batch that was accepted before a commit is
 * in the version; one that races the commit is in it or refused, never lost. The database is asked once per version.
 */
export class BatchReceiver {
  readonly #objects: ObjectStore;
  readonly #ledger: VersionLedger;
  readonly #pool: EnvelopePool;
  readonly #onError: (error: unknown) => void;
  readonly #intakes = new Map<string, Promise<Intake>>();
  readonly #notes: NodeJS.Timeout;
  #stopped = false;
  readonly totals = { batches: 0, records: 0, bytes: 0 };

  constructor(options: ReceiverOptions) {
    this.#objects = options.objects;
    this.#ledger = options.ledger;
    this.#pool = new EnvelopePool(options.threads);
    this.#onError = options.onError ?? (() => undefined);
    this.#notes = setInterval(() => void this.#note(), options.noteEveryMs ?? 500);
    this.#notes.unref();
  }

  /** Finds what open versions have already received. Reading it again goes on in the background. */
  async start(): Promise<void> {
    for (const name of await this.#ledger.receiving()) {
      const intake = await this.#intake(name);
      void this.#readAll(intake).catch((error) => this.#stopped || this.#onError(error));
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#notes);
    await this.#note();
    await this.#pool.close();
  }

  /**
   * Takes over the body of `POST /data/batch` (its memory is transferred to a worker thread).
   *
   * @throws DomainError INVALID_INPUT; CONFLICT where the same key holds other records; VERSION_COMMITTED for a batch that
   *   a closed version does not have.
   */
  async receive(body: Uint8Array<ArrayBuffer>): Promise<BatchReceipt> {
    const batch = await this.#pool.check(body);
    const intake = await this.#intake(batch.version);
    // A commit under way may still fail and leave the version open, so the answer waits for it.
    while (intake.closing && intake.manifestHash === undefined) await intake.closing;
    const receipt = { version: batch.version, table: batch.table, batchId: batch.batchId, records: batch.records };
    if (intake.manifestHash !== undefined) {
      await this.#checkLate(intake, batch);
      return { ...receipt, duplicate: true };
    }
    intake.inFlight += 1;
    try {
      const pass = await this.#ledger.gate.enter(intake.id);
      try {
        if (pass.closed !== undefined) {
          intake.manifestHash = pass.closed;
          await this.#checkLate(intake, batch);
          return { ...receipt, duplicate: true };
        }
        const slot = intake.slot(batch.table, batch.batchId);
        const duplicate = await intake.exclusive(slot, () => this.#store(intake, slot, batch));
        if (!duplicate) this.#count(batch);
        return { ...receipt, duplicate };
      } finally {
        await pass.leave();
      }
    } finally {
      intake.leave();
    }
  }

  /**
   * Closes the version: `commit` gets its manifest, or what makes it once no process receives for the version any more, and stores
   * it. For a closed version the same manifest goes to `commit` again, which knows repeats. A version that nothing was received
   * for has an empty manifest.
   *
   * @throws DomainError INVALID_INPUT for a name that cannot be one; what `commit` throws, and the version is open again.
   */
  async close<T extends Closed>(
    name: string,
    commit: (content: Manifest | (() => Promise<Manifest>)) => Promise<T>,
  ): Promise<{ tables: TableName[]; result: T }> {
    const intake = await this.#intake(checkVersionName(name));
    while (intake.closing) await intake.closing;
    if (intake.manifestHash !== undefined) {
      const manifest = await this.#manifest(intake, intake.manifestHash);
      return { tables: tablesOf(manifest), result: await commit(manifest) };
    }
    // What others stored before, read while nobody is kept out: under the lock only the rest is left.
    if (this.#ledger.shared) await this.#contentOfAll(intake);
    if (intake.closing || intake.manifestHash !== undefined) return this.close(name, commit);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    intake.closing = promise;
    try {
      await intake.drained();
      const result = await commit(this.#ledger.shared ? () => this.#contentOfAll(intake) : await this.#content(intake));
      intake.manifestHash = result.version.manifestHash ?? undefined;
      await this.#forgetOldest();
      return { tables: tablesOf(await this.#manifest(intake, intake.manifestHash ?? '')), result };
    } finally {
      intake.closing = undefined;
      resolve(intake.manifestHash !== undefined);
    }
  }

  /** The manifest of what this process knows to be stored. */
  async #content(intake: Intake): Promise<Manifest> {
    await this.#readAll(intake);
    return buildManifest(intake.version, intake.entries());
  }

  /** The same with what other processes have stored. */
  async #contentOfAll(intake: Intake): Promise<Manifest> {
    await this.#list(intake);
    return this.#content(intake);
  }

  /** What has arrived of a version so far; undefined for one that is not in memory. */
  async received(name: string): Promise<TableIntake[] | undefined> {
    return (await this.#intakes.get(name))?.summary();
  }

  /** @returns whether the batch was there already. */
  async #store(intake: Intake, slot: Slot, batch: CheckedBatch): Promise<boolean> {
    const known = await this.#read(slot);
    // A batch without records changes nothing, so it is in nobody's way, before or after one with records.
    if (known && known.records > 0) {
      if (known.hash === batch.hash || batch.records === 0) return true;
      if (await this.#same(known, batch)) return true;
      throw conflict(batch, known);
    }
    if (known?.hash === batch.hash) return true;
    const { created } = await this.#objects.put(slot.key, batch.body, { ifAbsent: known === undefined });
    if (!created && known === undefined) {
      // Another process was here first; its batch is judged as if this process had known it.
      slot.stored = true;
      return this.#store(intake, slot, batch);
    }
    intake.dirty = true;
    slot.entry = {
      batchId: batch.batchId,
      totalBatches: batch.totalBatches,
      key: slot.key,
      hash: batch.hash,
      bytes: batch.body.byteLength,
      records: batch.records,
    };
    return false;
  }

  async #same(known: { key: string; totalBatches?: number }, batch: CheckedBatch): Promise<boolean> {
    if (known.totalBatches !== undefined && known.totalBatches !== batch.totalBatches) return false;
    return this.#pool.sameRecords(batch.body, owned(await this.#objects.get(known.key)));
  }

  /** A batch for a closed version is fine where the version has it, and refused otherwise. */
  async #checkLate(intake: Intake, batch: CheckedBatch): Promise<void> {
    const manifest = await this.#manifest(intake, intake.manifestHash ?? '');
    const known = manifest.tables[batch.table]?.batches.find((entry) => entry.batch_id === batch.batchId);
    if (batch.records === 0 || known?.hash === batch.hash) return;
    if (known && (await this.#objects.has(known.key)) && (await this.#same({ key: known.key }, batch))) return;
    throw new DomainError(
      'VERSION_COMMITTED',
      `version ${JSON.stringify(batch.version)} is committed and takes no more batches; ` +
        `${batch.table} batch ${batch.batchId} was ${known ? 'received with other records' : 'not part of it'}`,
      { details: { version: batch.version, table: batch.table, batch_id: batch.batchId } },
    );
  }

  #intake(name: string): Promise<Intake> {
    let intake = this.#intakes.get(name);
    if (!intake) {
      intake = this.#load(name);
      this.#intakes.set(name, intake);
      // A database that did not answer must not be remembered as the version's state.
      intake.catch(() => this.#intakes.delete(name));
    }
    return intake;
  }

  async #load(name: string): Promise<Intake> {
    const version = await this.#ledger.open(name);
    const intake = new Intake(version.id, name);
    if (version.status !== 'receiving') {
      if (version.manifestHash === null)
        throw new DomainError('INTERNAL', `version ${name} was closed without a manifest`);
      intake.manifestHash = version.manifestHash;
      return intake;
    }
    await this.#list(intake);
    return intake;
  }

  /** Notes which batches the store has. */
  async #list(intake: Intake): Promise<void> {
    for await (const { key } of this.#objects.list(intake.prefix)) {
      const match = /\/([a-z_]+)\/(\d+)\.json$/.exec(key);
      const table = TABLE_NAMES.find((candidate) => candidate === match?.[1]);
      if (match && table) intake.slot(table, Number(match[2])).stored = true;
    }
  }

  /** Reads what was received before a restart; a batch is not part of a manifest before its hash is known. */
  async #readAll(intake: Intake): Promise<void> {
    const slots = [...intake.slots.values()].flatMap((table) => [...table.values()]).filter((slot) => !slot.entry);
    const next = slots.values();
    const reader = async () => {
      for (const slot of next) await intake.exclusive(slot, () => this.#read(slot));
    };
    await Promise.all([reader(), reader(), reader(), reader()]);
  }

  async #read(slot: Slot): Promise<BatchEntry | undefined> {
    if (slot.entry || !slot.stored) return slot.entry;
    const stored = owned(await this.#objects.get(slot.key));
    const bytes = stored.byteLength;
    const { batchId, totalBatches, hash, records } = await this.#pool.check(stored);
    slot.entry = { batchId, totalBatches, key: slot.key, hash, bytes, records };
    return slot.entry;
  }

  #manifest(intake: Intake, hash: string): Promise<Manifest> {
    if (!intake.manifest) {
      intake.manifest = this.#objects
        .get(contentKey(hash))
        .then((bytes) => manifestSchema.parse(JSON.parse(bytes.toString())));
      intake.manifest.catch(() => {
        intake.manifest = undefined;
      });
    }
    return intake.manifest;
  }

  async #note(): Promise<void> {
    for (const pending of [...this.#intakes.values()]) {
      const intake = await pending.catch(() => undefined);
      if (!intake?.dirty || intake.closing || intake.manifestHash !== undefined) continue;
      intake.dirty = false;
      const records = Object.fromEntries(intake.summary().map((table) => [table.table, table.records]));
      await this.#ledger.note(intake.id, records).catch(this.#onError);
    }
  }

  async #forgetOldest(): Promise<void> {
    const closed: string[] = [];
    for (const [name, pending] of this.#intakes) {
      const intake = await pending.catch(() => undefined);
      if (intake?.manifestHash !== undefined) closed.push(name);
    }
    for (const name of closed.slice(0, -CLOSED_KEPT)) this.#intakes.delete(name);
  }

  #count(batch: CheckedBatch): void {
    this.totals.batches += 1;
    this.totals.records += batch.records;
    this.totals.bytes += batch.body.byteLength;
  }
}

function tablesOf(manifest: Manifest): TableName[] {
  return TABLE_NAMES.filter((table) => manifest.tables[table] !== undefined);
}

/** Bytes with memory of their own, which can be transferred; a Buffer may be a view of a shared pool. */
function owned(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}

function conflict(batch: CheckedBatch, known: BatchEntry): DomainError {
  const { version, table, batchId } = batch;
  const what =
    known.totalBatches === batch.totalBatches
      ? `other records (${known.records} then, ${batch.records} now)`
      : `total_batches ${known.totalBatches}, now ${batch.totalBatches}`;
  return new DomainError(
    'CONFLICT',
    `version ${JSON.stringify(version)}, table ${table}, batch_id ${batchId} was received before with ${what}`,
    { details: { version, table, batch_id: batchId } },
  );
}
