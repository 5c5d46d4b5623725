import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '../db/ids.ts';
import { Job } from '../jobs/job.entity.ts';
import { ModelVersion } from './model-version.entity.ts';
import { RegisteredModel } from './registered-model.entity.ts';

/** The log of every move of an alias, with the reason given for it. */
const schema = defineEntity({
  name: 'ModelPromotion',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    model: () => p.manyToOne(RegisteredModel).ref(),
    alias: p.text(),
    /** Where the alias pointed before; null the first time. */
    previous: () => p.manyToOne(ModelVersion).ref().nullable(),
    modelVersion: () => p.manyToOne(ModelVersion).ref(),
    reason: p.text(),
    /** The job that moved it; null for a person. */
    job: () => p.manyToOne(Job).ref().nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

export class ModelPromotion extends schema.class {}
schema.setClass(ModelPromotion);
