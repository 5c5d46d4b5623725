import type { Manifest } from '../../datasets/manifest.ts';
import { missingBatches } from '../../datasets/missing-batches.ts';
import { LISTED_MISSING } from '../../datasets/version-batches.ts';
import { hashBytes } from '../../objects/object-store.ts';
import { TABLE_NAMES, type TableName } from '../tables.ts';
import type { BatchEntry } from './manifest.ts';

/** A batch of an open version: stored and known, or stored before a restart and not read again yet. */
export interface Slot {
  readonly table: TableName;
  readonly batchId: number;
  readonly key: string;
  /** The store has the key, though this process may not have read it. */
  stored: boolean;
  entry: BatchEntry | undefined;
  /** The last piece of work on this key; writers of one key go one after another. */
  tail: Promise<unknown>;
}

/** What has arrived of one table. */
export interface TableIntake {
  readonly table: TableName;
  readonly batches: number;
  readonly totalBatches: number;
  /** Numbers of those that are announced and not there, the first ones. */
  readonly missing: readonly number[];
  readonly records: number;
  readonly bytes: number;
}

/** The batches of one version, and whether it still takes more. */
export class Intake {
  /** The version's row. */
  readonly id: string;
  readonly version: string;
  readonly slots = new Map<TableName, Map<number, Slot>>();
  /** Set while a commit is under way; resolves to whether the version is closed then. */
  closing: Promise<boolean> | undefined;
  /** Hash of the manifest once the version is closed. */
  manifestHash: string | undefined;
  /** Of a closed version, once somebody needed it. */
  manifest: Promise<Manifest> | undefined;
  /** Receptions that have begun to write; a commit waits for them. */
  inFlight = 0;
  /** Tables changed since the database was told. */
  dirty = false;
  #drained: (() => void)[] = [];

  constructor(id: string, version: string) {
    this.id = id;
    this.version = version;
  }

  get prefix(): string {
    // A version's name is anything that a sender likes, so it never becomes part of a path itself.
    return `batches/${hashBytes(this.version)}`;
  }

  slot(table: TableName, batchId: number): Slot {
    let slots = this.slots.get(table);
    if (!slots) {
      slots = new Map();
      this.slots.set(table, slots);
    }
    let slot = slots.get(batchId);
    if (!slot) {
      const key = `${this.prefix}/${table}/${batchId}.json`;
      slot = { table, batchId, key, stored: false, entry: undefined, tail: Promise.resolve() };
      slots.set(batchId, slot);
    }
    return slot;
  }

  /** Runs the work after every earlier work on the slot has ended. */
  exclusive<T>(slot: Slot, work: () => Promise<T>): Promise<T> {
    const run = slot.tail.then(work);
    slot.tail = run.catch(() => undefined);
    return run;
  }

  /** Resolves when no reception is writing. */
  drained(): Promise<void> {
    if (this.inFlight === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  leave(): void {
    this.inFlight -= 1;
    if (this.inFlight > 0) return;
    for (const resolve of this.#drained.splice(0)) resolve();
  }

  /** Batches whose content is known, by table. */
  entries(): Map<TableName, Map<number, BatchEntry>> {
    const tables = new Map<TableName, Map<number, BatchEntry>>();
    for (const [table, slots] of this.slots) {
      const entries = new Map<number, BatchEntry>();
      for (const slot of slots.values()) if (slot.entry) entries.set(slot.batchId, slot.entry);
      if (entries.size > 0) tables.set(table, entries);
    }
    return tables;
  }

  summary(): TableIntake[] {
    const entries = this.entries();
    return TABLE_NAMES.flatMap((table) => {
      const batches = entries.get(table);
      if (!batches) return [];
      let [totalBatches, records, bytes] = [0, 0, 0];
      for (const entry of batches.values()) {
        totalBatches = Math.max(totalBatches, entry.totalBatches);
        records += entry.records;
        bytes += entry.bytes;
      }
      const missing = missingBatches(new Set(batches.keys()), totalBatches, LISTED_MISSING).ids;
      return [{ table, batches: batches.size, totalBatches, missing, records, bytes }];
    });
  }
}
