import { defineEntity, p } from '@mikro-orm/core';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { newId } from '../db/ids.ts';
import { Job } from '../jobs/job.entity.ts';
import type { Json } from '../pipelines/stage.ts';

export interface FailedCheck {
  table: string;
  check: string;
  /** Counts and examples, in words. */
  details: string;
  severity: 'critical' | 'warning';
}

const schema = defineEntity({
  name: 'ValidationResult',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    datasetVersion: () => p.manyToOne(DatasetVersion).ref().index(),
    job: () => p.manyToOne(Job).ref().unique(),
    valid: p.boolean(),
    checksTotal: p.integer(),
    checksPassed: p.integer(),
    checksFailed: p.integer(),
    failedChecks: p.json<FailedCheck[]>().onCreate(() => []),
    /** Great Expectations' validation result, whole. */
    result: p.json<Json>().nullable().lazy(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

export class ValidationResult extends schema.class {}
schema.setClass(ValidationResult);
