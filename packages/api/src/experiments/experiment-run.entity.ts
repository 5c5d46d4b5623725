import { defineEntity, p } from '@mikro-orm/core';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { newRunId } from '../db/ids.ts';
import { Job } from '../jobs/job.entity.ts';

export const EXPERIMENT_RUN_STATUSES = ['RUNNING', 'FINISHED', 'FAILED', 'KILLED'] as const;
export type ExperimentRunStatus = (typeof EXPERIMENT_RUN_STATUSES)[number];

/** One training, in MLflow's terms: parameters are text, metrics are numbers. */
const schema = defineEntity({
  name: 'ExperimentRun',
  properties: {
    /** In MLflow's form: 32 hexadecimal digits, which here grow with time. */
    id: p
      .text()
      .primary()
      .onCreate(() => newRunId()),
    experiment: p.text(),
    job: () => p.manyToOne(Job).ref().unique(),
    datasetVersion: () => p.manyToOne(DatasetVersion).ref().index(),
    /** Label of the model version that it produced (`2.0`); null where the challenger was not published. */
    modelVersion: p.text().nullable(),
    status: p.enum(EXPERIMENT_RUN_STATUSES).default('FINISHED'),
    params: p.json<Record<string, string>>().onCreate(() => ({})),
    metrics: p.json<Record<string, number>>().onCreate(() => ({})),
    tags: p.json<Record<string, string>>().onCreate(() => ({})),
    startedAt: p.datetime(3),
    endedAt: p.datetime(3).nullable(),
    /** MLflow's own id of it, once its server has given one. */
    mlflowRunId: p.text().nullable(),
  },
});

export class ExperimentRun extends schema.class {}
schema.setClass(ExperimentRun);
