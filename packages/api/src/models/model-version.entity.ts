import { defineEntity, p } from '@mikro-orm/core';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { newId } from '../db/ids.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { RegisteredModel } from './registered-model.entity.ts';

/** A trained model. Versions count trainings: 1.0, 2.0, ... */
const schema = defineEntity({
  name: 'ModelVersion',
  uniques: [{ properties: ['model', 'ordinal'] }],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    model: () => p.manyToOne(RegisteredModel).ref(),
    ordinal: p.integer(),
    /** `${ordinal}.0` */
    version: p.text(),
    trainedOn: () => p.manyToOne(DatasetVersion).ref(),
    run: () => p.manyToOne(ExperimentRun).ref().unique(),
    /** Key of the model's bytes in the object store. */
    artifactKey: p.text(),
    /** sha-256 of the model's bytes. */
    artifactHash: p.text(),
    featuresCount: p.integer(),
    trainMetrics: p.json<Record<string, number>>().onCreate(() => ({})),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

export class ModelVersion extends schema.class {}
schema.setClass(ModelVersion);
