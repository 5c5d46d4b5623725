import { defineEntity, p } from '@mikro-orm/core';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { Job } from '../jobs/job.entity.ts';
import type { Json } from '../pipelines/stage.ts';

/** An object of DVC's cache, and the object of our own store that has the same bytes; null where only DVC has them. */
export type CachedObject = readonly [md5: string, objectKey: string | null];

/**
 * A processed version in the service's DVC repository: one commit and one tag for each job that processed one. A row is made
 * by the writer that takes the job up, and complete once `commit` is set.
 */
const schema = defineEntity({
  name: 'DvcRevision',
  properties: {
    /** The order of the commits. */
    id: p.integer().primary().autoincrement(),
    job: () => p.manyToOne(Job).ref().unique(),
    datasetVersion: () => p.manyToOne(DatasetVersion).ref().index(),
    tag: p.text().unique(),
    commit: p.text().fieldName('git_commit').nullable(),
    /** md5 of the version's manifest, as the lock has it. */
    dvcHash: p.text().nullable(),
    objects: p.json<CachedObject[]>().onCreate(() => []),
    /** What `reports/metrics.json` holds. */
    metrics: p.json<Json>().nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    writtenAt: p.datetime(3).nullable(),
    /** When it was given up, because files that it needs are gone. */
    lostAt: p.datetime(3).nullable(),
    /** When the cache let go of what retention had removed. */
    sweptAt: p.datetime(3).nullable(),
    lastError: p.text().nullable(),
    /** The writer that has it in hand, as long as its lease holds. */
    holder: p.uuid().nullable(),
    leasedUntil: p.datetime(3).nullable(),
  },
});

export class DvcRevision extends schema.class {}
schema.setClass(DvcRevision);
