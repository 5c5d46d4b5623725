import { defineEntity, p } from '@mikro-orm/core';
import { Job } from '../jobs/job.entity.ts';

/** One measured value of a job; `step` counts along a curve and is 0 for a single value. */
const schema = defineEntity({
  name: 'Metric',
  uniques: [{ properties: ['job', 'key', 'step'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    job: () => p.manyToOne(Job).ref(),
    /** The stage that reported it. */
    stage: p.text(),
    key: p.text(),
    value: p.double().$type<number>(),
    step: p.integer().default(0),
    recordedAt: p.datetime(3).onCreate(() => new Date()),
  },
});

export class Metric extends schema.class {}
schema.setClass(Metric);
