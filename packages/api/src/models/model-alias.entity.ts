import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '../db/ids.ts';
import { ModelVersion } from './model-version.entity.ts';
import { RegisteredModel } from './registered-model.entity.ts';

/** A movable name for a version: `champion` serves, `challenger` was the last to contend. */
const schema = defineEntity({
  name: 'ModelAlias',
  uniques: [{ properties: ['model', 'alias'] }],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    model: () => p.manyToOne(RegisteredModel).ref(),
    alias: p.text(),
    modelVersion: () => p.manyToOne(ModelVersion).ref(),
    updatedAt: p.datetime(3).onCreate(() => new Date()),
  },
});

export class ModelAlias extends schema.class {}
schema.setClass(ModelAlias);
