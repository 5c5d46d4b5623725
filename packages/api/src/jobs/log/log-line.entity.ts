import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '../../db/ids.ts';
import type { Json } from '../../pipelines/stage.ts';
import { Job } from '../job.entity.ts';

/** From what only explains to what went wrong. */
export const LOG_LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a job said of itself. */
const schema = defineEntity({
  name: 'JobLogLine',
  indexes: [{ properties: ['job', 'id'] }],
  properties: {
    /** Grows with time, so that it is the order and tells the age. */
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    job: () => p.manyToOne(Job).ref().deleteRule('cascade'),
    stage: p.text().nullable(),
    level: p.enum(LOG_LEVELS),
    message: p.text(),
    fields: p.json<{ [key: string]: Json }>().onCreate(() => ({})),
    at: p.datetime(3),
  },
});

export class JobLogLine extends schema.class {}
schema.setClass(JobLogLine);
