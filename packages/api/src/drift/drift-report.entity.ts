import { defineEntity, p } from '@mikro-orm/core';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { newId } from '../db/ids.ts';
import { Job } from '../jobs/job.entity.ts';
import type { Json } from '../pipelines/stage.ts';

export const DRIFT_ACTIONS = ['retrained', 'none', 'skipped'] as const;
export type DriftAction = (typeof DRIFT_ACTIONS)[number];

const schema = defineEntity({
  name: 'DriftReport',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    datasetVersion: () => p.manyToOne(DatasetVersion).ref().index(),
    /** The version that the served model was trained on; null for the first version. */
    reference: () => p.manyToOne(DatasetVersion).ref().nullable(),
    job: () => p.manyToOne(Job).ref().unique(),
    driftDetected: p.boolean(),
    /** 0..1, growing with severity. */
    driftScore: p.double().$type<number>(),
    actionTaken: p.enum(DRIFT_ACTIONS),
    /** Statistics and verdict of each feature. */
    features: p.json<{ [key: string]: Json }[]>().onCreate(() => []),
    /** What the verdict rests on: text, false alarm rate, thresholds. */
    verdict: p.json<{ [key: string]: Json }>().onCreate(() => ({})),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

export class DriftReport extends schema.class {}
schema.setClass(DriftReport);
