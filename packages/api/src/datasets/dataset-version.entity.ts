import { defineEntity, p, quote } from '@mikro-orm/core';
import { newId } from '../db/ids.ts';
import { Dataset } from './dataset.entity.ts';

/**
 * - `receiving`: batches still arrive. - `committed`: closed, waiting or being worked on.
 * - `processed`: in the catalog. - `invalid`: validation refused it, whole. - `failed`: the pipeline failed.
 */
export const DATASET_VERSION_STATUSES = ['receiving', 'committed', 'processed', 'invalid', 'failed'] as const;
export type DatasetVersionStatus = (typeof DATASET_VERSION_STATUSES)[number];

const schema = defineEntity({
  name: 'DatasetVersion',
  uniques: [{ properties: ['dataset', 'name'] }, { properties: ['dataset', 'ordinal'] }],
  indexes: [
    {
      name: 'dataset_version_lower_name_index',
      expression: (columns, table, name) =>
        quote`create index ${name} on ${table} ((lower(${columns.name})), ${columns.id})`,
    },
    {
      name: 'dataset_version_committed_index',
      expression: (columns, table, name) =>
        quote`create index ${name} on ${table} ((coalesce(${columns.committedAt}, 'infinity'::timestamptz)), ${columns.id})`,
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    dataset: () => p.manyToOne(Dataset).ref(),
    /** The sender's name for it: opaque, never sorted by, never part of a path. */
    name: p.text(),
    /** Position in commit order, 1, 2, ...; null until committed. */
    ordinal: p.integer().nullable(),
    status: p.enum(DATASET_VERSION_STATUSES).default('receiving'),
    tablesReceived: p.json<string[]>().onCreate(() => []),
    /** Rows by table, known after ingest. */
    rowCounts: p.json<Record<string, number>>().onCreate(() => ({})),
    /** sha-256 of the manifest: the version's content. */
    manifestHash: p.text().nullable(),
    manifestBytes: p.integer().nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    committedAt: p.datetime(3).nullable(),
    processedAt: p.datetime(3).nullable(),
    /** When retention removed its batches and large files. */
    filesRemovedAt: p.datetime(3).nullable(),
  },
});

export class DatasetVersion extends schema.class {}
schema.setClass(DatasetVersion);
