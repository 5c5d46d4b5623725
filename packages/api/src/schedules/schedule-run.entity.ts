import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '../db/ids.ts';
import { Job } from '../jobs/job.entity.ts';
import { Schedule } from './schedule.entity.ts';

/** A run of a schedule, and the job that came of it. There is one for each time that is due, however many workers there are. */
const schema = defineEntity({
  name: 'ScheduleRun',
  uniques: [{ name: 'schedule_run_due_unique', properties: ['schedule', 'dueAt'], where: 'not manual' }],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    schedule: () => p.manyToOne(Schedule).ref().deleteRule('cascade'),
    dueAt: p.datetime(3),
    startedAt: p.datetime(3).onCreate(() => new Date()),
    /** Earlier times for which there was no run because nobody was there to make it. */
    missed: p.integer().default(0),
    /** Asked for by hand. */
    manual: p.boolean().default(false),
    job: () => p.manyToOne(Job).ref().nullable(),
    /** Why there is no job. */
    error: p.text().nullable(),
  },
});

export class ScheduleRun extends schema.class {}
schema.setClass(ScheduleRun);
