import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '../db/ids.ts';
import { Job } from '../jobs/job.entity.ts';
import { StageRun } from '../jobs/stage-run.entity.ts';

/** A file that a stage wrote. The bytes are shared by every artifact of the same hash. */
const schema = defineEntity({
  name: 'Artifact',
  uniques: [{ properties: ['stageRun', 'name'] }],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    job: () => p.manyToOne(Job).ref().index(),
    stageRun: () => p.manyToOne(StageRun).ref(),
    name: p.text(),
    /** sha-256 of the bytes, hex. */
    hash: p.text().index(),
    objectKey: p.text(),
    bytes: p.bigint('number'),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    /** When retention removed the bytes; the row stays, because lineage points to it. */
    deletedAt: p.datetime(3).nullable(),
  },
});

export class Artifact extends schema.class {}
schema.setClass(Artifact);
