import { defineEntity, p } from '@mikro-orm/core';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { ModelVersion } from './model-version.entity.ts';

/** What serves: the newest row. A row is never changed, so the log says what served at any time. */
const schema = defineEntity({
  name: 'Deployment',
  properties: {
    id: p.integer().primary().autoincrement(),
    datasetVersion: () => p.manyToOne(DatasetVersion).ref(),
    /** Null before the first model: the catalog is known, audiences are not ready. */
    modelVersion: () => p.manyToOne(ModelVersion).ref().nullable(),
    /** Object keys of the columnar world and of the model. */
    worldKey: p.text(),
    modelKey: p.text().nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

export class Deployment extends schema.class {}
schema.setClass(Deployment);
