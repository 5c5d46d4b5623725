import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Corruption } from './corruption.ts';
import { corruptionNamed, damage } from './corruption.ts';
import type { TableName } from './tables.ts';
import { rowBatches, TABLE_NAMES } from './tables.ts';
import type { World } from './world.ts';
import { momentOf } from './world.ts';

/** One version as it is sent: numbered batches per table, each a JSON array of records. */
export interface VersionData {
  readonly records: number;
  readonly tables: ReadonlyMap<TableName, TableBatches>;
  /** The JSON array of a batch, numbered from 1. */
  read(table: TableName, batch: number): string;
  /** Forgets the data. */
  dispose(): void;
}

export interface TableBatches {
  /** Batches announced; all of them unless `unsent` names some. */
  readonly total: number;
  readonly unsent: ReadonlySet<number>;
  readonly records: number;
}

export interface VersionOptions {
  /** Records per batch. */
  readonly size?: number;
  /** A folder to hold the batches; in memory without it. */
  readonly directory?: string;
  /** Changes rows before they are put into batches (for controlled experiments). */
  readonly edit?: (table: TableName, rows: readonly string[]) => readonly string[];
}

function unsentOf(corruption: Corruption | null, table: TableName, total: number): Set<number> {
  const share = corruption?.unsent?.[table] ?? 0;
  // The last batches are the ones that never come: a broken upload.
  const count = Math.round(share * total);
  return new Set(Array.from({ length: count }, (_, i) => total - i));
}

/** Generates a version once and keeps its batches, in memory or in a folder. */
export function createVersion(world: World, step: number, options: VersionOptions = {}): VersionData {
  const moment = momentOf(world, step);
  const corruption = moment.step.corruption === null ? null : corruptionNamed(moment.step.corruption);
  const size = options.size ?? 5000;
  const memory = new Map<string, string>();
  const { directory } = options;
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const tables = new Map<TableName, TableBatches>();
  let records = 0;
  for (const { table, rows } of rowBatches(world, moment, TABLE_NAMES, size)) {
    const edited = options.edit ? options.edit(table, rows) : rows;
    const before = tables.get(table) ?? { total: 0, unsent: new Set<number>(), records: 0 };
    const batch = before.total + 1;
    const kept = corruption ? damage(corruption, world.config.seed, table, batch, edited) : edited;
    const text = `[${kept.join(',')}]`;
    if (directory === undefined) memory.set(`${table}/${batch}`, text);
    else writeFileSync(join(directory, `${table}.${batch}.json`), text);
    tables.set(table, { total: batch, unsent: before.unsent, records: before.records + kept.length });
    records += kept.length;
  }
  for (const [table, entry] of tables)
    tables.set(table, { ...entry, unsent: unsentOf(corruption, table, entry.total) });
  return {
    records,
    tables,
    read(table, batch) {
      const text =
        directory === undefined
          ? memory.get(`${table}/${batch}`)
          : readFileSync(join(directory, `${table}.${batch}.json`), 'utf8');
      if (text === undefined) throw new RangeError(`no batch ${batch} of ${table}`);
      return text;
    },
    dispose() {
      memory.clear();
      if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}
